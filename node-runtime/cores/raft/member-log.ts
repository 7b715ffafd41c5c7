import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { Entry } from './entry.ts'
import { decodeMembership, type Member, type Membership, memberOf, votersOf } from './membership.ts'
import { majorityOf } from './quorum.ts'

interface Since {
  readonly index: number
  readonly membership: Membership
}

/**
 * Who belongs to the group, by the log: a membership is in force from the moment its entry is appended, and the one
 * before it again when that entry is cut away.
 */
export class MemberLog {
  #base: Since
  #later: Since[] = []
  #current: Since
  #voters: readonly Member[] = []

  constructor(base: Since) {
    this.#base = base
    this.#current = base
    this.#settle()
  }

  get current(): Membership {
    return this.#current.membership
  }

  /** The place in the log of the one in force; the change is over when it is committed. */
  get index(): number {
    return this.#current.index
  }

  get voters(): readonly Member[] {
    return this.#voters
  }

  get majority(): number {
    return majorityOf(this.#voters.length)
  }

  /** The member by that name, in whatever incarnation. */
  find(node: NodeId): Member | null {
    return memberOf(this.current, node)
  }

  isVoter(node: NodeId, incarnation: number): boolean {
    return hasVote(this.current, node, incarnation)
  }

  /** Now, or at any time since this entry was the last. */
  isVoterSince(index: number, { id, incarnation }: { readonly id: NodeId; readonly incarnation: number }): boolean {
    if (this.isVoter(id, incarnation)) return true
    if (this.index <= index) return false
    const later = this.#later.filter((since) => since.index > index).map(({ membership }) => membership)
    return [this.at(index), ...later].some((membership) => hasVote(membership, id, incarnation))
  }

  /** At this entry, or at any before it that the log still knows of; with or without a vote. */
  hasHadUpTo(index: number, { id, incarnation }: { readonly id: NodeId; readonly incarnation: number }): boolean {
    return [this.#base, ...this.#later].some(
      (since) => since.index <= index && memberOf(since.membership, id)?.incarnation === incarnation,
    )
  }

  /** As it was when this entry was the last. */
  at(index: number): Membership {
    return this.#later.findLast((since) => since.index <= index)?.membership ?? this.#base.membership
  }

  append(entry: Entry): void {
    if (entry.kind !== 'members') return
    const membership = decodeMembership(entry.payload)
    // What a peer sends is looked at before it gets here.
    assert(membership !== null, `entry ${entry.index} holds a membership`)
    this.#later.push({ index: entry.index, membership })
    this.#settle()
  }

  cut(from: number): void {
    if (this.index < from) return
    this.#later = this.#later.filter(({ index }) => index < from)
    this.#settle()
  }

  compactTo(index: number): void {
    this.#base = { index, membership: this.at(index) }
    this.#later = this.#later.filter((since) => since.index > index)
    this.#settle()
  }

  resetTo(base: Since): void {
    this.#base = base
    this.#later = []
    this.#settle()
  }

  #settle(): void {
    this.#current = this.#later.at(-1) ?? this.#base
    this.#voters = votersOf(this.#current.membership)
  }
}

function hasVote(membership: Membership, node: NodeId, incarnation: number): boolean {
  const member = memberOf(membership, node)
  return member?.isVoter === true && member.incarnation === incarnation
}
