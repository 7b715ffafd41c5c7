/** One entry of node-runtime → one file that starts fast: no lookup of packages, no stripping of types. */

import { rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { rolldown } from 'rolldown'
import { SetupProblem } from '../bootstrap/places.mjs'

// Native modules stay outside; the packaged program carries them unpacked beside its archive.
const native = ['zeromq', 'better-sqlite3']

// Bundled CommonJS packages call `require` and read `__dirname`, which an ES module does not have.
const banner = [
  "import { createRequire as colmeiaRequire } from 'node:module'",
  "import { dirname as colmeiaDirname } from 'node:path'",
  "import { fileURLToPath as colmeiaPath } from 'node:url'",
  'const require = colmeiaRequire(import.meta.url)',
  'const __filename = colmeiaPath(import.meta.url)',
  'const __dirname = colmeiaDirname(__filename)',
].join(';')

export async function bundle(root: string, entry: string, output: string): Promise<void> {
  const file = join(root, output)
  const name = basename(output, '.mjs')
  rmSync(join(dirname(file), `${name}-parts`), { recursive: true, force: true })
  const bundled = await rolldown({
    input: { [name]: join(root, entry) },
    cwd: root,
    platform: 'node',
    external: [...native, new RegExp(`^(${native.join('|')})/`)],
    transform: { target: 'node22' },
    onLog: (level, log, usual) => {
      // Left alone, an import that leads nowhere becomes an external package, and the bundle dies when it starts.
      if (log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message)
      usual(level, log)
    },
  })
  try {
    await bundled.write({
      dir: dirname(file),
      format: 'esm',
      entryFileNames: '[name].mjs',
      chunkFileNames: `${name}-parts/[name]-[hash].mjs`,
      minify: true,
      // For reading a crash report; Node does not load it unless told to.
      sourcemap: true,
      banner,
    })
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    throw new SetupProblem(`${output} could not be built:\n${stripVTControlCharacters(words)}`)
  } finally {
    await bundled.close()
  }
}
