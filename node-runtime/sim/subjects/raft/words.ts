import type { Entry } from '#cores/raft/entry'
import type { LogEnd, MemberChange, Persist, RaftMessage, RaftNote, RaftView, Restored } from '#cores/raft/messages'

/** The state after all entries up to `end`: two that are equal have the same digest. */
export interface StateMark {
  readonly end: LogEnd
  readonly digest: number
}

/** What a node shows: its core, and what became of the entries that it handed over. */
export interface RaftNodeView extends RaftView {
  readonly applied: StateMark
  /** Up to here the state is on the disk. */
  readonly durableIndex: number
  /** The client of this node had a command and a read answered that it asked for in calm. */
  readonly isServed: boolean
}

/** What a program does with its disk and its state. */
export type DiskNote =
  /** What it began with: at boot, after a write was refused, or with nothing, under a new incarnation. */
  | {
      readonly kind: 'restored'
      readonly incarnation: number
      readonly restored: Restored
      readonly state: StateMark
      readonly why: 'boot' | 'write-refused' | 'disowned' | 'damaged' | 'lost'
    }
  /**
   * It is on the disk. `leads`: whether whoever kept it led in this term. `commitIndex`: what it then took for committed,
   * if it changed the members; null otherwise.
   */
  | {
      readonly kind: 'kept'
      readonly persist: Persist
      readonly durableIndex: number
      readonly commitIndex: number | null
      readonly term: number
      readonly leads: boolean
    }
  | {
      readonly kind: 'applied'
      readonly entries: readonly Entry[]
      readonly state: StateMark
      readonly term: number
      readonly leads: boolean
    }
  /** A snapshot took the place of the state. */
  | { readonly kind: 'installed'; readonly state: StateMark }
  | { readonly kind: 'snapshot-gone' }

/** What became of what a client asked for. The number of an operation tells when and where it began: see `operation.ts`. */
export type ClientNote =
  | { readonly kind: 'refused'; readonly op: number; readonly why: string }
  | { readonly kind: 'acknowledged'; readonly op: number; readonly end: LogEnd }
  | {
      readonly kind: 'read'
      readonly op: number
      readonly key: number
      readonly answer: ReadAnswer
      readonly isStale: boolean
    }
  | { readonly kind: 'change-asked'; readonly change: MemberChange }

/** `last`: the newest operation that wrote the key; 0: none. */
export interface ReadAnswer {
  readonly state: StateMark
  readonly last: number
}

/** The words of a raft group, for the engine's types. A type and not an interface: it must fit `Words`. */
export type RaftWords = {
  readonly message: RaftMessage
  readonly view: RaftNodeView
  readonly note: RaftNote | DiskNote | ClientNote
}
