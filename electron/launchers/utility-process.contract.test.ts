import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { workerProtocol } from '#contract/worker/protocol'
import { StopStack } from '#kit/stop-stack'
import { type Display, openDisplay } from '../../tools/run/display.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What set-up chose; null where it has not run, and then there is nothing to prove this with. */
function electronPath(): string | null {
  const file = join(root, '.runtime', 'electron.json')
  const path = existsSync(file) ? String(JSON.parse(readFileSync(file, 'utf8')).path) : null
  return path !== null && existsSync(path) ? path : null
}

const electron = electronPath()
const stops = new StopStack()
const seen = new Map<string, unknown>()
let shell: ChildProcess

beforeAll(async () => {
  if (electron === null) return
  const dir = mkdtempSync(join(tmpdir(), 'utility-'))
  stops.add(() => rmSync(dir, { recursive: true, force: true }))
  await build({
    entryPoints: ['utility-process-main', 'small-worker'].map((name) =>
      join(root, `electron/launchers/testing/${name}.ts`),
    ),
    outdir: dir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    external: ['electron'],
    absWorkingDir: root,
  })
  writeFileSync(
    join(dir, 'package.json'),
    JSON.stringify({ name: 'utility', version: '1.0.0', main: 'utility-process-main.cjs' }),
  )
  const display: Display = await openDisplay()
  stops.add(display.stop)
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  shell = spawn(electron, [...switches, '--disable-gpu', `--user-data-dir=${join(dir, 'home')}`, dir], {
    env: { ...env, ...display.env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  stops.add(async () => {
    if (shell.exitCode !== null || shell.signalCode !== null) return
    const exited = once(shell, 'exit')
    shell.kill('SIGKILL')
    await exited
  })
  for await (const line of createInterface({ input: shell.stdout ?? process.stdin })) {
    if (!line.startsWith('{')) continue
    const { scene, saw } = JSON.parse(line)
    seen.set(scene, saw)
    if (scene === 'stays') return
  }
  throw new Error(`Electron ended after ${[...seen.keys()].join(', ') || 'nothing'}`)
})
afterAll(() => stops.run())

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // ESRCH: there is no such process, which is the answer.
    return false
  }
}

describe.skipIf(electron === null)('utility processes of Electron (skipped where set-up has put no Electron)', () => {
  it('shakes hands with the number of the protocol and its pid', () => {
    const { ready, pid } = seen.get('handshake') as { ready: unknown; pid: number }
    expect(ready).toEqual({ kind: 'ready', protocol: workerProtocol, pid })
    expect(pid).not.toBe(shell.pid)
  })

  it('carries a request of a megabyte and its answer', () => {
    expect(seen.get('handshake')).toMatchObject({ answer: 'answer' })
    expect((seen.get('handshake') as { bytes: number }).bytes).toBeGreaterThan(1_000_000)
  })

  it('ends with code 0 when it is told to stop, and tells also those who ask later', () => {
    expect(seen.get('handshake')).toMatchObject({ exit: { code: 0, signal: null }, isToldLate: true })
  })

  it('crashes with another code and its last words when it throws', () => {
    const exits = seen.get('crash') as { code: number; lastWords: string[] }[]
    for (const { code, lastWords } of exits) {
      expect(code).not.toBe(0)
      expect(lastWords.join('\n')).toContain('a bug in the worker')
    }
  })

  it('is killed even while it hangs', () => {
    expect(seen.get('kill')).toMatchObject({ code: null, signal: 'SIGKILL' })
  })

  it('is an exit like any other when its file is missing', () => {
    expect((seen.get('missing') as { code: number }).code).not.toBe(0)
  })

  it('does not outlive a shell that is killed', async () => {
    const { pid } = seen.get('stays') as { pid: number }
    expect(isAlive(pid)).toBe(true)
    const exited = once(shell, 'exit')
    shell.kill('SIGKILL')
    await exited
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000, interval: 20 })
  })
})
