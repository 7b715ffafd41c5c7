import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { complaintsAbout } from './complaints.ts'
import { intendedFuses } from './fuses.ts'
import { copyOutside } from './outside.ts'
import { binaryOf, electronDistOf, fuseFileOf, type Packaged, resourcesBeside } from './places.ts'

const fuses = intendedFuses({ platform: 'linux', canInspect: true })
let dir: string
let packaged: Packaged

function put(...parts: readonly string[]): void {
  const file = join(dir, ...parts)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '')
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'package-'))
  packaged = { platform: 'linux', dir, fileName: 'colmeia' }
  const unpacked = join('resources', 'app.asar.unpacked')
  writeFileSync(join(dir, 'colmeia'), 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u00070001010')
  put('verify.html')
  put('resources', 'app.asar')
  put('resources', 'node', 'bin', 'node')
  put(unpacked, 'out', 'workers', 'worker.mjs')
  put(unpacked, 'node_modules', 'zeromq', 'lib', 'index.js')
  put(unpacked, 'node_modules', 'zeromq', 'build', 'addon.node')
  put(unpacked, 'node_modules', 'cmake-ts', 'build', 'loader.js')
  put(unpacked, 'node_modules', 'better-sqlite3', 'lib', 'index.js')
  put(unpacked, 'node_modules', 'better-sqlite3', 'prebuilds', 'linux-x64.node')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

describe('a look at a package', () => {
  it('finds nothing wrong with a whole one', () => {
    expect(complaintsAbout(packaged, fuses, true)).toEqual([])
  })

  it.each([
    ['app.asar', 'app.asar is missing'],
    ['node/bin/node', 'node/bin/node is missing'],
    ['app.asar.unpacked/node_modules/cmake-ts', 'node_modules/cmake-ts/build/loader.js is not beside the archive'],
    ['app.asar.unpacked/node_modules/zeromq/build', 'node_modules/zeromq has no binary'],
    ['../verify.html', 'verify.html is not beside the program'],
    ['app.asar.unpacked/out', 'out/workers/worker.mjs is not beside the archive'],
  ])('misses %s', (lost, complaint) => {
    rmSync(join(dir, 'resources', lost), { recursive: true })
    expect(complaintsAbout(packaged, fuses, true)).toEqual([complaint])
  })

  it('sees what would be loaded in place of the archive', () => {
    put('resources', 'app', 'main.js')
    put('resources', 'default_app.asar', 'main.js')
    expect(complaintsAbout(packaged, fuses, true)).toEqual([
      'app should not be there',
      'default_app.asar should not be there',
    ])
  })

  it('sees a Node that a release must not carry', () => {
    expect(complaintsAbout(packaged, fuses, false)).toEqual(['node should not be there'])
  })

  it('reads the fuses from the binary', () => {
    writeFileSync(join(dir, 'colmeia'), 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u00071001010')
    expect(complaintsAbout(packaged, fuses, true)).toEqual(['runAsNode is on and should be off'])
  })
})

describe('a copy outside', () => {
  it('holds the same files, and leaves nothing when it is removed', () => {
    const copy = copyOutside(packaged)
    expect(complaintsAbout(copy.packaged, fuses, true)).toEqual([])
    expect(copy.packaged.dir).not.toContain(process.cwd())
    copy.remove()
    expect(() => cpSync(copy.packaged.dir, join(dir, 'again'), { recursive: true })).toThrow('ENOENT')
  })
})

describe('places in a package', () => {
  const mac = binaryOf({ platform: 'darwin', dir: '/dist', fileName: 'Colmeia' })

  it('are where each system puts them', () => {
    expect(mac).toBe(join('/dist', 'Colmeia.app', 'Contents', 'MacOS', 'Colmeia'))
    expect(resourcesBeside('darwin', mac)).toBe(join('/dist', 'Colmeia.app', 'Contents', 'Resources'))
    expect(fuseFileOf('darwin', mac)).toContain(join('Colmeia.app', 'Contents', 'Frameworks'))
    expect(binaryOf({ platform: 'win32', dir: '/dist', fileName: 'Colmeia' })).toBe(join('/dist', 'Colmeia.exe'))
    expect(fuseFileOf('win32', '/dist/Colmeia.exe')).toBe('/dist/Colmeia.exe')
  })

  it('lead from a started Electron to the folder that is packaged', () => {
    expect(electronDistOf('linux', '/electron/electron')).toBe('/electron')
    expect(electronDistOf('darwin', '/electron/Electron.app/Contents/MacOS/Electron')).toBe('/electron')
  })
})
