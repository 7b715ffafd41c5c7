import type { Entry } from '#cores/raft/entry'
import { decodeMembership, type Membership } from '#cores/raft/membership'
import type { NodeId } from '#kit/ids'
import type { Moment } from '../../../subject.ts'
import type { RaftWords } from '../../../subjects/raft/words.ts'
import { type Kept, KnownLog, type Since } from './known-log.ts'

type Note<Kind extends RaftWords['note']['kind']> = Extract<RaftWords['note'], { kind: Kind }>

/** Something came to stand on a disk. */
export interface Keeping extends Kept {
  readonly node: NodeId
  readonly note: Note<'kept'>
}

/** A leader took something for committed, or took the lead: by the members of which it went. */
export interface Decision {
  readonly node: NodeId
  readonly incarnation: number
  readonly note: Note<'applied'> | Note<'role-changed'>
  /** In force when its step began, and when it ended. */
  readonly inForce: readonly [Membership, Membership]
}

/** What an observer who misses nothing knows of a group: every disk, and what is committed. */
export class Ledger {
  readonly #logs = new Map<NodeId, KnownLog>()
  /** Disks that were given up, by node and incarnation. */
  readonly #former = new Map<string, KnownLog>()
  readonly #committed: (Entry | undefined)[] = []
  #members: Since = { index: 0, membership: [] }
  /** Before what a node kept last. */
  readonly #membersBefore = new Map<NodeId, Membership>()
  #tick = -1
  /** Of the present moment, each in its order. */
  readonly fresh: Entry[] = []
  readonly keepings: Keeping[] = []
  readonly decisions: Decision[] = []

  get committedIndex(): number {
    return Math.max(0, this.#committed.length - 1)
  }

  /** Of the entries that are committed, the last word on who is a member. */
  get members(): Since {
    return this.#members
  }

  committed(index: number): Entry | undefined {
    return this.#committed[index]
  }

  /** null: it was never up. */
  log(node: NodeId): KnownLog | null {
    return this.#logs.get(node) ?? null
  }

  /** The disk of a node in a life of it that may be over. */
  logOf(node: NodeId, incarnation: number): KnownLog | null {
    const log = this.#logs.get(node)
    return log?.incarnation === incarnation ? log : (this.#former.get(`${node} ${incarnation}`) ?? null)
  }

  /** Once a moment. */
  take({ tick, notes }: Moment<RaftWords>): void {
    if (tick === this.#tick) return
    this.#tick = tick
    if (this.fresh.length > 0) this.fresh.length = 0
    if (this.keepings.length > 0) this.keepings.length = 0
    if (this.decisions.length > 0) this.decisions.length = 0
    for (const { node, note } of notes) this.#take(node, note)
  }

  #take(node: NodeId, note: RaftWords['note']): void {
    switch (note.kind) {
      case 'restored':
        return this.#restored(node, note)
      case 'kept':
        return this.#kept(node, note)
      case 'applied':
        return this.#applied(node, note)
      case 'role-changed':
        return note.to === 'leader' ? this.#decided(node, note) : undefined
      default:
    }
  }

  #restored(node: NodeId, { incarnation, restored }: Note<'restored'>): void {
    const former = this.#logs.get(node)
    if (former !== undefined && former.incarnation !== incarnation)
      this.#former.set(`${node} ${former.incarnation}`, former)
    const log = new KnownLog(incarnation, restored)
    this.#logs.set(node, log)
    this.#membersBefore.delete(node)
    if (this.#members.membership.length === 0) this.#members = log.members
  }

  #kept(node: NodeId, note: Note<'kept'>): void {
    const log = this.#logs.get(node)
    if (log === undefined) return
    this.#membersBefore.set(node, log.members.membership)
    this.keepings.push({ node, note, ...log.keep(note.persist) })
  }

  #applied(node: NodeId, note: Note<'applied'>): void {
    const first = note.entries[0]
    if (first !== undefined && first.index > this.#committed.length) this.#fillUpTo(node, first.index - 1)
    for (const entry of note.entries) if (this.#committed[entry.index] === undefined) this.#commit(entry)
    if (note.leads) this.#decided(node, note)
    this.#membersBefore.delete(node)
  }

  #decided(node: NodeId, note: Decision['note']): void {
    const log = this.#logs.get(node)
    if (log === undefined) return
    const now = log.members.membership
    const inForce: Decision['inForce'] = [this.#membersBefore.get(node) ?? now, now]
    this.decisions.push({ node, incarnation: log.incarnation, note, inForce })
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
    if (membership !== null && entry.index > this.#members.index) this.#members = { index: entry.index, membership }
  }
}

const ledgers = new WeakMap<Moment<RaftWords>, Ledger>()

/** One for each run: many properties ask the same things, and each run has one moment that is filled anew. */
export function ledgerOf(moment: Moment<RaftWords>): Ledger {
  const known = ledgers.get(moment)
  const ledger = known ?? new Ledger()
  if (known === undefined) ledgers.set(moment, ledger)
  ledger.take(moment)
  return ledger
}

export function isSameEntry(one: Entry, other: Entry): boolean {
  if (one === other) return true
  return one.bytes.length === other.bytes.length && one.bytes.every((byte, at) => byte === other.bytes[at])
}
