import type { Entry } from '#cores/raft/entry'
import { decodeMembership, type Member, type Membership } from '#cores/raft/membership'
import type { LogEnd } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import type { Scenario } from '../../../scenario.ts'
import type { Moment } from '../../../subject.ts'
import type { RaftNodeView, RaftWords } from '../../../subjects/raft/words.ts'
import { Amnesia } from './amnesia.ts'
import { type Kept, KnownLog, type Since } from './known-log.ts'

type Note<Kind extends RaftWords['note']['kind']> = Extract<RaftWords['note'], { kind: Kind }>

/** Something came to stand on a disk. */
export interface Keeping extends Kept {
  readonly node: NodeId
  /** Of the last entry that its node took for committed, where that is noted. */
  readonly termOfCommitted: number | null
  readonly note: Note<'kept'>
}

/** A leader took something for committed, or took the lead: by the members of which it went. */
export interface Decision {
  readonly node: NodeId
  readonly log: KnownLog
  readonly note: Note<'applied'> | Note<'role-changed'>
  /** It went by one of these; which one, depends on what else came in its step. */
  readonly inForce: readonly Membership[]
}

/** What an observer who misses nothing knows of a group: every disk, and what is committed. */
export class Ledger {
  readonly #logs = new Map<NodeId, KnownLog>()
  /** Disks that were given up, by node and incarnation. */
  readonly #former = new Map<string, KnownLog[]>()
  readonly #amnesia: Amnesia
  readonly #committed: (Entry | undefined)[] = []
  #members: Since = { index: 0, membership: [] }
  /** Before what a node kept last. */
  readonly #membersBefore = new Map<NodeId, Membership>()
  /** Every life that a committed entry took in, by node and incarnation. */
  readonly #takenIn = new Set<string>()
  #tick = -1
  #owing: readonly RaftNodeView[] | null = null
  #owingTick = -1
  /** Of the present moment, each in its order. */
  readonly fresh: Entry[] = []
  readonly keepings: Keeping[] = []
  readonly decisions: Decision[] = []
  /** What nodes show that they did not show before: of most, most of the time, nothing. */
  readonly newViews: RaftNodeView[] = []
  readonly #shown = new Map<NodeId, RaftNodeView>()

  constructor(scenario: Scenario) {
    this.#amnesia = new Amnesia(scenario)
  }

  get committedIndex(): number {
    return Math.max(0, this.#committed.length - 1)
  }

  /** Of the entries that are committed, the last word on who is a member. */
  get members(): Since {
    return this.#members
  }

  /** Nobody is asked to keep a promise that could not be kept any more: see `amnesia.ts`. */
  get isOff(): boolean {
    return this.#amnesia.isBelieved
  }

  hasForgotten(node: NodeId): boolean {
    return this.#amnesia.of(node)
  }

  /** Whatever it finds on its disk may be older than what it had. */
  mayForget(node: NodeId): boolean {
    return this.#amnesia.mayCome(node)
  }

  committed(index: number): Entry | undefined {
    return this.#committed[index]
  }

  /** null: it was never up. */
  log(node: NodeId): KnownLog | null {
    return this.#logs.get(node) ?? null
  }

  /** Whether it stood on this node's disk in this life of it, also if that is over or the disk has lost it since. */
  hasHeld({ node, incarnation }: Pick<Member, 'node' | 'incarnation'>, end: LogEnd): boolean {
    const log = this.#logs.get(node)
    if (log?.incarnation === incarnation && log.holds(end)) return true
    return this.#formerOf(node, incarnation).some((former) => former.holds(end))
  }

  /** Also if somebody has taken it out again since. */
  wasTakenIn({ node, incarnation }: Pick<Member, 'node' | 'incarnation'>): boolean {
    return this.#takenIn.has(`${node} ${incarnation}`)
  }

  /** Asked by several in each moment of calm, and worked out once. */
  owing(work: () => readonly RaftNodeView[] | null): readonly RaftNodeView[] | null {
    if (this.#owingTick !== this.#tick) this.#owing = work()
    this.#owingTick = this.#tick
    return this.#owing
  }

  /** Once a moment. */
  take(moment: Moment<RaftWords>): void {
    const { tick, notes, sent, views } = moment
    if (tick === this.#tick) return
    this.#tick = tick
    if (this.fresh.length > 0) this.fresh.length = 0
    if (this.keepings.length > 0) this.keepings.length = 0
    if (this.decisions.length > 0) this.decisions.length = 0
    for (const { node, note } of notes) this.#take(node, note)
    this.#amnesia.hear(sent)
    if (this.newViews.length > 0) this.newViews.length = 0
    for (const view of views) {
      if (this.#shown.get(view.id) === view) continue
      this.#shown.set(view.id, view)
      this.newViews.push(view)
    }
  }

  #take(node: NodeId, note: RaftWords['note']): void {
    switch (note.kind) {
      case 'restored':
        return this.#restored(node, note)
      case 'kept':
        return this.#kept(node, note)
      case 'applied':
        return this.#applied(node, note)
      case 'voted':
        return this.#amnesia.voted(node)
      case 'role-changed':
        return note.to === 'leader' ? this.#decided(node, note) : undefined
      default:
    }
  }

  #restored(node: NodeId, { incarnation, restored }: Note<'restored'>): void {
    const former = this.#logs.get(node)
    const log = new KnownLog(incarnation, restored)
    this.#logs.set(node, log)
    if (former !== undefined) this.#lives(node, former, log)
    this.#membersBefore.delete(node)
    if (this.#members.membership.length === 0) this.#members = log.members
  }

  /** The life of a disk that was over may be back, if the disk lost its end. */
  #lives(node: NodeId, former: KnownLog, log: KnownLog): void {
    const isSame = former.incarnation === log.incarnation
    const life = isSame ? former : this.#formerOf(node, log.incarnation)[0]
    const hasForgotten = life !== undefined && this.#amnesia.restored({ node, former: life, log })
    if (life === undefined) this.#amnesia.begunAnew(node)
    if (!isSame || hasForgotten) this.#formerOf(node, former.incarnation).push(former)
  }

  /** As it was each time that it ended or lost something. */
  #formerOf(node: NodeId, incarnation: number): KnownLog[] {
    const life = `${node} ${incarnation}`
    const known = this.#former.get(life)
    if (known !== undefined) return known
    const former: KnownLog[] = []
    this.#former.set(life, former)
    return former
  }

  #kept(node: NodeId, note: Note<'kept'>): void {
    const log = this.#logs.get(node)
    if (log === undefined) return
    this.#membersBefore.set(node, log.members.membership)
    const kept = log.keep(note.persist)
    const termOfCommitted = note.commitIndex === null ? null : log.termAt(note.commitIndex)
    this.keepings.push({ node, note, termOfCommitted, ...kept })
    this.#amnesia.kept(node, log)
  }

