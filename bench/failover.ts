import type { RecordedEvent } from '#contract/window/recording'
import type { NodeCard } from '#contract/window/topology'
import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { restartLimits } from '#supervisor/restart-budget'
import { agreedLeader, openRealLab, pidOf, type RealLab } from '#supervisor/testing/real-lab'
import { workerFile } from '#supervisor/testing/worker-file'
import { type BenchOptions, type Figure, median, percentile } from './figures.ts'

/** A figure that never comes is a finding too; it must not hang the run. */
const takeoverWithinMs = 30_000
/** Between two kills the group rests this long at least, and up to as much again, so that kills hit every phase. */
const restMs = 400

/**
 * kill -9 of the leader, again and again, on real workers that restart by themselves. A take-over is over when every
 * survivor has answered a heartbeat of one new leader: then all of them follow it, and clients have somebody to ask.
 */
export async function failover({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const kills = isQuick ? 10 : 50
  const random = new Random('failover')
  // Every one of these crashes is young; with the usual budget the nodes would be left down, and rightly.
  const restart = { ...restartLimits, crashesMax: Number.POSITIVE_INFINITY, delayMsMax: restartLimits.delayMs }
  const lab = openRealLab({ limits: { restart } })
  try {
    await lab.start()
    const tookMs: number[] = []
    let needless = 0
    for (let kill = 0; kill < kills; kill += 1) {
      const leader = await wholeCluster(lab)
      await new Promise((resolve) => setTimeout(resolve, restMs + random.below(restMs)))
      const before = newestPosition(lab)
      const still = await wholeCluster(lab)
      // Nobody was killed in the meantime: a change of leader had no reason but a busy machine.
      if (still.view?.leadership?.term !== leader.view?.leadership?.term) needless += 1
      tookMs.push(await takeover(lab, still, before))
    }
    const built = workerFile().endsWith('.mjs') ? 'built workers' : 'workers from sources'
    const note = `${kills} kills -9 of the leader, 3 peers, ${built}; until every survivor follows`
    const figure = (id: string, value: number, about: string): Figure => {
      return { id, value, unit: id.endsWith('_ms') ? 'ms' : '', beside: null, note: about }
    }
    return [
      figure('failover.median_ms', median(tookMs), note),
      figure('failover.p99_ms', percentile(tookMs, 99), note),
      figure('failover.slowest_ms', percentile(tookMs, 100), note),
      figure('failover.needless', needless, 'changes of leader between kills, with nobody to blame'),
    ]
  } finally {
    await lab.close()
  }
}

/** All run, and all follow one leader. */
function wholeCluster(lab: RealLab): Promise<NodeCard> {
  return lab.until(({ clusters }) => {
    const nodes = clusters.flatMap((cluster) => cluster.nodes)
    return nodes.every(({ state }) => state.kind === 'running') && agreedLeader(nodes)
  })
}

async function takeover(lab: RealLab, leader: NodeCard, before: number): Promise<number> {
  const survivors = lab.nodes().flatMap(({ id }) => (id === leader.id ? [] : [id]))
  const killedWallMs = Date.now()
  process.kill(pidOf(leader), 'SIGKILL')
  const followed = lab.until(() => followedWallMs(eventsAfter(lab, before), survivors))
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no new leader within ${takeoverWithinMs} ms`)), takeoverWithinMs)
  })
  const at = await Promise.race([followed, late])
  clearTimeout(timer)
  return at - killedWallMs
}

/**
 * When the last survivor answered a heartbeat of a leader that came after. Answer and heartbeat are tied by the message
 * id: an answer to the dead leader does not count. null: not yet.
 */
export function followedWallMs(events: readonly RecordedEvent[], survivors: readonly NodeId[]): number | null {
  const wins = events.filter(({ node, what }) => {
    return what.kind === 'role-changed' && what.to === 'leader' && node !== null && survivors.includes(node)
  })
  const ends = wins.map((won) => endOf(won, events, survivors)).filter((end) => end !== null)
  return ends[0] ?? null
}

function endOf(
  { node: leader, wallMs }: RecordedEvent,
  events: readonly RecordedEvent[],
  survivors: readonly NodeId[],
): number | null {
  const beats = new Set<string>()
  for (const { node, what } of events) {
    if (node === leader && what.kind === 'sent' && what.messageKind === 'heartbeat') beats.add(what.message)
  }
  let lastWallMs = wallMs
  for (const survivor of survivors) {
    if (survivor === leader) continue
    const answer = events.find(({ node, what, cause }) => {
      const isAnswer = what.kind === 'sent' && what.messageKind === 'heartbeat-answer'
      return node === survivor && isAnswer && cause !== null && beats.has(cause)
    })
    if (answer === undefined) return null
    lastWallMs = Math.max(lastWallMs, answer.wallMs)
  }
  return lastWallMs
}

function newestPosition(lab: RealLab): number {
  const page = lab.supervisor.recorder.page({ before: null, limit: 1, nodeId: null, withMessages: true })
  return page.events.at(-1)?.position ?? 0
}

function eventsAfter(lab: RealLab, position: number): readonly RecordedEvent[] {
  const page = lab.supervisor.recorder.page({ before: null, limit: 5_000, nodeId: null, withMessages: true })
  return page.events.filter((event) => event.position > position)
}
