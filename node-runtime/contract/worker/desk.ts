import type { NodeId } from '#kit/ids'
import type { DeskChatView } from './chat.ts'
import type { DeskShopView } from './shop-shapes.ts'

/** What the desk does for people: the same for the window, the command line and tests. Hashes are lower-case hex. */
export interface DeskCalls {
  /** Into the outbox, durably; what becomes of them, `notary.outbox` tells. One whose id is there already is left alone. */
  readonly 'notary.register': {
    readonly input: { readonly documents: readonly OutboxOrder[] }
    readonly output: OutboxCounts
  }
  /** Newest first. */
  readonly 'notary.outbox': {
    readonly input: { readonly before: number | null; readonly limit: number; readonly state: OutboxState | null }
    readonly output: OutboxPage
  }
  /** Takes what is finished out of the list; `all`: also what waits and was never sent. */
  readonly 'notary.clearOutbox': {
    readonly input: { readonly what: 'finished' | 'all' }
    readonly output: OutboxCounts
  }
  readonly 'notary.status': { readonly input: Nothing; readonly output: DeskNotaryStatus }
  readonly 'notary.records': {
    readonly input: { readonly search: string; readonly before: number | null; readonly limit: number }
    readonly output: RecordPage
  }
  /** All records of a document, oldest first. */
  readonly 'notary.find': {
    readonly input: { readonly sha256: string }
    readonly output: { readonly records: readonly RecordView[] }
  }
  /** `tlog-proof@v1`. Refused with `not-ready` until a majority has co-signed. */
  readonly 'notary.receipt': {
    readonly input: { readonly index: number }
    readonly output: { readonly receipt: string; readonly fileName: string }
  }
  readonly 'notary.certificate': {
    readonly input: { readonly index: number; readonly language: 'pt-BR' | 'en' }
    /** The PDF, as base64. */
    readonly output: { readonly pdf: string; readonly fileName: string }
  }
  /** Judges a receipt, and if a hash is given, whether it is of that document. Asks nobody. */
  readonly 'notary.check': {
    readonly input: { readonly receipt: ReceiptSource; readonly sha256: string | null }
    readonly output: CheckVerdict
  }
  /** What lies in one peer's file, as it stands, also where it was changed. It proves nothing. */
  readonly 'notary.chain': {
    readonly input: { readonly nodeId: NodeId; readonly from: number; readonly limit: number }
    readonly output: ChainPage
  }
  /** One peer computes everything anew; goes on in the background, `notary.status` shows how far. */
  readonly 'notary.examine': { readonly input: { readonly nodeId: NodeId }; readonly output: null }
  /** The lesson: changes the title of one record in one peer's file, and nothing else there. */
  readonly 'notary.tamper': {
    readonly input: { readonly nodeId: NodeId; readonly index: number }
    readonly output: null
  }
  /** That peer throws its copy away and takes it anew from the others. */
  readonly 'notary.repair': { readonly input: { readonly nodeId: NodeId }; readonly output: null }
  readonly 'notary.policies': { readonly input: Nothing; readonly output: { readonly policies: readonly PolicyView[] } }
  /** Keys count from here on. null: the policy of the notary that runs here. */
  readonly 'notary.approve': { readonly input: { readonly policy: string | null }; readonly output: null }
  readonly 'notary.withdraw': { readonly input: { readonly fingerprint: string }; readonly output: null }
}

type Nothing = Readonly<Record<string, never>>
/** A call with what it was given. */
export type DeskCall = {
  readonly [Name in DeskCallName]: { readonly name: Name; readonly input: DeskInput<Name> }
}[DeskCallName]

export type DeskCallName = keyof DeskCalls
export type DeskInput<Name extends DeskCallName> = DeskCalls[Name]['input']
export type DeskOutput<Name extends DeskCallName> = DeskCalls[Name]['output']

export const deskLimits = {
  documentsPerCallMax: 500,
  outboxMax: 200_000,
  rowsPerPageMax: 200,
  receiptCharsMax: 16 * 1024,
  /** Base64, within what one call may be. */
  pdfCharsMax: 240 * 1024,
  textCharsMax: 20_000,
  policyCharsMax: 16 * 1024,
  policiesMax: 64,
} as const

export interface OutboxOrder {
  /** Chosen once by whoever asks, and kept: it makes the registration happen once. */
  readonly id: string
  readonly document:
    | { readonly kind: 'file'; readonly sha256: string; readonly bytes: number }
    | { readonly kind: 'text'; readonly text: string }
  readonly title: string
  readonly registrant: string
}

/**
 * The way of a document. `waiting`: in the outbox on this disk; `sent`: a peer has been asked; `in-log`: on the disks of
 * a majority, with its place; `co-signed`: a majority of the witnesses has signed a checkpoint that covers it, so its
 * receipt is ready; `already`: it had been registered before; `refused`: never, and why.
 */
export type OutboxState = 'waiting' | 'sent' | 'in-log' | 'co-signed' | 'already' | 'refused'

