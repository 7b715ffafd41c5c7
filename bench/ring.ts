import type { RecordedEvent } from '#contract/window/recording'
import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { pidOf, type RealLab } from '#supervisor/testing/real-lab'
import { openRingLab, type RingLab } from '#supervisor/testing/ring-lab'
import { workerFile } from '#supervisor/testing/worker-file'
import { type BenchOptions, type Figure, median, percentile } from './figures.ts'
import { processorMs } from './processes.ts'

const peers = 8
const perSecond = 1_000
/** As many a second are said in steps of this length. */
const paceMs = 10
/** Unanswered sayings of one peer. */
const aheadMax = 60
/** A figure that never comes is a finding too; it must not hang the run. */
const eachWithinMs = 120_000
/** Between two kills the ring rests this long at least, and up to as much again, so that kills hit every phase. */
const restMs = 400

/** The ring as real processes of one machine, its group on the loopback interface. */
export async function ring({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const seconds = isQuick ? 5 : 30
  const figures = await withRing(peers, async (ringLab) => [
    ...(await seenByAll(ringLab, isQuick ? 20 : 100)),
    ...(await sustained(ringLab, seconds)),
    ...(await killed(ringLab, isQuick ? 6 : 50)),
    ...(await silenced(ringLab, isQuick ? 2 : 10)),
  ])
  const sizes = isQuick ? [3, 8] : [3, 8, 16, 32]
  const costs: Figure[] = []
  for (const size of sizes) {
    costs.push(await withRing(size, (ringLab) => processorTime(ringLab, isQuick ? 3 : 10)))
  }
  return [...figures, ...costs]
}

async function withRing<T>(size: number, work: (ringLab: RingLab) => Promise<T>): Promise<T> {
  const ringLab = await openRingLab(size)
  try {
    await inTime('one ring', ringLab.ledBy(ringLab.ids))
    return await work(ringLab)
  } finally {
    await ringLab.close()
  }
}

/**
 * From the wall time that a message bears (the sayer's, when it was said) to that at which the last other peer received
 * records, as the recording has it. One clock, since all are of one machine; nothing else is said meanwhile.
 */
async function seenByAll(ringLab: RingLab, messages: number): Promise<readonly Figure[]> {
  const { lab, ids } = ringLab
  const random = new Random('seen by all')
  const tookMs: number[] = []
  for (let number = 0; number < messages; number += 1) {
    const sayer = random.pick(ids)
    const before = newestPosition(lab)
    const uuid = await ringLab.say(sayer, `message ${number}`)
    if (uuid === null) throw new Error(`${sayer} refused to say anything`)
    const saidMs = await ringLab.saidWallMs(sayer)
    const others = ids.filter((id) => id !== sayer)
    const seen = lab.until(() => receivedByAllMs(eventsAfter(lab, before), others))
    tookMs.push((await inTime('a message at all peers', seen)) - saidMs)
  }
  const note = `${messages} messages one by one, ${peers} peers, ${built()}; wall stamps of 1 ms`
  return [
    figure('ring.send_to_all_p50_ms', median(tookMs), note),
    figure('ring.send_to_all_p99_ms', percentile(tookMs, 99), note),
  ]
}

/** When the last of them received its first records. null: somebody has not yet. */
function receivedByAllMs(events: readonly RecordedEvent[], peersWaited: readonly NodeId[]): number | null {
  const times = peersWaited.map(
    (peer) =>
      events.find(({ node, what }) => node === peer && what.kind === 'received' && what.messageKind === 'records')
        ?.wallMs ?? null,
  )
  return times.reduce((last, time) => (last === null || time === null ? null : Math.max(last, time)), 0)
}

async function sustained(ringLab: RingLab, seconds: number): Promise<readonly Figure[]> {
  const load = await talk(ringLab, seconds)
  const endedMs = performance.now()
  const history = new Set(await inTime('equal histories', ringLab.equal(ringLab.ids)))
  const equalMs = performance.now() - endedMs
  const lost = load.uuids.filter((uuid) => !history.has(uuid)).length
  const note = `${load.uuids.length} said at ${perSecond} a second wanted, in ${Math.round(load.tookMs)} ms, ${peers} peers`
  return [
    figure('ring.sustained_per_s', (load.uuids.length * 1_000) / load.tookMs, note),
    figure('ring.sustained_refused', load.refused, 'sayings that were refused: the speaker is told'),
    figure('ring.sustained_lost', lost, 'accepted and not in the one history that all peers have in the end'),
    figure('ring.sustained_equal_ms', equalMs, 'from the last answer until all histories are read and the same'),
  ]
}

/** Everybody in turn, at an even pace. Who is behind in answering is waited for: the pipe to a node refuses what is more. */
async function talk({ ids, say }: RingLab, seconds: number) {
  const uuids: string[] = []
  let refused = 0
  const waiting = new Map<NodeId, number>()
  const answers: Promise<void>[] = []
  const total = perSecond * seconds
  const beganMs = performance.now()
  while (answers.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - beganMs) * perSecond) / 1_000))
    while (answers.length < due) {
      const id = ids[answers.length % ids.length]
      if (id === undefined) throw new Error('a ring has peers')
      const ahead = waiting.get(id) ?? 0
      if (ahead >= aheadMax) break
      waiting.set(id, ahead + 1)
      const answered = say(id, `message ${answers.length} of many`).then((uuid) => {
        waiting.set(id, (waiting.get(id) ?? 0) - 1)
        if (uuid === null) refused += 1
        else uuids.push(uuid)
      })
      answers.push(answered)
    }
    await new Promise((resolve) => setTimeout(resolve, paceMs))
  }
  await Promise.all(answers)
  return { uuids, refused, tookMs: performance.now() - beganMs }
}

