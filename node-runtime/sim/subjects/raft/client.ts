import { type Membership, memberOf } from '#cores/raft/membership'
import type { MemberChange, RaftInput, RefusedWhy } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import type { NodeHands } from '../../subject.ts'
import type { AppliedState } from './applied-state.ts'
import { operationOf, operationsPerTickMax } from './operation.ts'
import { encodeWrite, registerKeys } from './registers.ts'
import type { RaftSettings } from './settings.ts'
import type { RaftWords } from './words.ts'

interface Asked {
  readonly op: number
  readonly key: number
  /** A command has a place in the log once it is accepted. */
  term: number
}

/** Somebody at a node who asks it for everything that can be asked for. What is asked, and how often, is drawn. */
export class Client {
  readonly #hands: NodeHands<RaftWords>
  readonly #settings: RaftSettings
  readonly #random: Random
  readonly #node: number
  readonly #membership: () => Membership
  #tick = 0
  #asksInTick = 0
  /** By `ref`, until the core accepts or refuses it. */
  readonly #proposed = new Map<number, Asked>()
  /** By index, until it is applied. */
  readonly #accepted = new Map<number, Asked>()
  #reads: { readonly asked: Asked; readonly index: number }[] = []
  readonly #heardIncarnations = new Map<NodeId, number>()
  #refs = 0
  #ticksToCalmAsk = 0
  #isCalm = false
  #isCalmWriteDone = false
  #isCalmReadDone = false

  constructor(hands: NodeHands<RaftWords>, settings: RaftSettings, membership: () => Membership) {
    this.#hands = hands
    this.#membership = membership
    this.#settings = settings
    this.#random = hands.random.fork('client')
    this.#node = hands.scenario.nodes.indexOf(hands.id)
  }

  get isServed(): boolean {
    return this.#isCalmWriteDone && this.#isCalmReadDone
  }

  heard(from: NodeId, incarnation: number): void {
    this.#heardIncarnations.set(from, incarnation)
  }

  /** What it wants now. */
  tick(state: AppliedState, leads: boolean): readonly RaftInput[] {
    const { scenario, clock } = this.#hands
    this.#tick = clock.now() / scenario.tickMs
    this.#asksInTick = 0
    return this.#tick < scenario.ticksOfTrouble ? this.#disturb(state, leads) : this.#askInCalm(leads)
  }

  accepted(ref: number, index: number, term: number): void {
    const asked = this.#proposed.get(ref)
    this.#proposed.delete(ref)
    if (asked === undefined) return
    asked.term = term
    this.#accepted.set(index, asked)
  }

  refused(ref: number, why: RefusedWhy | 'cannot-write'): void {
    const asked = this.#proposed.get(ref)
    this.#proposed.delete(ref)
    if (asked !== undefined) this.#hands.note({ kind: 'refused', op: asked.op, why })
  }

