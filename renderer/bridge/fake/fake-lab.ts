import type { RecordedEvent } from '#contract/window/recording'
import type { TopologySnapshot } from '#contract/window/topology'
import type { HttpDialect } from '#contract/worker/dialects'
import type { ActiveFault, Fault } from '#contract/worker/faults'
import type { TraceWhat } from '#contract/worker/trace'
import type { ClusterId, FaultId, MessageId, NodeId } from '#kit/ids'
import { beginTerm, commit, loseDisk, propose, replicate } from './fake-log.ts'
import { type FakeNode, fakeNode, isAwake, type Turn } from './fake-node.ts'
import { cardOf, linksOf, reportOf } from './fake-report.ts'

const heartbeatEveryMs = 100
const startsInMs = 700
const keptMax = 5_000

/**
 * A scripted lab for design work and unit tests: three peers that lead, fall silent, elect and come back. Time moves only
 * by `advance`, so a test decides when things happen.
 */
export class FakeLab {
  readonly nodes: readonly FakeNode[] = [0, 1, 2].map(fakeNode)
  dialect: HttpDialect = 'B'
  #nowMs: number
  #faults: readonly ActiveFault[] = []
  #events: RecordedEvent[] = []
  #fresh: RecordedEvent[] = []
  #position = 0
  #forgotten = 0
  #message = 0
  #revision = 0
  #faultNumber = 0

  constructor(nowMs: number) {
    this.#nowMs = nowMs
  }

  startAll(): void {
    for (const node of this.nodes) this.start(node.id)
  }

  start(id: string): void {
    const node = this.#find(id)
    if (!node || node.life === 'running') return
    this.#faults = this.#faults.filter(({ fault }) => !(fault.kind === 'kill' && fault.node === id))
    this.#live(node, 'starting')
    this.#note(node.id, { kind: 'lifecycle', state: 'starting', code: null })
  }

  stop(id: string): void {
    const node = this.#find(id)
    if (!node) return
    this.#live(node, 'stopped')
    this.#note(node.id, { kind: 'lifecycle', state: 'stopped', code: null })
  }

  action(action: string, detail: string): void {
    this.#note(null, { kind: 'action', action, detail })
  }