async function killed(ringLab: RingLab, kills: number): Promise<readonly Figure[]> {
  const { lab, ids } = ringLab
  const random = new Random('kills of ring peers')
  const closedMs: number[] = []
  const joinedMs: number[] = []
  let leaders = 0
  for (let kill = 0; kill < kills; kill += 1) {
    const leader = await inTime('a whole ring', ringLab.ledBy(ids))
    await new Promise((resolve) => setTimeout(resolve, restMs + random.below(restMs)))
    // Luck alone might never choose the leader, whose loss is the longest.
    const victim = kill % 3 === 0 ? leader.id : random.pick(ids)
    if (victim === leader.id) leaders += 1
    const beganMs = performance.now()
    lab.supervisor.inject({ kind: 'kill', node: victim }, null)
    await inTime('a closed ring', ringLab.ledBy(ids.filter((id) => id !== victim)))
    closedMs.push(performance.now() - beganMs)
    lab.supervisor.clearAll()
    const sinceMs = await lab.until(() => {
      const { state } = lab.node(victim)
      return state.kind === 'running' && state.sinceWallMs
    })
    await inTime('a whole ring', ringLab.ledBy(ids))
    joinedMs.push(Date.now() - sinceMs)
  }
  const note = `${kills} kills -9 of any of ${peers} peers, ${leaders} of the leader; until the views of all living agree; of 50 the slowest`
  const joinNote = `${kills} peers that came back: from ready until the views of all ${peers} have it`
  return [
    figure('ring.heal_median_ms', median(closedMs), note),
    figure('ring.heal_p99_ms', percentile(closedMs, 99), note),
    figure('ring.join_median_ms', median(joinedMs), joinNote),
    figure('ring.join_slowest_ms', percentile(joinedMs, 100), joinNote),
  ]
}

/** The leader and its next at once, stopped by a signal: their connections stay, and nothing is refused. */
async function silenced({ lab, ids, ledBy, facts }: RingLab, times: number): Promise<readonly Figure[]> {
  const random = new Random('silent ring peers')
  const closedMs: number[] = []
  for (let time = 0; time < times; time += 1) {
    const leader = await inTime('a whole ring', ledBy(ids))
    await new Promise((resolve) => setTimeout(resolve, restMs + random.below(restMs)))
    const silent = (facts(leader.id)?.members ?? []).slice(0, 2).flatMap(({ node }) => node ?? [])
    const pids = silent.map((id) => pidOf(lab.node(id)))
    const beganMs = performance.now()
    for (const pid of pids) process.kill(pid, 'SIGSTOP')
    try {
      await inTime('a closed ring', ledBy(ids.filter((id) => !silent.includes(id))))
      closedMs.push(performance.now() - beganMs)
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT')
    }
  }
  await inTime('a whole ring', ledBy(ids))
  const note = `the leader and its next stopped at once, ${times} times, of ${peers}; until the views of all others agree`
  return [
    figure('ring.silent_closed_median_ms', median(closedMs), note),
    figure('ring.silent_closed_slowest_ms', percentile(closedMs, 100), note),
  ]
}

async function processorTime(ringLab: RingLab, seconds: number): Promise<Figure> {
  const { lab, ids } = ringLab
  const pids = ids.map((id) => pidOf(lab.node(id)))
  const usedMs = (): number => pids.reduce((sum, pid) => sum + processorMs(pid), 0)
  const before = usedMs()
  const { uuids } = await talk(ringLab, seconds)
  await inTime(
    'nothing under way',
    lab.until(() => ids.every((id) => ringLab.facts(id)?.underWay === 0)),
  )
  const perMessageMs = (usedMs() - before) / uuids.length
  const size = ids.length
  const note = `all ${size} processes together, ${Math.round((perMessageMs * 1_000) / size)} us each; ${uuids.length} messages`
  return { ...figure(`ring.processor_${size}_us`, perMessageMs * 1_000, note), unit: 'us' }
}

function figure(id: string, value: number, note: string): Figure {
  return { id, value, unit: id.endsWith('_ms') ? 'ms' : '', beside: null, note }
}

function built(): string {
  return workerFile().endsWith('.mjs') ? 'built workers' : 'workers from sources'
}

async function inTime<T>(what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${what} within ${eachWithinMs} ms`)), eachWithinMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function newestPosition(lab: RealLab): number {
  const page = lab.supervisor.recorder.page({ before: null, limit: 1, nodeId: null, withMessages: true })
  return page.events.at(-1)?.position ?? 0
}

function eventsAfter(lab: RealLab, position: number): readonly RecordedEvent[] {
  const page = lab.supervisor.recorder.page({ before: null, limit: 5_000, nodeId: null, withMessages: true })
  return page.events.filter((event) => event.position > position)
}
