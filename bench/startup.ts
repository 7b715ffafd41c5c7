import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { presets } from '#supervisor/presets'
import { openDisplay } from '../tools/run/display.ts'
import { chosenElectron, electronEnv, rootPath, sandboxSwitches } from '../tools/run/electron.ts'
import { type BenchOptions, type Figure, median } from './figures.ts'
import { commandLine, descendants, proportionalMb } from './processes.ts'

const demoNodes = presets.flatMap(({ nodes }) => nodes).length

/** A start that takes this long is none, and is told instead of waited for. */
const startMsMax = 30_000

interface Start {
  readonly windowMs: number
  readonly demoMs: number
  /** Proportional set sizes in MB: each node's, and of everything together. */
  readonly nodesMb: readonly number[]
  readonly totalMb: number
}

/**
 * From spawning the shell to its own signals, in a folder of its own. One start before the counted ones warms the
 * caches, because that is what a user's second start meets.
 */
export async function startup({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const runs = isQuick ? 3 : 10
  const settleMs = isQuick ? 3_000 : 10_000
  const display = await openDisplay()
  const home = mkdtempSync(join(tmpdir(), 'colmeia-bench-'))
  try {
    await startOnce(home, display.env, 1_000)
    const starts: Start[] = []
    for (let run = 0; run < runs; run += 1) starts.push(await startOnce(home, display.env, settleMs))
    const note = `median of ${runs} starts, caches warm, Electron ${chosenElectron().version}`
    const sizes = `${settleMs / 1_000} s after the demo is up`
    const figure = (id: string, unit: string, value: number, about: string): Figure => {
      return { id, value, unit, beside: null, note: about }
    }
    return [
      figure('startup.window_ms', 'ms', median(starts.map(({ windowMs }) => windowMs)), note),
      figure('startup.demo_ms', 'ms', median(starts.map(({ demoMs }) => demoMs)), `${note}; ${demoNodes} nodes`),
      figure('startup.nodes_after_window_ms', 'ms', median(starts.map((one) => one.demoMs - one.windowMs)), note),
      figure('memory.node_mb', 'MB', median(starts.flatMap(({ nodesMb }) => nodesMb)), `median node, ${sizes}`),
      figure('memory.total_mb', 'MB', median(starts.map(({ totalMb }) => totalMb)), `shell and nodes, ${sizes}`),
    ]
  } finally {
    rmSync(home, { recursive: true, force: true })
    await display.stop()
  }
}

async function startOnce(home: string, display: NodeJS.ProcessEnv, settleMs: number): Promise<Start> {
  const env = { ...electronEnv(), ...display, COLMEIA_HOME: home, COLMEIA_SIGNALS: '1' }
  const begunMs = performance.now()
  const shell = spawn(chosenElectron().path, [...sandboxSwitches(), rootPath()], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    const { windowMs, demoMs } = await heardSignals(shell, begunMs)
    await new Promise((resolve) => setTimeout(resolve, settleMs))
    const family = descendants(shell.pid ?? 0)
    const nodes = family.filter((pid) => commandLine(pid).includes('worker.mjs'))
    if (nodes.length !== demoNodes) throw new Error(`${demoNodes} nodes run in the demo, not ${nodes.length}`)
    const nodesMb = nodes.map(proportionalMb)
    return { windowMs, demoMs, nodesMb, totalMb: family.map(proportionalMb).reduce((sum, mb) => sum + mb, 0) }
  } finally {
    const gone = new Promise((resolve) => shell.once('exit', resolve))
    shell.kill('SIGTERM')
    await gone
  }
}

/** By this process's clock, so that the time before the shell's own clock begins counts too. */
function heardSignals(
  shell: ChildProcess,
  begunMs: number,
): Promise<{ readonly windowMs: number; readonly demoMs: number }> {
  return new Promise((resolve, reject) => {
    let windowMs = 0
    shell.once('exit', () => reject(new Error('the shell ended before its demo ran')))
    setTimeout(() => reject(new Error(`no demo within ${startMsMax / 1_000} s`)), startMsMax).unref()
    if (shell.stdout === null) return reject(new Error('the shell has no stdout'))
    createInterface(shell.stdout).on('line', (line) => {
      const signal = line.startsWith('{') ? (JSON.parse(line) as { readonly signal?: string }).signal : undefined // our own line
      if (signal === 'window-usable') windowMs = performance.now() - begunMs
      if (signal === 'demo-running') resolve({ windowMs, demoMs: performance.now() - begunMs })
    })
  })
}
