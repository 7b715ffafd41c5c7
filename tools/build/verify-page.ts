/** The page that checks receipts offline: one file, which may run what stands in it and nothing else. */

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { rolldown } from 'rolldown'
import { SetupProblem } from '../bootstrap/places.mjs'

export async function buildVerifyPage(root: string, output: string): Promise<void> {
  const file = join(root, output)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, await verifyPage(root))
}

/** The window hands the page out, and so carries it: `import('virtual:verify-page')` is all of it, as text. */
export function verifyPageModule(root: string) {
  const name = 'virtual:verify-page'
  return {
    name: 'verify-page',
    resolveId: (id: string) => (id === name ? `\0${name}` : null),
    load: async (id: string) =>
      id === `\0${name}` ? `export const html = ${JSON.stringify(await verifyPage(root))}` : null,
  }
}

async function verifyPage(root: string): Promise<string> {
  const room = join(root, 'node-runtime', 'verify-page')
  const read = (name: string): string => readFileSync(join(room, name), 'utf8')
  const script = await bundled(root, join(room, 'main.ts'))
  return pageOf({ page: read('page.html'), style: minified(read('page.css')), script })
}

export interface PageParts {
  readonly page: string
  readonly style: string
  readonly script: string
}

/** Pure. Script and style are named by their hashes: what somebody adds to the file does not run. */
export function pageOf({ page, style, script }: PageParts): string {
  // The markup ends a script at these letters, wherever they stand.
  const inside = script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--').trim()
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(inside)}`,
    `style-src ${hashOf(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  // By functions, because a text would have its dollar signs read as orders.
  return page
    .replace('%POLICY%', () => policy)
    .replace('<style></style>', () => `<style>${style}</style>`)
    .replace('<script></script>', () => `<script>${inside}</script>`)
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

function minified(style: string): string {
  return style.replaceAll(/\s+/g, ' ').trim()
}

async function bundled(root: string, entry: string): Promise<string> {
  try {
    const bundle = await rolldown({
      input: entry,
      cwd: root,
      platform: 'browser',
      transform: { target: 'chrome114' },
      onLog: (level, log, usual) => {
        if (log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message)
        usual(level, log)
      },
    })
    const { output } = await bundle.generate({ format: 'iife', minify: true })
    await bundle.close()
    const [chunk, ...more] = output
    if (more.length > 0) throw new Error(`it came out in ${output.length} pieces`)
    return chunk.code
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    throw new SetupProblem(`The page that checks receipts could not be built:\n${stripVTControlCharacters(words)}`)
  }
}
