import type { NodeId } from '#kit/ids'

/** What people ask of one ring peer; the same for the window, the command line and tests. */
export interface RingCalls {
  /** Into the ring under that peer's name. `isFitted`: reference peers get it shortened or with `|` replaced. */
  readonly 'ring.say': {
    readonly input: { readonly nodeId: NodeId; readonly text: string }
    readonly output: { readonly uuid: string; readonly isFitted: boolean }
  }
  /** What that peer has, newest first, by its place in the order of all. */
  readonly 'ring.history': {
    readonly input: { readonly nodeId: NodeId; readonly before: string | null; readonly limit: number }
    readonly output: RingHistoryPage
  }
  /** `@LIDER`, `@LIST`, `FIM`, and coming back after it. */
  readonly 'ring.command': {
    readonly input: { readonly nodeId: NodeId; readonly command: RingCommand }
    readonly output: null
  }
}

export type RingCallName = keyof RingCalls
export type RingInput<Name extends RingCallName> = RingCalls[Name]['input']
export type RingOutput<Name extends RingCallName> = RingCalls[Name]['output']
export type RingCall = {
  readonly [Name in RingCallName]: { readonly name: Name; readonly input: RingInput<Name> }
}[RingCallName]

export const ringCommands = ['elect', 'refresh', 'leave', 'join'] as const
export type RingCommand = (typeof ringCommands)[number]

/** From whom the text form is taken. It proves nothing, so whoever may say it may say anything. */
export const ringTextsFrom = ['nobody', 'this-machine', 'everybody'] as const
export type RingTextsFrom = (typeof ringTextsFrom)[number]

/** How patient a ring is: quick enough to watch, or as reference peers are. */
export const ringTimingNames = ['demo', 'reference'] as const
export type RingTimingName = (typeof ringTimingNames)[number]

/**
 * Where the peers of a lab look for others: on the loopback interface; on this machine too, but with the group where
 * reference peers join it; on a network.
 */
export const ringReaches = ['loopback', 'beside', 'lan'] as const
export type RingReach = (typeof ringReaches)[number]

/** Why a peer drops what comes to it. */
export const ringRefusals = [
  'garbage',
  'too-large',
  'half',
  'wrong-key',
  'replayed',
  'too-many',
  'texts-not-allowed',
] as const
export type RingRefusal = (typeof ringRefusals)[number]

export const ringLimits = {
  /** In characters; the wire's own limit is in bytes and far above. */
  textCharsMax: 20_000,
  nameCharsMax: 40,
  placeCharsMax: 200,
  rowsPerPageMax: 200,
  /** Own peers of one lab. */
  peersMax: 16,
  interfaceCharsMax: 64,
  /** Anybody who records a ring's talk may try phrases at home: each try costs as much as it costs us. */
  phraseCharsMin: 12,
  phraseCharsMax: 200,
} as const

export interface RingHistoryRow {
  /** Sorts as the messages do; pass it back as `before`. */
  readonly place: string
  readonly uuid: string
  readonly author: string
  readonly text: string
  /** Which peer gave it its place, and how that was written: by a person here, or taken from the text form. */
  readonly peer: string
  readonly source: 'own' | 'reference'
  readonly stamp: number
  readonly atMs: number
  /** It came when others were already shown after it. */
  readonly isLate: boolean
}

export interface RingHistoryPage {
  readonly rows: readonly RingHistoryRow[]
  readonly next: string | null
  readonly total: number
}

/** A ring peer as it shows itself in its node's view. */
export interface RingPeerFacts {
  /** `host:port`. */
  readonly id: string
  readonly name: string
  readonly state: 'seeking' | 'joining' | 'member' | 'leader' | 'electing' | 'guest' | 'leaving' | 'left'
  readonly leader: string | null
  readonly term: number
  readonly version: number
  /** In the order of the ring, from the leader onward. */
  readonly members: readonly RingMemberFacts[]
  /** Whom it gives its messages to now. */
  readonly next: string | null
  readonly localHealth: number
  readonly records: number
  /** Counts changes of the history: who sees another asks anew. */
  readonly historyRevision: number
  readonly underWay: number
  readonly waiting: number
  /** What was dropped because it could not be believed or was too much, by kind. */
  readonly refused: Readonly<Record<string, number>>
}

/**
 * What becomes of a ring, as a recording tells it. Whoever it is about is named by its node, where it is one of this
 * lab, else by `host:port`.
 */
export type RingTrace =
  | {
      readonly kind: 'ring-changed'
      readonly how: RingChange
      readonly leader: string
      /** The leader of the ring that was met; null: none was. */
      readonly with: string | null
      readonly term: number
      readonly size: number
    }
  /** Dropped, counted, and told once in a while for each sender. `from`: a host, with the port where one is known. */
  | { readonly kind: 'ring-refused'; readonly why: RingRefusal; readonly from: string }
  | { readonly kind: 'ring-left'; readonly peer: string }
  | { readonly kind: 'suspected'; readonly peer: string; readonly silentMs: number }
  | { readonly kind: 'cleared'; readonly peer: string }
  | { readonly kind: 'found-dead'; readonly peer: string; readonly why: 'refused' | 'silent' }
  /** It gives its messages to `next` from now on, over the head of one that is dead. */
  | { readonly kind: 'ring-closed'; readonly over: string; readonly next: string }
  | { readonly kind: 'token-began'; readonly term: number; readonly why: 'leader-dead' | 'leader-silent' | 'asked' }
  | { readonly kind: 'token-passed'; readonly term: number; readonly initiator: string; readonly to: string }
  | { readonly kind: 'caught-up'; readonly records: number; readonly from: string }

/** `led-…`: it leads from now on, and why. */
export type RingChange = 'joined' | 'followed' | 'merged' | 'led-alone' | 'led-elected' | 'led-handed-over'

export interface RingMemberFacts {
  readonly id: string
  /** null: a peer that is no node of this lab. */
  readonly node: NodeId | null
  readonly kind: 'own' | 'reference'
  readonly name: string
  readonly state: 'well' | 'suspected' | 'dead'
}

/** What a ring peer is told beside what every node is. */
export interface RingPlan {
  readonly name: string
  readonly group: { readonly host: string; readonly port: number }
  /** Of which interface the group is joined, by its address; `0.0.0.0`: the system's choice. */
  readonly interfaceHost: string
  /** 0: the group does not leave this machine. */
  readonly ttl: number
  /** 32 bytes in hex that all own peers of a ring share. */
  readonly key: string
  /** From whom the text form is taken; with `nobody`, such peers are not looked for either. */
  readonly textsFrom: RingTextsFrom
  readonly timing: RingTimingName
}
