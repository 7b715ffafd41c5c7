import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chooseLauncher } from '../../electron/launchers/choose-launcher.ts'
import { fuseNames, readWires } from '../../tools/packaging/fuses.ts'
import { fuseFileOf, resourcesBeside } from '../../tools/packaging/places.ts'
import { expect, test } from '../fixtures/test.ts'

/** Run on a packaged copy only (`npm test -- packaged`); playwright.config.ts leaves this file out otherwise. */
const binary = process.env.COLMEIA_PACKAGED ?? ''
const resources = resourcesBeside(process.platform, binary)
const isChecked = process.platform === 'darwin' || process.platform === 'win32'

test('the copy stands where nothing of the repository is within reach', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  expect(existsSync(binary)).toBe(true)
  expect(binary.startsWith(root)).toBe(false)
})

test('every fuse in the binary is set, and none is left to chance', () => {
  // Written out once more, on purpose: a value that changes by accident in one place must not pass in both.
  const decided: Readonly<Record<string, string>> = {
    runAsNode: 'off',
    enableCookieEncryption: 'off',
    enableNodeOptionsEnvironmentVariable: 'off',
    enableNodeCliInspectArguments: 'on',
    enableEmbeddedAsarIntegrityValidation: isChecked ? 'on' : 'off',
    onlyLoadAppFromAsar: 'on',
    loadBrowserProcessSpecificV8Snapshot: 'off',
    grantFileProtocolExtraPrivileges: 'off',
    wasmTrapHandlers: 'on',
  }
  const wires = readWires(readFileSync(fuseFileOf(process.platform, binary)))
  expect(wires.length).toBeGreaterThan(0)
  for (const { version, states } of wires) {
    expect(version).toBe(1)
    expect(states.length).toBeGreaterThanOrEqual(7)
    const read = states.map((state, index) => [fuseNames[index] ?? `fuse ${index + 1}`, state])
    expect(read).toEqual(Object.entries(decided).slice(0, states.length))
  }
})

test('nodes run on what the package carries, from beside the archive', async ({ lab, overview }) => {
  await overview.waitUntilServed()
  const info = await lab.call('app.info', {})
  const choice = chooseLauncher({
    electron: info.value?.versions.electron ?? '',
    platform: process.platform,
    arch: process.arch,
    isPackaged: true,
    resourcesPath: resources,
    appPath: join(resources, 'app.asar'),
    env: {},
  })
  expect(info.value?.launcher).toBe(choice.kind)
  const carried = choice.kind === 'child-process' ? choice.nodePath : binary
  const pids = await lab.allWorkerPids()
  // Only Linux tells what a process runs by reading a file.
  if (process.platform !== 'linux') return
  for (const pid of pids) {
    expect(readlinkSync(`/proc/${pid}/exe`)).toBe(carried)
    if (choice.kind === 'utility-process') continue
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')).toContain(
      join(resources, 'app.asar.unpacked', 'out', 'workers', 'worker.mjs'),
    )
  }
})

test('it says in its version that it is not a release', async ({ lab }) => {
  const info = await lab.call('app.info', {})
  expect(info.value?.version).toMatch(/^\d+\.\d+\.\d+-(stand-in|test)$/)
})

test('it opens its window and not a bare Node, whatever the environment asks for', async () => {
  const home = mkdtempSync(join(tmpdir(), 'colmeia-e2e-'))
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const shell = spawn(binary, sandbox, {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', COLMEIA_HOME: home, COLMEIA_SIGNALS: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const exited = once(shell, 'exit')
  const said: string[] = []
  for await (const line of createInterface({ input: shell.stdout })) {
    said.push(line)
    if (line.includes('window-usable')) break
  }
  shell.kill('SIGTERM')
  await exited
  rmSync(home, { recursive: true, force: true })
  expect(said.join('\n')).toContain('"signal":"window-usable"')
})
