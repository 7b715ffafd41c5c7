import type { LamportClock } from '#cores/clocks/lamport'
import type { Random } from '#kit/random'
import type {
  AnswerTo,
  LifeId,
  Member,
  PeerId,
  RingConfig,
  RingMessage,
  RingRecord,
  RingState,
  RingView,
  TextMessage,
} from './messages.ts'
import type { StepOutput } from './step-output.ts'

/** What the parts of a ring peer see of it. It changes under them; nothing of it is kept by them. */
export interface RingHome {
  readonly config: RingConfig
  readonly out: StepOutput
  readonly clock: LamportClock
  readonly random: Random
  readonly state: RingState
  readonly view: RingView | null
  /** The next own member that was not found dead; null while there is no other. */
  readonly nextOwn: PeerId | null
  /** The next member of any kind that was not found dead: a reference peer here makes this peer a border. */
  readonly nextOfAny: Member | null
  /** The other own members of the view that were not found dead. */
  readonly others: readonly Member[]
}

export type TalkMessage = Extract<RingMessage, { kind: 'records' | 'have' }>
export type Beat = Extract<RingMessage, { kind: 'beat' }>
export type Token = Extract<RingMessage, { kind: 'token' }>

/** History, and how records go round and are made up for. `new Talk(home, restored, texts)` in talk/. */
export interface TalkPart {
  readonly counts: { readonly records: number; readonly underWay: number; readonly waiting: number }
  tick(): void
  /** Another view, or another next: what both have is held against each other. */
  ringChanged(): void
  receive(from: PeerId, life: LifeId, message: TalkMessage): void
  say(words: { readonly ref: number; readonly text: string; readonly atMs: number }): void
  /** A chat of a reference peer. True if it was new. */
  hearChat(chat: {
    readonly uuid: string
    readonly author: string
    readonly text: string
    readonly atMs: number
  }): boolean
  /** The next own member has all that this peer has, or there is no next: it may leave. */
  readonly isHandedOver: boolean
  /** The end of a step: what was collected in it is sent, in as few messages as its limits allow. */
  finish(): void
}

/** What the talk asks of the part that knows reference peers. */
export interface TextBorder {
  /** Whether a text would reach a reference peer of this ring other than it was typed. */
  isFitted(text: string): boolean
  /** A record that was new here or came home, and whom it would be told in the text form if a reference peer is next. */
  recordPassed(record: RingRecord): void
}

/** Rings with reference peers in them. `new Texts(home, steering)` in texts/. */
export interface TextsPart extends TextBorder {
  /** In a ring that a reference peer leads: whether that one was heard lately, and how long ago. */
  readonly hearsLeader: boolean
  readonly leaderHeardTicksAgo: number | null
  tick(): void
  /** A list of the text form does not tell own peers from others. */
  heardOwn(id: PeerId, life: LifeId): void
  /** The view, or whom of it this peer takes for dead, is another one. */
  ringChanged(before: RingView | null): void
  hearText(message: TextMessage, atMs: number): void
  /** A word of a reference peer that an own peer passes on. */
  hearWord(from: PeerId, word: TextMessage): void
  discovered(id: PeerId, answerTo: AnswerTo): void
  invited(next: PeerId, leader: PeerId): void
  undelivered(peer: PeerId): void
  /** This peer passes on, or begins, a beat. */
  beatPassed(beat: Beat): void
  /** This peer leads from now on, by an election. */
  elected(): void
  /** A person asked for a fresh list. */
  refresh(): void
  /** This peer goes now, in order; reference peers beside it are told. */
  leaving(): void
}

/** What the texts may have the ring do. Each looks by itself whether it may be done now. */
export interface RingSteering {
  /** As a leader: it becomes the next of this peer. One that was there already is moved. */
  takeIn(member: Member): void
  /** As a leader: it is taken out. As a member: the leader is told that it is lost. */
  takeOut(peer: PeerId): void
  /** Into a ring that a reference peer leads, or on in it with another list. */
  beGuest(ring: { readonly leader: PeerId; readonly members: readonly Member[] }): void
  /** Out of the ring that this peer is in: it looks for one again. */
  seekAgain(): void
  beginElection(why: 'leader-dead' | 'leader-silent' | 'asked'): void
  /** A chat of a reference peer goes into the history. True if it was new. */
  hearChat(chat: {
    readonly uuid: string
    readonly author: string
    readonly text: string
    readonly atMs: number
  }): boolean
}
