import { pidOf } from '#supervisor/testing/real-lab'
import { workerFile } from '#supervisor/testing/worker-file'
import { type BenchOptions, type Figure, median, percentile, repeated } from './figures.ts'
import { type GroupLab, openGroupLab } from './group-lab.ts'
import { underLoad } from './load-process.ts'
import { processorMs, proportionalMb } from './processes.ts'
import type { LoadOrder, LoadReport } from './raft-load.ts'

const payloadBytes = 300
const peers = 3

/** How fast a group of real processes commits, and whether that stays so as its log grows. */
export async function raft({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const group = await openGroupLab(peers)
  try {
    await group.whole()
    const built = workerFile().endsWith('.mjs') ? 'built workers' : 'workers from sources'
    const about = `${peers} peers and the load as processes, ${payloadBytes} bytes, ${built}`
    const early = await manyInFlight(group, isQuick ? 2 : 5)
    const single = await oneInFlight(group, isQuick ? 1 : 3)
    const flat = await untilMillion(group, isQuick)
    const late = await manyInFlight(group, isQuick ? 2 : 5)
    const restart = await restartOf(group, isQuick ? 1 : 3)
    const rate = median(early.map(perSecond))
    const ratio = (cost: (run: Run) => number): number => median(late.map(cost)) / median(early.map(cost))
    return [
      figure('raft.commits_per_s', rate, '/s', `256 in flight; ${about}`),
      figure('raft.p99_ms', median(early.map(({ latenciesMs }) => percentile(latenciesMs, 99))), 'ms', '256 in flight'),
      figure('raft.p50_ms', median(early.map(({ latenciesMs }) => percentile(latenciesMs, 50))), 'ms', '256 in flight'),
      figure('raft.single_per_s', median(single.map(perSecond)), '/s', 'one in flight'),
      figure(
        'raft.cost_ratio',
        ratio(({ nodesUs }) => nodesUs),
        '',
        `processor time of a commit after ${flat.commits} entries over that at first`,
      ),
      figure(
        'raft.time_ratio',
        ratio((run) => 1 / perSecond(run)),
        '',
        'the same by the clock',
      ),
      figure(
        'raft.nodes_us',
        median(early.map(({ nodesUs }) => nodesUs)),
        'µs',
        'processor time of a commit on all nodes',
      ),
      figure(
        'raft.load_us',
        median(early.map(({ loadUs }) => loadUs)),
        'µs',
        'processor time of a commit in the load itself',
      ),
      figure('raft.node_mb', Math.max(...flat.nodesMb), 'MB', `largest node after ${flat.commits} commits`),
      figure('raft.restart_ms', median(restart.readyMs), 'ms', 'kill -9 of a follower: from its process to ready'),
      figure(
        'raft.caught_up_ms',
        median(restart.caughtUpMs),
        'ms',
        'the same, until it has applied what the group had',
      ),
    ]
  } finally {
    await group.close()
  }
}

/** One load, with the processor time that a command of it took. */
interface Run extends LoadReport {
  readonly nodesUs: number
  readonly loadUs: number
}

function figure(id: string, value: number, unit: string, note: string): Figure {
  return { id, value, unit, beside: null, note }
}

function perSecond({ acknowledged, tookMs }: LoadReport): number {
  return (acknowledged / tookMs) * 1_000
}

async function manyInFlight(group: GroupLab, runs: number): Promise<readonly Run[]> {
  return repeated(runs, () => load(group, { inFlight: 256, commands: 60_000 }))
}

async function oneInFlight(group: GroupLab, runs: number): Promise<readonly Run[]> {
  return repeated(runs, () => load(group, { inFlight: 1, commands: 2_000 }))
}

/** Fills the log until a million entries have been committed, and weighs the nodes then. */
async function untilMillion(
  group: GroupLab,
  isQuick: boolean,
): Promise<{ commits: number; nodesMb: readonly number[] }> {
  const wanted = isQuick ? 150_000 : 1_000_000
  const committed = (): number => Math.max(...group.lab.nodes().map(({ view }) => view?.log?.committedIndex ?? 0))
  while (committed() < wanted)
    await load(group, { inFlight: 256, commands: Math.min(100_000, wanted - committed() + 1) })
  return { commits: committed(), nodesMb: group.lab.nodes().map((node) => proportionalMb(pidOf(node))) }
}

async function restartOf(group: GroupLab, runs: number): Promise<{ readyMs: number[]; caughtUpMs: number[] }> {
  const readyMs: number[] = []
  const caughtUpMs: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const leader = await group.whole()
    const follower = group.lab.nodes().find(({ id }) => id !== leader.id)
    if (follower === undefined) throw new Error('a group has followers')
    const wanted = leader.view?.log?.appliedIndex ?? 0
    process.kill(pidOf(follower), 'SIGKILL')
    const begunWallMs = await group.lab.until(() => {
      const { state } = group.lab.node(follower.id)
      return state.kind === 'starting' && state.sinceWallMs
    })
    const runs = await group.lab.until(() => {
      const { state } = group.lab.node(follower.id)
      return state.kind === 'running' && state.sinceWallMs >= begunWallMs && state
    })
    readyMs.push(runs.sinceWallMs - begunWallMs)
    const seenWallMs = await group.lab.until(() => {
      const { view, viewWallMs } = group.lab.node(follower.id)
      if (viewWallMs === null || viewWallMs < runs.sinceWallMs) return null
      return (view?.log?.appliedIndex ?? 0) >= wanted && viewWallMs
    })
    caughtUpMs.push(seenWallMs - begunWallMs)
  }
  return { readyMs, caughtUpMs }
}

function load(group: GroupLab, { inFlight, commands }: Pick<LoadOrder, 'inFlight' | 'commands'>): Promise<Run> {
  const order: LoadOrder = { labDir: group.lab.dir, spec: group.spec, inFlight, commands, payloadBytes, keys: 1_000 }
  const nodesMs = (): number => group.lab.nodes().reduce((sum, node) => sum + processorMs(pidOf(node)), 0)
  const beforeMs = nodesMs()
  return underLoad('raft-load.ts', order, (report: LoadReport, pid) => {
    const lost = Object.keys(report.refused).length > 0 ? ` (refused: ${JSON.stringify(report.refused)})` : ''
    if (report.acknowledged === 0) throw new Error(`nothing was acknowledged${lost}`)
    const perCommand = 1_000 / commands
    return { ...report, nodesUs: (nodesMs() - beforeMs) * perCommand, loadUs: processorMs(pid) * perCommand }
  })
}