  /** What was proposed to a core that is gone, and not accepted by it, has not happened. */
  coreIsGone(): void {
    for (const ref of this.#proposed.keys()) this.refused(ref, 'cannot-write')
    this.#reads = []
  }

  applied(index: number, term: number): void {
    const asked = this.#accepted.get(index)
    if (asked === undefined) return
    this.#accepted.delete(index)
    if (asked.term !== term) return this.#hands.note({ kind: 'refused', op: asked.op, why: 'overwritten' })
    this.#hands.note({ kind: 'acknowledged', op: asked.op, end: { index, term } })
    if (this.#isAskedInCalm(asked.op)) this.#isCalmWriteDone = true
  }

  /** Of commands up to there nobody here knows what became of them. */
  leaptTo(index: number): void {
    for (const at of this.#accepted.keys()) if (at <= index) this.#accepted.delete(at)
  }

  mayRead(ref: number, index: number): void {
    const asked = this.#proposed.get(ref)
    this.#proposed.delete(ref)
    if (asked !== undefined) this.#reads.push({ asked, index })
  }

  answerReads(state: AppliedState): void {
    if (this.#reads.length === 0) return
    const ready = this.#reads.filter(({ index }) => index <= state.index)
    if (ready.length === 0) return
    this.#reads = this.#reads.filter(({ index }) => index > state.index)
    for (const { asked } of ready) {
      this.#answer(asked, state, false)
      if (this.#isAskedInCalm(asked.op)) this.#isCalmReadDone = true
    }
  }

  #disturb(state: AppliedState, leads: boolean): readonly RaftInput[] {
    const { writes, writesAtOnce, reads, changes, handOvers, wishes } = this.#settings
    let luck = this.#random.below(1_000)
    // Nodes that do not lead refuse most of it; a client that did not learn from that would do little else.
    if (!leads && !this.#random.chance(1, 8)) return nothing
    if (luck < writes) return Array.from({ length: 1 + this.#random.below(writesAtOnce) }, () => this.#write())
    luck -= writes
    if (luck < reads) return this.#read(state)
    luck -= reads
    if (luck < changes) return this.#change()
    luck -= changes
    const node = this.#random.pick(this.#hands.scenario.nodes)
    if (luck < handOvers) return [{ kind: 'hand-over', to: node }]
    luck -= handOvers
    return luck < wishes ? [{ kind: 'wish', leader: this.#random.chance(1, 3) ? null : node }] : nothing
  }

  /** In calm nobody disturbs any more: one command and one read are to be answered. */
  #askInCalm(leads: boolean): readonly RaftInput[] {
    if (!this.#isCalm) {
      // Nodes that go on wishing for each other would hand over for ever.
      this.#isCalm = true
      return this.#settings.wishes > 0 ? [{ kind: 'wish', leader: null }] : nothing
    }
    this.#ticksToCalmAsk -= 1
    if (!leads || this.#ticksToCalmAsk > 0 || this.isServed) return nothing
    this.#ticksToCalmAsk = this.#settings.electionTicksMin
    return [...(this.#isCalmWriteDone ? [] : [this.#write()]), ...(this.#isCalmReadDone ? [] : [this.#freshRead()])]
  }

  #write(): RaftInput {
    const op = this.#nextOperation()
    const key = this.#random.below(registerKeys)
    const atMs = this.#hands.clock.wall()
    return { kind: 'propose', ref: this.#ask(op, key), payload: encodeWrite({ key, op }), atMs, lamport: this.#tick }
  }

  #read(state: AppliedState): readonly RaftInput[] {
    if (!this.#random.chance(1, 4)) return [this.#freshRead()]
    this.#answer({ op: this.#nextOperation(), key: this.#random.below(registerKeys), term: 0 }, state, true)
    return nothing
  }

  #freshRead(): RaftInput {
    return { kind: 'read', ref: this.#ask(this.#nextOperation(), this.#random.below(registerKeys)) }
  }

  #change(): readonly RaftInput[] {
    // A leader that removes itself is the hardest of them.
    const { id, scenario } = this.#hands
    const node = this.#random.chance(1, 4) ? id : this.#random.pick(scenario.nodes)
    const change = this.#changeOf(node, memberOf(this.#membership(), node)?.isVoter ?? null)
    if (change === null) return nothing
    this.#hands.note({ kind: 'change-asked', change })
    this.#refs += 1
    return [{ kind: 'change-members', ref: this.#refs, change, atMs: this.#hands.clock.wall() }]
  }

  #changeOf(node: NodeId, isVoter: boolean | null): MemberChange | null {
    if (isVoter === false && this.#random.chance(1, 2)) return { kind: 'promote', node }
    if (isVoter !== null) return { kind: 'remove', node }
    const incarnation = this.#heardIncarnations.get(node)
    return incarnation === undefined ? null : { kind: 'add', node, incarnation }
  }

  #answer({ op, key }: Asked, state: AppliedState, isStale: boolean): void {
    const answer = { state: state.mark, last: state.registers.get(key).last }
    this.#hands.note({ kind: 'read', op, key, answer, isStale })
  }

  #ask(op: number, key: number): number {
    this.#refs += 1
    this.#proposed.set(this.#refs, { op, key, term: 0 })
    return this.#refs
  }

  #nextOperation(): number {
    const nth = Math.min(this.#asksInTick, operationsPerTickMax - 1)
    this.#asksInTick += 1
    return operationOf({ tick: this.#tick, node: this.#node, nth })
  }

  #isAskedInCalm(op: number): boolean {
    return op >= operationOf({ tick: this.#hands.scenario.ticksOfTrouble, node: 0, nth: 0 })
  }
}

const nothing: readonly RaftInput[] = Object.freeze([])