  inject(fault: Fault, forMs: number | null): ActiveFault {
    this.#faultNumber += 1
    const id = `fault-${this.#faultNumber}` as FaultId // the shape that kit/ids would check
    const active = { id, fault, sinceWallMs: this.#nowMs, endsWallMs: forMs === null ? null : this.#nowMs + forMs }
    this.#faults = [...this.#faults, active]
    this.#note(null, { kind: 'fault', id, phase: 'began', fault })
    const node = 'node' in fault ? this.#find(fault.node) : undefined
    if (node && fault.kind === 'kill') {
      this.#live(node, 'killed')
      this.#note(node.id, { kind: 'lifecycle', state: 'crashed', code: null })
    }
    if (node && fault.kind === 'pause') node.isPaused = true
    if (node && fault.kind === 'skew') node.skewMs = fault.ms
    return active
  }

  clear(id: string): void {
    const active = this.#faults.find((candidate) => candidate.id === id)
    if (!active) return
    this.#faults = this.#faults.filter((candidate) => candidate !== active)
    this.#note(null, { kind: 'fault', id: active.id, phase: 'ended', fault: active.fault })
    if (active.fault.kind === 'kill') this.start(active.fault.node)
    const paused = active.fault.kind === 'pause' ? this.#find(active.fault.node) : undefined
    if (paused) paused.isPaused = false
    const skewed = active.fault.kind === 'skew' ? this.#find(active.fault.node) : undefined
    if (skewed) skewed.skewMs = 0
  }

  /** False: the node that was asked does not lead. */
  handOver(from: string, to: string): boolean {
    const leader = this.#find(from)
    const peer = this.#find(to)
    if (leader?.leadership !== 'leader' || !peer || !isAwake(leader)) return false
    leader.handingOverTo = peer.id
    this.#note(leader.id, { kind: 'handing-over', to: peer.id, why: 'asked' })
    return true
  }

  /** Its file is gone. The others count it in no majority; while they are one, it is taken in again, as a learner. */
  loseDisk(id: string): void {
    const node = this.#find(id)
    if (!node) return
    loseDisk(node)
    node.standing = 'lost'
    node.leadership = 'follower'
    node.leader = null
    this.#note(node.id, { kind: 'began-anew', incarnation: node.incarnation, why: 'damaged' })
    const lost = this.nodes.filter(({ standing }) => standing === 'lost').map((one) => one.id)
    for (const peer of this.nodes.filter(({ standing }) => standing === 'voter')) {
      this.#note(peer.id, { kind: 'peer-lost-disk', peer: node.id })
      if (lost.length < 2) continue
      this.#note(peer.id, { kind: 'group-lost', lost })
      peer.leader = null
      if (peer.leadership === 'leader')
        this.#turn(peer, { to: 'follower', why: 'no-majority-answered', silentMs: null })
    }
  }

  clearAll(): void {
    for (const { id } of this.#faults) this.clear(id)
  }

  advance(ms: number): void {
    for (let left = ms; left > 0; left -= 20) this.#beat()
  }

  snapshot(): TopologySnapshot {
    this.#revision += 1
    const isUp = this.nodes.some((node) => node.life !== 'stopped')
    return {
      revision: this.#revision,
      takenWallMs: this.#nowMs,
      lab: 'default',
      clusters: [
        {
          id: 'notary' as ClusterId, // the only cluster of the fake lab
          kind: 'notary',
          state: isUp ? 'running' : 'stopped',
          dialect: this.dialect,
          sizes: null,
          nodes: this.nodes.map((node) => cardOf(node, this.#faults)),
          links: linksOf(this.nodes, this.#faults),
          commitsPerSecond: this.nodes.some((node) => isAwake(node) && node.leadership === 'leader') ? 30 : null,
        },
      ],
      faults: this.#faults,
      recording: { kept: this.#events.length, keptMax, forgotten: this.#forgotten, droppedByNodes: 0 },
    }
  }

  /** What was recorded since this was last asked. */
  takeFresh(): readonly RecordedEvent[] {
    const fresh = this.#fresh
    this.#fresh = []
    return fresh
  }

  events(): readonly RecordedEvent[] {
    return this.#events
  }

  #beat(): void {
    this.#nowMs += 20
    for (const { id, endsWallMs } of this.#faults) if (endsWallMs !== null && endsWallMs <= this.#nowMs) this.clear(id)
    for (const node of this.nodes) {
      if (node.life === 'starting' && this.#nowMs - node.lifeSinceMs >= startsInMs) this.#begin(node)
      if (isAwake(node)) this.#think(node)
      if (node.life === 'running' && this.#nowMs % heartbeatEveryMs < 20) {
        node.reported = reportOf(node, this.nodes, this.#nowMs)
        node.reportedAtMs = this.#nowMs
      }
    }
  }

  #begin(node: FakeNode): void {
    this.#live(node, 'running')
    node.heardLeaderAtMs = this.#nowMs
    this.#note(node.id, { kind: 'lifecycle', state: 'started', code: null })
    this.#turn(node, { to: 'follower', why: 'started', silentMs: null })
  }

  #think(node: FakeNode): void {
    if (node.leadership === 'leader') {
      if (this.#nowMs % heartbeatEveryMs < 20) this.#beatHeart(node)
      return
    }
    const silentMs = this.#nowMs - node.heardLeaderAtMs
    if (silentMs < node.patienceMs) return
    node.heardLeaderAtMs = this.#nowMs
    if (node.standing !== 'voter') return
    const voters = this.nodes.filter(
      (peer) => isAwake(peer) && peer.standing === 'voter' && (peer === node || this.#reaches(node, peer)),
    )
    this.#note(node.id, { kind: 'timer', name: 'election', afterMs: node.patienceMs })
    this.#turn(node, { to: 'pre-candidate', why: 'heard-no-leader', silentMs: node.leader === null ? null : silentMs })
    if (voters.length < 2) return
    node.term = Math.max(...voters.map(({ term }) => term)) + 1
    this.#stand(node, voters, 'majority-would-vote')
  }

  #stand(node: FakeNode, voters: readonly FakeNode[], why: Turn['why']): void {
    this.#turn(node, { to: 'candidate', why, silentMs: null })
    for (const voter of voters) {
      voter.term = node.term
      voter.votedFor = node.id
      this.#note(voter.id, { kind: 'voted', for: node.id, term: node.term })
    }
    node.leader = node.id
    this.#turn(node, { to: 'leader', why: 'majority-voted', silentMs: null })
    beginTerm(node)
  }

  #beatHeart(leader: FakeNode): void {
    propose(leader)
    const others = this.nodes.filter((peer) => peer !== leader)
    for (const peer of others) {
      if (!this.#send({ from: leader, to: peer, messageKind: 'heartbeat' })) continue
      if (peer.term > leader.term) {
        leader.term = peer.term
        leader.leader = peer.leader
        this.#turn(leader, { to: 'follower', why: 'saw-newer-term', silentMs: null })
        return
      }
      const isNews = peer.leader !== leader.id || peer.term !== leader.term || peer.leadership !== 'follower'
      peer.term = leader.term
      peer.leader = leader.id
      peer.heardLeaderAtMs = this.#nowMs
      if (isNews) this.#turn(peer, { to: 'follower', why: 'heard-leader', silentMs: null })
      this.#replicate(leader, peer)
      this.#send({ from: peer, to: leader, messageKind: 'heartbeat-answer' })
    }
    commit(leader, this.nodes)
    this.#goOnHandingOver(leader)
    const answering = others.filter((peer) => this.#nowMs - (leader.heard.get(peer.id) ?? 0) < 800).length + 1
    if (answering < 2 && this.#nowMs - leader.lifeSinceMs > 2_000) {
      leader.leader = null
      this.#turn(leader, { to: 'follower', why: 'no-majority-answered', silentMs: null })
    }
  }

  #replicate(leader: FakeNode, peer: FakeNode): void {
    if (replicate(leader, peer)) {
      const { snapshot: index } = leader.positions
      this.#note(leader.id, { kind: 'snapshot-began', to: peer.id, index })
      this.#note(peer.id, { kind: 'snapshot-installed', index })
    }
    const voters = this.nodes.filter(({ standing }) => standing === 'voter').length
    if (peer.standing === 'lost' && voters > 1) this.#changeMember(leader, peer, 'learner')
    const isEven = peer.positions.last === leader.positions.last
    if (peer.standing === 'learner' && isEven) this.#changeMember(leader, peer, 'voter')
  }

  #changeMember(leader: FakeNode, peer: FakeNode, standing: FakeNode['standing']): void {
    peer.standing = standing
    const idsOf = (isVoter: boolean) =>
      this.nodes.filter((node) => (node.standing === 'voter') === isVoter).map(({ id }) => id)
    const lists = { voters: idsOf(true), learners: idsOf(false) }
    this.#note(leader.id, { kind: 'members-changed', ...lists, index: leader.positions.last })
  }

  #goOnHandingOver(leader: FakeNode): void {
    const peer = this.nodes.find(({ id }) => id === leader.handingOverTo)
    if (!peer || peer.positions.last < leader.positions.last || !isAwake(peer)) return
    leader.handingOverTo = null
    peer.leader = leader.id
    peer.term = leader.term + 1
    this.#stand(peer, this.nodes.filter(isAwake), 'was-handed-over')
  }

  #send({
    from,
    to,
    messageKind,
  }: {
    readonly from: FakeNode
    readonly to: FakeNode
    readonly messageKind: string
  }): boolean {
    this.#message += 1
    const message = `${from.id}:${this.#message}` as MessageId // made as kit/ids makes it
    count(from.sent, to.id)
    this.#note(from.id, { kind: 'sent', to: to.id, message, messageKind, bytes: 42 })
    if (!isAwake(to)) return false
    if (!this.#reaches(from, to)) {
      count(from.dropped, to.id)
      this.#note(from.id, { kind: 'dropped', peer: to.id, message, messageKind, why: 'cut' })
      return false
    }
    count(to.received, from.id)
    to.heard.set(from.id, this.#nowMs)
    this.#note(to.id, { kind: 'received', from: from.id, message, messageKind, bytes: 42 })
    return true
  }

  #reaches(from: FakeNode, to: FakeNode): boolean {
    return !this.#faults.some(({ fault }) => {
      if (fault.kind !== 'cut') return false
      const isAhead = fault.from.includes(from.id) && fault.to.includes(to.id)
      return isAhead || (fault.both && fault.from.includes(to.id) && fault.to.includes(from.id))
    })
  }

  #live(node: FakeNode, life: FakeNode['life']): void {
    node.life = life
    node.lifeSinceMs = this.#nowMs
    node.log.push(`${new Date(this.#nowMs).toISOString()} ${life}`)
    if (life === 'running') return
    node.leadership = 'none'
    node.leader = null
  }

  #turn(node: FakeNode, { to, why, silentMs }: Turn): void {
    const from = node.leadership
    node.leadership = to
    node.log.push(`${new Date(this.#nowMs).toISOString()} ${to} of term ${node.term}: ${why}`)
    this.#note(node.id, { kind: 'role-changed', from, to, term: node.term, why, leader: node.leader, silentMs })
  }

  #note(node: NodeId | null, what: TraceWhat): void {
    this.#position += 1
    const known = node === null ? undefined : this.#find(node)
    if (known) known.lamport += 1
    const place = { position: this.#position, sequence: this.#position, node, lamport: known?.lamport ?? 0 }
    const event: RecordedEvent = { ...place, wallMs: this.#nowMs, cause: null, what }
    this.#events.push(event)
    this.#fresh.push(event)
    if (this.#events.length <= keptMax) return
    this.#events.shift()
    this.#forgotten += 1
  }

  #find(id: string): FakeNode | undefined {
    return this.nodes.find((node) => node.id === id)
  }
}

function count(counts: Map<NodeId, number>, id: NodeId): void {
  counts.set(id, (counts.get(id) ?? 0) + 1)
}