export interface OutboxItem {
  /** Order of arrival in the outbox. */
  readonly position: number
  readonly order: OutboxOrder
  readonly state: OutboxState
  /** null until it has one. */
  readonly record: RecordView | null
  /** How many peers have it on their disks, as far as known. */
  readonly copies: number | null
  readonly whyRefused: string | null
  readonly attempts: number
  readonly takenWallMs: number
}

export type OutboxCounts = Readonly<Record<OutboxState, number>>

export interface OutboxPage {
  readonly items: readonly OutboxItem[]
  readonly next: number | null
  readonly counts: OutboxCounts
}

export interface RecordView {
  readonly index: number
  readonly kind: 'text' | 'file' | 'genesis'
  readonly text: string | null
  readonly sha256: string
  readonly bytes: number | null
  readonly title: string
  readonly registrant: string
  readonly atMs: number
  readonly errorMs: number | null
  readonly leader: NodeId
  readonly term: number
  readonly previousHash: string
  readonly hash: string
  /** Computed from the record itself by whoever shows it; another than `hash`: somebody changed it. */
  readonly computedHash: string
}

export interface RecordPage {
  readonly records: readonly RecordView[]
  readonly next: number | null
  readonly size: number
  /** Who answered, and how far behind it was. null: it heard no leader, and could not tell. */
  readonly from: NodeId
  readonly lagEntries: number | null
}

export interface ChainPage {
  /** Up to one that is not there or cannot be read. */
  readonly records: readonly RecordView[]
  /** Of these records, and of the one where they end too early, the first check that each fails. */
  readonly breaks: readonly ChainBreak[]
  /** What that peer knows to be wrong in its copy, perhaps elsewhere. */
  readonly broken: ChainBreak | null
  readonly size: number
}

export interface ChainBreak {
  readonly index: number
  readonly check: string
}

export interface DeskNotaryStatus {
  readonly origin: string | null
  readonly size: number
  readonly root: string
  readonly head: string
  readonly leader: NodeId | null
  /** Size of the newest checkpoint that a majority has co-signed. */
  readonly witnessedSize: number
  readonly witnesses: readonly { readonly name: string; readonly fingerprint: string }[]
  readonly policy: string | null
  readonly isApproved: boolean
  readonly peers: readonly NotaryPeerView[]
  readonly counts: OutboxCounts
}

export interface NotaryPeerView {
  readonly nodeId: NodeId
  readonly http: string | null
  readonly size: number | null
  readonly head: string | null
  readonly heardWallMs: number | null
  readonly examination:
    | { readonly kind: 'none' }
    | { readonly kind: 'running'; readonly index: number; readonly size: number }
    | { readonly kind: 'sound'; readonly size: number; readonly wallMs: number }
    | {
        readonly kind: 'broken'
        readonly index: number
        readonly check: string
        readonly wallMs: number
        /** It is about to take its copy anew from the others; otherwise it waits for somebody to repair it. */
        readonly isHealing: boolean
      }
}

/** A receipt as text, or a certificate that has one inside. */
export type ReceiptSource =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pdf'; readonly base64: string }

export interface CheckVerdict {
  readonly kind:
    | 'proven'
    /** Sound, but signed by keys that nobody here has approved. */
    | 'unknown-keys'
    | 'other-document'
    | 'not-a-receipt'
    | 'proof-wrong'
    | 'signature-wrong'
    /** The line of the log itself is missing. */
    | 'not-signed'
    | 'too-few-witnesses'
  /** Shown as proven only with `proven`. */
  readonly facts: {
    readonly index: number
    readonly title: string
    readonly registrant: string
    readonly sha256: string
    readonly atMs: number
    readonly errorMs: number | null
    readonly leader: string
    readonly term: number
  } | null
  readonly steps: readonly CheckStep[]
  readonly origin: string | null
  readonly size: number | null
  readonly log: { readonly name: string; readonly fingerprint: string } | null
  readonly witnesses: readonly { readonly name: string; readonly fingerprint: string; readonly isApproved: boolean }[]
}

export interface CheckStep {
  readonly check: 'document' | 'leaf' | 'path' | 'log-signature' | 'witnesses' | 'policy'
  readonly outcome: 'right' | 'wrong' | 'not-made'
  /** Values that were held against each other, for the proof step by step. */
  readonly values: readonly string[]
}

export interface PolicyView {
  readonly fingerprint: string
  readonly origin: string
  readonly text: string
  readonly witnesses: number
  readonly quorum: number
  /** Of the notary that runs here, as a majority of its members say over the lab's own authenticated wire. */
  readonly isOwn: boolean
  /** false: it is known and does not count. */
  readonly isApproved: boolean
}

/** How a desk shows in its node's view: who sees another revision asks anew. */
export interface DeskView {
  readonly revision: number
  readonly outbox: OutboxCounts
  /** null: its lab has no chat. */
  readonly chat: DeskChatView | null
  /** null: its lab has no shop. */
  readonly shop: DeskShopView | null
}