  #applied(node: NodeId, note: Note<'applied'>): void {
    const first = note.entries[0]
    if (first !== undefined && first.index > this.#committed.length) this.#fillUpTo(node, first.index - 1)
    for (const entry of note.entries) if (this.#committed[entry.index] === undefined) this.#commit(entry)
    if (note.leads) this.#decided(node, note)
  }

  #decided(node: NodeId, note: Decision['note']): void {
    const log = this.#logs.get(node)
    if (log === undefined) return
    const since = note.kind === 'applied' ? note.state.end.index : log.last.index
    const before = note.kind === 'applied' ? undefined : this.#membersBefore.get(node)
    const inForce = [...log.membersSince(since), ...(before === undefined ? [] : [before])]
    this.decisions.push({ node, log, note, inForce })
  }

  /** What was applied and not heard of, because its node died as it spoke: what stands before is committed as well. */
  #fillUpTo(node: NodeId, index: number): void {
    const log = this.#logs.get(node)
    for (let at = Math.max(1, this.#committed.length); at <= index; at += 1) {
      const entry = log?.entry(at)
      if (entry !== undefined) this.#commit(entry)
    }
  }

  #commit(entry: Entry): void {
    this.#committed[entry.index] = entry
    this.fresh.push(entry)
    const membership = entry.kind === 'members' ? decodeMembership(entry.payload) : null
    if (membership === null) return
    for (const { node, incarnation } of membership) this.#takenIn.add(`${node} ${incarnation}`)
    if (entry.index > this.#members.index) this.#members = { index: entry.index, membership }
  }
}

const ledgers = new WeakMap<Moment<RaftWords>, Ledger>()
/** The last answer, because the same is asked some twenty times a tick. */
let latest: { readonly moment: Moment<RaftWords>; readonly ledger: Ledger } | null = null

/** One for each run: many properties ask the same things, and each run has one moment that is filled anew. */
export function ledgerOf(moment: Moment<RaftWords>): Ledger {
  if (latest?.moment !== moment) {
    const ledger = ledgers.get(moment) ?? new Ledger(moment.scenario)
    ledgers.set(moment, ledger)
    latest = { moment, ledger }
  }
  const { ledger } = latest
  ledger.take(moment)
  return ledger
}

export function isSameEntry(one: Entry, other: Entry): boolean {
  if (one === other) return true
  return one.bytes.length === other.bytes.length && one.bytes.every((byte, at) => byte === other.bytes[at])
}
