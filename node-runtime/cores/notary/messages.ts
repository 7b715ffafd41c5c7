import type { NodeId } from '#kit/ids'

/** What somebody wants registered. */
export interface Registration {
  /** Whoever asks again under the same id gets the first answer, for ever. null: each time is a new record. */
  readonly id: string | null
  readonly document: Document
  readonly title: string
  readonly registrant: string
}

/** A text stands in the chain as it is; of a file only its fingerprint ever gets here. */
export type Document =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly sha256: Uint8Array; readonly bytes: number | null }

/** Who proposed, and how far its clock may be from its peers'. Fixed in the command, so that all record the same. */
export interface Proposer {
  readonly leader: NodeId
  readonly term: number
  /** null: nobody has compared the clocks yet. */
  readonly errorMs: number | null
}

export type NotaryCommand =
  | {
      readonly kind: 'register'
      readonly by: Proposer
      /** `found`: a document that stands here already is not recorded again. */
      readonly duplicates: 'found' | 'recorded'
      readonly registrations: readonly Registration[]
    }
  /** Names the notary and the key of its log. The first one counts. */
  | { readonly kind: 'found'; readonly origin: string; readonly logKey: string }
  /** Who co-signs from here on. Earlier lists are kept: they judge earlier checkpoints. */
  | ({ readonly kind: 'witnesses' } & WitnessList)

export interface Witness {
  readonly name: string
  /** As a verifier key: `name+hash+key`. */
  readonly key: string
}

/** Who can co-sign. More than half of the members have to, whether or not all of them have told their keys. */
export interface WitnessList {
  readonly witnesses: readonly Witness[]
  /** So many belong to the notary, those included whose keys nobody knows yet. */
  readonly members: number
}

/** What became of one registration. `same-document` and `same-id` name the record that was there before. */
export type RegisterOutcome =
  | { readonly kind: 'registered' | 'same-document' | 'same-id'; readonly record: NotaryRecord }
  | { readonly kind: 'refused'; readonly why: 'too-large' | 'empty' | 'malformed' | 'id-taken' }

export type NotaryCommandAnswer =
  | { readonly kind: 'registered'; readonly size: number; readonly outcomes: readonly RegisterOutcome[] }
  | { readonly kind: 'done' }
  /** No command of ours, or one that does not fit what is there. */
  | { readonly kind: 'refused' }

/** One record of the chain, which is one leaf of the tree. Record 0 is the genesis block. */
export interface NotaryRecord {
  readonly index: number
  readonly document: Document
  /** Of the document: of a text, of its UTF-8 bytes. */
  readonly sha256: Uint8Array
  readonly title: string
  readonly registrant: string
  readonly id: string | null
  readonly atMs: number
  readonly lamport: number
  readonly by: Proposer
  /** Block hashes, as lower-case hex; the genesis block has `0` before it. */
  readonly previousHash: string
  readonly hash: string
}

/** What can be asked of the applied state. Every answer is bounded by `notaryLimits`. */
export type NotaryQuery =
  | { readonly kind: 'status' }
  /** Records from an index on, upwards or downwards. */
  | { readonly kind: 'records'; readonly from: number; readonly limit: number; readonly order: 'up' | 'down' }
  /** Oldest first. It may stop early: go on from `next`, which leaves out all before that index. */
  | { readonly kind: 'by-hash'; readonly sha256: Uint8Array; readonly limit: number; readonly from?: number }
  | { readonly kind: 'by-id'; readonly id: string }
  /** Newest first, strictly before an index; case and accents do not matter. It may stop early: go on from `next`. */
  | { readonly kind: 'search'; readonly text: string; readonly before: number | null; readonly limit: number }
  | { readonly kind: 'inclusion'; readonly index: number; readonly size: number }
  | { readonly kind: 'consistency'; readonly from: number; readonly to: number }
  | { readonly kind: 'root'; readonly size: number }
  | { readonly kind: 'tile'; readonly level: number; readonly tile: number; readonly width: number }
  /** The list of witnesses that judges a checkpoint of this size. */
  | { readonly kind: 'witnesses'; readonly size: number }
  /** Computes everything of these records anew, beginning with what an earlier answer handed on. */
  | { readonly kind: 'examine'; readonly after: ExaminedSoFar | null; readonly limit: number }

/** Where an examination stands: everything before `index` is sound, and leads to this block hash and these peaks. */
export interface ExaminedSoFar {
  readonly index: number
  readonly previousHash: string
  /** Roots of the complete subtrees so far, largest first, as hex. */
  readonly peaks: readonly string[]
}

export interface NotaryAnswers {
  readonly status: NotaryStatus
  readonly records: { readonly records: readonly NotaryRecord[]; readonly size: number }
  /** `next`: the first that is left out; null: these are all. */
  readonly 'by-hash': { readonly records: readonly NotaryRecord[]; readonly next: number | null }
  readonly 'by-id': { readonly record: NotaryRecord | null }
  readonly search: { readonly records: readonly NotaryRecord[]; readonly next: number | null }
  /** null: no such size here yet, or an index that is not below it. */
  readonly inclusion: { readonly proof: InclusionProof | null }
  readonly consistency: { readonly hashes: readonly Uint8Array[] | null }
  readonly root: { readonly root: Uint8Array | null }
  readonly tile: { readonly hashes: Uint8Array | null }
  /** Nobody of nobody: no list judges this size. */
  readonly witnesses: WitnessList
  readonly examine: Examined
}

/** With the list in force. The present size may be judged by the one before. */
export interface NotaryStatus extends WitnessList {
  readonly origin: string | null
  /** As a verifier key. */
  readonly logKey: string | null
  readonly size: number
  readonly root: Uint8Array
  /** Block hash of the last record. */
  readonly head: string
}

export interface InclusionProof {
  readonly record: NotaryRecord
  readonly leaf: Uint8Array
  readonly hashes: readonly Uint8Array[]
}

export type Examined =
  | { readonly kind: 'sound-so-far'; readonly soFar: ExaminedSoFar }
  | { readonly kind: 'sound'; readonly size: number; readonly head: string; readonly root: Uint8Array }
  | { readonly kind: 'broken'; readonly index: number; readonly check: BrokenCheck }

/** Which check caught it, in the order in which they are made. */
export type BrokenCheck =
  | 'missing'
  | 'unreadable'
  | 'document-hash'
  | 'chain'
  | 'block-hash'
  | 'tree'
  | 'hash-index'
  | 'id-index'

export const notaryLimits = {
  titleBytesMax: 400,
  registrantBytesMax: 200,
  idBytesMax: 100,
  textBytesMax: 64 * 1024,
  originBytesMax: 200,
  /** Of a notary that is founded now: it stands in a receipt six times, and all of that is one QR code (RC42). */
  foundedOriginBytesMax: 32,
  /** Registrations of one command; a larger batch is several commands. */
  registrationsPerCommandMax: 1_000,
  commandBytesMax: 512 * 1024,
  recordsPerAnswerMax: 1_000,
  answerBytesMax: 1024 * 1024,
  searchTextBytesMax: 200,
  witnessesMax: 16,
  tileWidth: 256,
} as const
