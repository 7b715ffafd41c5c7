import type { NodeId } from '#kit/ids'
import type { OutboxState } from './desk.ts'
import type { LedgerRow, OrderRefusalReason, ShopOutboxCounts, ShopOutboxState } from './shop-shapes.ts'

export const raceFaultKinds = ['kill', 'pause', 'cut', 'slow-disk'] as const
export const raceTargets = ['primary', 'orders', 'gateway'] as const

/** Is injected by the host as soon as all shoppers have asked, and ends by itself. */
export interface RaceFault {
  readonly kind: (typeof raceFaultKinds)[number]
  readonly on: (typeof raceTargets)[number]
}

export interface RaceOrder {
  /** 16 random bytes as hex. */
  readonly id: string
  readonly product: number
  readonly shoppers: number
  /** What there is to sell when it begins; usually 1. */
  readonly units: number
  /** What a shopper is called in the orders, before its number. */
  readonly shopper: string
  readonly fault: RaceFault | null
}

export interface RaceSummary extends RaceOrder {
  readonly startedWallMs: number
  /** Which node the fault is for; null: there is none, or nobody knew who leads. */
  readonly target: NodeId | null
  /** `asking`: not all have a definite answer; `proving`: the ledger is being read. */
  readonly state: 'asking' | 'proving' | 'done'
  readonly counts: ShopOutboxCounts
  readonly settledWallMs: number | null
}

export interface Race extends RaceSummary {
  /** false: it had begun before, under the same id. */
  readonly isNew: boolean
  readonly outcomes: readonly RaceOutcome[]
  /** null: not yet. */
  readonly proof: RaceProof | null
}

export interface RaceOutcome {
  /** From 1. */
  readonly shopper: number
  readonly state: ShopOutboxState['kind']
  readonly order: string | null
  readonly why: OrderRefusalReason | null
  /** What this shopper was told there is; null: it was told nothing of it. */
  readonly available: number | null
  readonly attempts: number
  readonly settledWallMs: number | null
}

/** What the ledger says, from the opening row of the race on, and whether it can be true. */
export interface RaceProof {
  readonly openingOnHand: number
  readonly openingReserved: number
  readonly openingMovement: number
  /** After it, in their order; those of others who bought the same are among them. */
  readonly rows: readonly LedgerRow[]
  /** Rows were too many to show; all were checked. */
  readonly rowsLeftOut: number
  readonly sold: number
  readonly checks: readonly RaceCheck[]
}

export interface RaceCheck {
  readonly check: /** Each row is the one before it with its own change. */
    | 'sums'
    /** Available is never below zero, in no row. */
    | 'never-below-zero'
    /** No more was sold than there was. */
    | 'not-oversold'
    /** Who was told that they have it, has it in the ledger; and nobody else of the race. */
    | 'told-is-sold'
  readonly isRight: boolean
  /** What was held against what, for people who look closely. */
  readonly values: readonly string[]
}

export interface OrderReceipt {
  /** The receipt itself, which only whoever has it can hold against the register. */
  readonly text: string
  readonly sha256: string
  readonly fileName: string
  /** At this desk's outbox for the notary; null: nobody has registered it from here. */
  readonly state: OutboxState | null
  /** Its place in the register; null: it has none yet. */
  readonly index: number | null
}

/**
 * `registered`: the order reads as it did, and a majority of the notary has its hash; `waiting`: not yet; `changed`: what was
 * registered for it from here is something else; `not-registered`: nobody did.
 */
export interface ReceiptCheck {
  readonly kind: 'registered' | 'waiting' | 'changed' | 'not-registered'
  readonly sha256: string
  /** For `notary.receipt` and `notary.certificate`; null: it has no place. */
  readonly index: number | null
  readonly registeredAtMs: number | null
}
