import type { PeerId } from '#kit/ids'
import type { AnswerTo, TextMessage } from '#kit/ring-text'

export type { PeerId } from '#kit/ids'
export type { AnswerTo, TextContent, TextMessage } from '#kit/ring-text'

/**
 * One life of an own peer: 16 lower-case hex digits. The same address in another life is another peer. The first four
 * count its starts, as its disk remembers them, so that the later of two lives is the greater as text; the others are luck.
 */
export type LifeId = string & { readonly brand: 'RingLifeId' }

export interface Member {
  readonly id: PeerId
  /** Reference peers speak the text form only, and have no life that could be told from another. */
  readonly kind: 'own' | 'reference'
  readonly life: LifeId | null
  /** What people call it. */
  readonly name: string
}

/** Which ring this is. Ordered from the first field to the last: whoever knows a later one goes by it. */
export interface RingStamp {
  readonly term: number
  readonly leader: PeerId
  /** null: a reference peer leads. No term is kept on a disk, so a leader that comes back may lead in the same one again. */
  readonly life: LifeId | null
  /** Counts the leader's changes within its term. */
  readonly version: number
}

/** The ring in its order, from the leader onward: each member's next is the one after it, the last one's is the leader. */
export interface RingView extends RingStamp {
  readonly members: readonly Member[]
}

/**
 * A message of a person as own peers keep it: one stamping of one uuid. What a reference peer says is stamped by every
 * own peer that has it from the text form; of several records of one uuid an own one counts, else the smallest by
 * (stamp, peer).
 */
export interface RingRecord {
  readonly origin: LifeId
  /** Counts the records of its origin from 1, without a gap. */
  readonly sequence: number
  readonly stamp: number
  /** Who stamped it. */
  readonly peer: PeerId
  readonly uuid: string
  readonly source: 'own' | 'reference'
  readonly author: string
  readonly text: string
  /** By the clock of whoever stamped it; for people, and decides nothing. */
  readonly atMs: number
}

/**
 * What is there: of an origin all sequences from one to another. An origin stands in it once for each such range, rising
 * and never touching: what its life took with it, and what everybody has forgotten, leaves holes that nobody can fill.
 */
export type Marks = readonly { readonly origin: LifeId; readonly from: number; readonly upTo: number }[]

/** What own peers say to each other, on a kept connection. Each carries the life of its sender beside it. */
export type RingMessage =
  /** Asked of whoever is watched: the next, its successors, and a leader that fell silent. */
  | { readonly kind: 'ping'; readonly number: number; readonly ring: RingStamp | null }
  | { readonly kind: 'pong'; readonly number: number; readonly ring: RingStamp | null }
  /** Asks whether that peer answers others; a busy or cut-off peer must not accuse alone. */
  | { readonly kind: 'probe'; readonly target: PeerId; readonly life: LifeId | null; readonly number: number }
  | { readonly kind: 'probed'; readonly target: PeerId; readonly number: number; readonly isAlive: boolean }
  /** To a leader: take me in. With the latest ring that it went by, because it goes back to no older one. */
  | { readonly kind: 'join'; readonly name: string; readonly latest: RingStamp | null }
  /** To a leader: I go; it is in order. */
  | { readonly kind: 'leave' }
  /** To a leader: that one does not answer any more. */
  | { readonly kind: 'lost'; readonly peer: PeerId; readonly life: LifeId | null }
  /** A leader's word on how the ring is now; also the answer to whoever knows less. */
  | { readonly kind: 'ring'; readonly view: RingView }
  /** Round the ring from the leader; home again, it shows that the ring is closed. */
  | { readonly kind: 'beat'; readonly ring: RingStamp; readonly number: number; readonly uuid: string }
  /** An election: round the ring, gathering whom it met; home again, its initiator leads. */
  | { readonly kind: 'token'; readonly term: number; readonly path: readonly Member[]; readonly isAsked: boolean }
  /** From the leader of a ring to the leader of another: mine joins yours. */
  | { readonly kind: 'merge'; readonly view: RingView }
  /** From the leader of a ring to the leader of another: let yours join mine. */
  | { readonly kind: 'invite'; readonly ring: RingStamp }
  /** Messages of people, round the ring, and directly to whoever missed them. */
  | {
      readonly kind: 'records'
      readonly records: readonly RingRecord[]
      readonly isRound: boolean
      readonly hasMore: boolean
    }
  /** Marks are of all that is there, or of what lies from the first of them to the last. */
  | {
      readonly kind: 'have'
      readonly marks: Marks
      readonly isFromFirst: boolean
      readonly isToLast: boolean
      readonly isAnswer: boolean
    }
  /** A word of a reference peer that has to go round the ring: own peers pass it on as it is. */
  | { readonly kind: 'text'; readonly word: TextMessage }

/** What own peers say to all who listen to the group. */
export type RingShout =
  /** Is anybody there? */
  | { readonly kind: 'seek'; readonly id: PeerId; readonly life: LifeId }
  /** A leader's, again and again. */
  | { readonly kind: 'beacon'; readonly ring: RingStamp & { readonly life: LifeId }; readonly size: number }

export interface RingTiming {
  readonly heartbeatTicks: number
  /** Who was not heard for so long is suspected, and others are asked; before local health stretches it. */
  readonly suspicionTicks: number
  /** How long others have to confirm or deny a suspicion. */
  readonly probeTicks: number
  readonly seekEveryTicks: number
  /** A newcomer that found nobody for so long leads a ring of one. */
  readonly seekTicks: number
  readonly beaconTicks: number
  /** An election that has not come home by then is begun anew, with some luck on top. */
  readonly electionTicks: number
  /** With some member chosen by luck, what both have is held against each other. */
  readonly syncTicks: number
  /** Between heartbeats towards reference peers, and how long one that leads may be silent. */
  readonly textHeartbeatTicks: number
  readonly textSilenceTicks: number
}

