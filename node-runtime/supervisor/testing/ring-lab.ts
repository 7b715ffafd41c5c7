import type { NodeCard } from '#contract/window/topology'
import type { RingCall, RingHistoryPage, RingInput, RingPeerFacts } from '#contract/worker/ring'
import { clusterId, type NodeId, nodeId } from '#kit/ids'
import type { ClusterSpec } from '../presets.ts'
import { openRealLab, type RealLab, testClusters } from './real-lab.ts'

const ring = clusterId('ring')
const rowsPerPage = 200

/** A ring of so many real peers, started. */
export interface RingLab {
  readonly lab: RealLab
  readonly ids: readonly NodeId[]
  /** Where peers of any kind call out. */
  readonly group: { readonly host: string; readonly port: number }
  /** Its peers, where they were not to start at once. */
  start(): Promise<void>
  /** What a running peer says of its ring in this life; null: nothing yet. */
  facts(id: NodeId): RingPeerFacts | null
  /** The leader of one closed ring of just these, once all of them say the same of it. */
  ledBy(nodes: readonly NodeId[]): Promise<NodeCard>
  /** null: it was refused, or the peer is dead. */
  say(id: NodeId, text: string): Promise<string | null>
  /** The wall time that the newest message of that peer bears. */
  saidWallMs(id: NodeId): Promise<number>
  /**
   * Until nobody has anything under way, all have as many messages, and the newest so many of them (all, if it is not
   * said) are the same in one order: their ids, newest first.
   */
  equal(nodes: readonly NodeId[], newest?: number): Promise<readonly string[]>
  close(): Promise<void>
}

export async function openRingLab(peers: number, { mayStart = true } = {}): Promise<RingLab> {
  const spec = ringCluster(peers)
  const lab = openRealLab({ clusters: [spec] })
  const ids = spec.nodes.map(({ id }) => id)
  const facts = (id: NodeId): RingPeerFacts | null => factsOf(lab.node(id))
  const opened: RingLab = {
    lab,
    ids,
    start: async () => {
      const started = await lab.supervisor.startCluster(ring)
      if (!started.ok) throw new Error(`${started.failure.code}: ${started.failure.message}`)
    },
    group: ringOf(spec).group,
    facts,
    ledBy: (nodes) => lab.until(() => leaderOf(nodes.map((id) => lab.node(id)))),
    say: async (id, text) => {
      const said = await ask<{ readonly uuid: string }>(lab, { name: 'ring.say', input: { nodeId: id, text } })
      return said?.uuid ?? null
    },
    saidWallMs: async (id) => {
      const newest = (await pageOf(lab, id, { before: null, limit: 1 })).rows[0]
      if (newest === undefined) throw new Error(`nothing was said at ${id}`)
      return newest.atMs
    },
    equal: (nodes, newest = Number.POSITIVE_INFINITY) => equalHistories(opened, nodes, newest),
    close: () => lab.close(),
  }
  if (mayStart) await opened.start()
  return opened
}

function ringOf({ ring: plan }: ClusterSpec): NonNullable<ClusterSpec['ring']> {
  if (plan === null) throw new Error('the ring of the program is one')
  return plan
}

function ringCluster(peers: number): ClusterSpec {
  const preset = testClusters.find(({ id }) => id === ring)
  if (preset === undefined) throw new Error('the program has a ring')
  const nodes = Array.from({ length: peers }, (_, index) => nodeId(`ring-${index + 1}`))
  return { ...preset, nodes: nodes.map((id) => ({ id, role: 'ring-peer' })) }
}

/** A view that is older than this life of the worker is the word of its last life. */
function factsOf({ state, view, viewWallMs }: NodeCard): RingPeerFacts | null {
  const isOfThisLife = state.kind === 'running' && viewWallMs !== null && viewWallMs >= state.sinceWallMs
  return isOfThisLife ? (view?.ring ?? null) : null
}

function leaderOf(cards: readonly NodeCard[]): NodeCard | null {
  const rings = cards.map(factsOf)
  const [first] = rings
  if (!first || first.members.length !== cards.length) return null
  const members = first.members.map(({ id }) => id).join()
  const isOne = rings.every((one) => {
    const isSame = one?.leader === first.leader && one.version === first.version && one.term === first.term
    return isSame && one.members.map(({ id }) => id).join() === members && one.members.some(({ id }) => id === one.next)
  })
  return isOne ? (cards.find(({ id }) => id === first.members[0]?.node) ?? null) : null
}

async function equalHistories(
  { lab, facts }: RingLab,
  nodes: readonly NodeId[],
  newest: number,
): Promise<readonly string[]> {
  const revisions = (): string => nodes.map((id) => facts(id)?.historyRevision).join()
  for (;;) {
    await lab.until(() => {
      const all = nodes.map(facts)
      const isQuiet = all.every((one) => one?.underWay === 0 && one.waiting === 0)
      return isQuiet && new Set(all.map((one) => one?.records)).size === 1
    })
    const before = revisions()
    const histories = await Promise.all(nodes.map((id) => uuidsOf(lab, id, newest)))
    const [first = []] = histories
    if (histories.every((one) => one.join() === first.join())) return first
    // As many and not the same: what is lacking will be asked for.
    await lab.until(() => revisions() !== before)
  }
}

async function uuidsOf(lab: RealLab, id: NodeId, newest: number): Promise<readonly string[]> {
  const uuids: string[] = []
  let before: string | null = null
  do {
    const page: RingHistoryPage = await pageOf(lab, id, { before, limit: rowsPerPage })
    uuids.push(...page.rows.map(({ uuid }) => uuid))
    before = page.next
  } while (before !== null && uuids.length < newest)
  return uuids.slice(0, newest)
}

async function pageOf(
  lab: RealLab,
  id: NodeId,
  { before, limit }: Pick<RingInput<'ring.history'>, 'before' | 'limit'>,
): Promise<RingHistoryPage> {
  const page = await ask<RingHistoryPage>(lab, { name: 'ring.history', input: { nodeId: id, before, limit } })
  if (page === null) throw new Error(`${id} does not tell its history`)
  return page
}

async function ask<Answer>(lab: RealLab, call: RingCall): Promise<Answer | null> {
  const result = await lab.supervisor.ask(call.input.nodeId, { kind: 'ring', call })
  // What a ring peer answers this call with.
  return result.ok ? (result.value as Answer) : null
}
