import { type FaultRules, noFaults } from '#contract/worker/faults'
import type { NodePlan } from '#contract/worker/protocol'
import type { TraceWhat } from '#contract/worker/trace'
import { LamportClock } from '#cores/clocks/lamport'
import { parseRaftMessage } from '#cores/raft/codec'
import type { RaftMessage, RaftNote, RaftView } from '#cores/raft/messages'
import { assert } from '#kit/assert'
import { clusterId, type NodeId } from '#kit/ids'
import { fail } from '#kit/result'
import type { Clock } from '#ports/clock'
import type { Store } from '#ports/store'
import { startNotaryPeer } from '#roles/notary-peer'
import type { RunningRole } from '#roles/role'
import type { NodeHands, Program } from '../subject.ts'
import { VirtualWire } from '../virtual-wire.ts'
import { timingOf } from './election-timing.ts'

/** What travels is the bytes; the words in them are beside them, so that the properties of elections can be asked. */
export type NotaryPeerWords = {
  readonly message: RaftMessage & { readonly bytes: Uint8Array }
  readonly view: RaftView
  readonly note: RaftNote
}

/** Stands between the role and its disk. The right one is the disk itself. */
export type StoreFront = (store: Store, clock: Clock) => Store

/** The role as it runs in a worker, pump and all, on virtual ports. */
export class NotaryPeerProgram implements Program<NotaryPeerWords> {
  readonly #hands: NodeHands<NotaryPeerWords>
  readonly #wire: VirtualWire
  readonly #role: RunningRole
  #later: (() => void)[] = []

  constructor(hands: NodeHands<NotaryPeerWords>, storeFront: StoreFront) {
    this.#hands = hands
    const peers = hands.scenario.nodes.filter((node) => node !== hands.id)
    this.#wire = new VirtualWire({
      peers,
      carry: (to, bytes) => hands.send(to, { ...wordsIn(bytes), bytes }),
      onDrop: () => {},
      nowMs: () => hands.clock.now(),
    })
    this.#role = startNotaryPeer(planOf(hands, peers), {
      clock: this.#clockThatFinishes(hands.clock),
      wire: this.#wire,
      store: storeFront(hands.store, hands.clock),
      queries: { tables: () => [], rows: () => fail('unknown-table', 'nobody looks into a virtual node') },
      trace: { note: (what) => this.#note(what) },
      lamport: new LamportClock(),
      random: hands.random,
      log: () => {},
      soon: (work) => void this.#later.push(work),
      onChange: () => {},
    })
    this.#finish()
  }

  get view(): RaftView {
    const { leadership } = this.#role.facts()
    assert(leadership !== null && leadership.leadership !== 'none', 'a notary peer is a member of its group')
    const { leadership: role, leaderHeardMsAgo, ...view } = leadership
    const leaderHeardTicksAgo = leaderHeardMsAgo === null ? null : leaderHeardMsAgo / this.#hands.scenario.tickMs
    const { id } = this.#hands
    return { ...view, id, role, leaderHeardTicksAgo, electionTicksLeft: null, electionTicksOf: null }
  }

  receive(from: NodeId, { bytes }: NotaryPeerWords['message']): void {
    this.#wire.deliver(from, bytes)
    this.#finish()
  }

  setFaults(rules: FaultRules): void {
    this.#role.setFaults(rules)
    this.#finish()
  }

  /** A beat is one callback, and what it put off comes right after it. */
  #clockThatFinishes(clock: Clock): Clock {
    const finishing = (work: () => void) => () => {
      work()
      this.#finish()
    }
    return {
      now: () => clock.now(),
      wall: () => clock.wall(),
      every: (everyMs, work) => clock.every(everyMs, finishing(work)),
      after: (delayMs, work) => clock.after(delayMs, finishing(work)),
    }
  }

  #finish(): void {
    while (this.#later.length > 0) {
      const later = this.#later
      this.#later = []
      for (const work of later) work()
    }
  }

  #note(what: TraceWhat): void {
    const { tickMs } = this.#hands.scenario
    if (what.kind === 'anomaly') this.#hands.anomaly(what.detail)
    if (what.kind === 'dropped' && what.why === 'malformed') this.#hands.anomaly('a peer sent what is no message')
    if (what.kind !== 'role-changed' || what.from === 'none' || what.to === 'none') return
    const { silentMs, from, to, ...rest } = what
    this.#hands.note({ ...rest, from, to, silentTicks: silentMs === null ? null : silentMs / tickMs })
  }
}

function wordsIn(bytes: Uint8Array): RaftMessage {
  const envelope: unknown = JSON.parse(new TextDecoder().decode(bytes))
  const body = typeof envelope === 'object' && envelope !== null && 'body' in envelope ? envelope.body : null
  const message = parseRaftMessage(body)
  assert(message !== null, 'a right peer sends what its own codec reads')
  return message
}

function planOf({ id, scenario }: NodeHands<NotaryPeerWords>, peers: readonly NodeId[]): NodePlan {
  const { electionTicksLongest: _, ...ticks } = timingOf(scenario.settings)
  const nowhere = { host: 'virtual', port: 0 }
  return {
    lab: 'virtual',
    clusterId: clusterId('virtual'),
    nodeId: id,
    role: 'notary-peer',
    dataDir: '',
    wire: { ...nowhere, keys: { publicKey: '', secretKey: '' } },
    peers: peers.map((nodeId) => ({ nodeId, ...nowhere, publicKey: '' })),
    timing: { tickMs: scenario.tickMs, ...ticks },
    faults: noFaults,
  }
}