export interface RingConfig {
  readonly id: PeerId
  readonly life: LifeId
  readonly name: string
  readonly timing: RingTiming
  /** Whether peers of the text form are taken in and looked for. */
  readonly withTexts: boolean
}

export type RingInput =
  | { readonly kind: 'tick' }
  | { readonly kind: 'cannot-write' }
  | { readonly kind: 'can-write' }
  /** This node's own ticks came late by so many: it must not accuse others of what is its own slowness. */
  | { readonly kind: 'was-late'; readonly ticks: number }
  | { readonly kind: 'message'; readonly from: PeerId; readonly life: LifeId; readonly message: RingMessage }
  /** The connection to an own peer is gone. `refused`: nobody listens there. */
  | { readonly kind: 'disconnected'; readonly peer: PeerId; readonly why: 'refused' | 'closed' }
  /** A reference peer could not be reached. */
  | { readonly kind: 'text-undelivered'; readonly peer: PeerId }
  | { readonly kind: 'shout'; readonly shout: RingShout }
  | { readonly kind: 'text'; readonly message: TextMessage; readonly atMs: number }
  | { readonly kind: 'discover'; readonly id: PeerId; readonly answerTo: AnswerTo }
  /** The answer of a reference leader to our own DISCOVER. */
  | { readonly kind: 'invited'; readonly next: PeerId; readonly leader: PeerId }
  | { readonly kind: 'say'; readonly ref: number; readonly text: string; readonly atMs: number }
  /** What a person may type: an election, a fresh list, leaving in order. */
  | { readonly kind: 'elect' }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'leave' }

/** What happened in a step, for people. */
export type RingNote =
  | { readonly kind: 'joined'; readonly ring: RingStamp; readonly size: number }
  | { readonly kind: 'led'; readonly ring: RingStamp; readonly size: number; readonly why: LeadWhy }
  | { readonly kind: 'followed'; readonly ring: RingStamp; readonly size: number }
  | { readonly kind: 'suspected'; readonly peer: PeerId; readonly silentTicks: number }
  | { readonly kind: 'cleared'; readonly peer: PeerId }
  | { readonly kind: 'found-dead'; readonly peer: PeerId; readonly why: 'refused' | 'silent' }
  | { readonly kind: 'closed'; readonly over: PeerId; readonly next: PeerId }
  | { readonly kind: 'token-began'; readonly term: number; readonly why: 'leader-dead' | 'leader-silent' | 'asked' }
  | { readonly kind: 'token-passed'; readonly term: number; readonly initiator: PeerId; readonly to: PeerId }
  | { readonly kind: 'merged'; readonly with: PeerId; readonly ring: RingStamp; readonly size: number }
  | { readonly kind: 'left'; readonly peer: PeerId }
  | { readonly kind: 'caught-up'; readonly records: number; readonly from: PeerId }
  | { readonly kind: 'inserted-late'; readonly uuid: string }
  | { readonly kind: 'text-fitted'; readonly uuid: string }

export type LeadWhy = 'alone' | 'elected' | 'handed-over'

/** One record a step. The order in which it is performed: saved, noted, sent, answered. */
export interface RingOutput {
  readonly messages: readonly { readonly to: PeerId; readonly message: RingMessage }[]
  readonly shouts: readonly RingShout[]
  readonly texts: readonly { readonly to: PeerId; readonly message: TextMessage }[]
  /** DISCOVER to the group. */
  readonly discovers: boolean
  /** JOIN to a reference newcomer. */
  readonly invitations: readonly { readonly to: AnswerTo; readonly next: PeerId; readonly leader: PeerId }[]
  /** New in the history, in the order in which they came. Written behind: nobody waits for the disk. */
  readonly records: readonly RingRecord[]
  readonly said: readonly { readonly ref: number; readonly uuid: string | null; readonly isFitted: boolean }[]
  readonly notes: readonly RingNote[]
  /** A peer broke the protocol. We stay up and say so. */
  readonly anomaly: string | null
  readonly hasMore: boolean
  /** It has left in order; the role may stop. */
  readonly hasLeft: boolean
}

/** What a person sees of a peer's beliefs; also all that properties may know. */
export interface RingFacts {
  readonly id: PeerId
  readonly life: LifeId
  readonly state: RingState
  readonly view: RingView | null
  /** Whom it really gives its messages to now; not the next of its view while it goes over a dead one. */
  readonly next: PeerId | null
  readonly suspects: readonly PeerId[]
  /** Found dead here, and not yet taken out by the leader. */
  readonly skipped: readonly PeerId[]
  readonly leaderHeardTicksAgo: number | null
  /** 0: well; each step more stretches its patience with others by one time. */
  readonly localHealth: number
  readonly records: number
  /** Own messages that have not come home yet, and those that wait to be sent. */
  readonly underWay: number
  readonly waiting: number
}

/** `guest`: in a ring that a reference peer leads, by the rules of the text form. */
export type RingState = 'seeking' | 'joining' | 'member' | 'leader' | 'electing' | 'guest' | 'leaving' | 'left'

/** What a peer still has of an earlier life. Its own stamps go on in a new origin, so nothing here has to be exact. */
export interface RestoredRing {
  readonly records: readonly RingRecord[]
}
