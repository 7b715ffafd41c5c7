import type {
  Examined,
  NotaryAnswers,
  NotaryQuery,
  NotaryRecord,
  RegisterOutcome,
  WitnessList,
} from '#cores/notary/messages'
import type { NodeId } from '#kit/ids'
import type { CosignedPoint } from '#roles/notary/cosigning-codec'
import type { RegisterOrder } from '#roles/notary/service'
import type { Leadership } from '../replica/words.ts'

export interface NotaryView {
  readonly id: NodeId
  /** `down`: its role could not start, and is started again soon. */
  readonly role: Leadership | 'client' | 'down'
  readonly leader: NodeId | null
  readonly incarnation: number
  /** At a peer: up to which entry its state goes, and what stands there. */
  readonly appliedIndex: number
  readonly size: number
  /** As hex. */
  readonly root: string
  readonly witnessedSize: number
  /** Nothing that it asked for is without an answer, and what is asked in the end was answered. */
  readonly isDone: boolean
}

/** Of whoever has no copy. */
export const nothingShown = {
  leader: null,
  incarnation: 0,
  appliedIndex: 0,
  size: 0,
  root: '',
  witnessedSize: 0,
  isDone: false,
} as const

/** A question about proofs, with its answer. */
export type Shown = {
  readonly [Kind in ShownKind]: {
    readonly query: Extract<NotaryQuery, { kind: Kind }>
    readonly answer: NotaryAnswers[Kind]
  }
}[ShownKind]

export type ShownKind = 'inclusion' | 'consistency' | 'root' | 'by-id' | 'by-hash'

export type NotaryNote =
  | { readonly kind: 'role-changed'; readonly to: string }
  | { readonly kind: 'log-cut' }
  | { readonly kind: 'snapshot-began' }
  | { readonly kind: 'snapshot-installed' }
  | { readonly kind: 'began-anew' }
  /** What is new in its copy, and how much that makes. After a start, and where the copy is another one, all of it. */
  | {
      readonly kind: 'holds'
      readonly from: number
      readonly records: readonly NotaryRecord[]
      readonly size: number
      readonly root: string
      readonly head: string
    }
  /** By a peer of its own state, or by the peer for whoever asks: then a refusal for damage is an answer too. */
  | { readonly kind: 'shown'; readonly shown: Shown }
  | { readonly kind: 'shows-nothing'; readonly code: string }
  | { readonly kind: 'examined'; readonly found: Examined }
  /** The checkpoint under the receipts of this peer is another one from now on. */
  | { readonly kind: 'witnessed'; readonly size: number; readonly note: string }
  /** What a peer that has come so far says judges checkpoints of this size. */
  | ({ readonly kind: 'policy'; readonly size: number; readonly logKey: string } & WitnessList)
  | {
      readonly kind: 'registered'
      readonly order: RegisterOrder
      readonly outcomes: readonly RegisterOutcome[]
      readonly askedAtTick: number
    }
  | { readonly kind: 'refused'; readonly code: string }
  /** By the session's client: of a command it may be told more than once. */
  | { readonly kind: 'executed'; readonly command: string; readonly index: number; readonly answer: string }
  | { readonly kind: 'not-executed'; readonly command: string; readonly isRetry: boolean; readonly code: string }

/** What travels is the bytes; what a witness signs in them is beside them, for whoever watches. */
export type NotaryWords = {
  readonly message: { readonly bytes: Uint8Array; readonly cosigned: CosignedPoint | null }
  readonly view: NotaryView
  readonly note: NotaryNote
}
