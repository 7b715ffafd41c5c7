import type { OrderForm, ShopOutboxCounts, ShopOutboxState } from '#contract/worker/shop-shapes'
import { assert } from '#kit/assert'
import { decodeText, encodeText } from '#kit/bytes'

/** An order on this desk's disk. */
export interface OrderRow {
  readonly position: number
  /** The key under which the shop is asked, always the same. */
  readonly id: string
  /** A race, or null: of a person. */
  readonly race: string | null
  /** The cart that it was made of: is told with the order, and loses what was ordered. null: there is none. */
  readonly session: string | null
  readonly form: OrderForm
  readonly state: ShopOutboxState
  /** What is still to be done for it. null: nothing. */
  readonly owes: 'place' | 'empty-cart' | null
  readonly attempts: number
  readonly takenWallMs: number
  readonly settledWallMs: number | null
}

export interface OrderHead {
  readonly next: number
  readonly counts: ShopOutboxCounts
}

export const emptyCounts: ShopOutboxCounts = { waiting: 0, sent: 0, placed: 0, refused: 0 }

const digits = 15

/** In order of positions when it is read in order of keys. */
export function orderKey(position: number): string {
  return String(position).padStart(digits, '0')
}

export function positionOf(key: string): number {
  const position = Number(key)
  assert(Number.isSafeInteger(position), `an order of the outbox at ${key}`)
  return position
}

/** The store keeps a checksum of each row, so what is read is what was written, by this very function. */
export function encodeJson(value: unknown): Uint8Array {
  return encodeText(JSON.stringify(value))
}

export function decodeOrder(bytes: Uint8Array): OrderRow {
  return JSON.parse(decodeText(bytes) ?? '') as OrderRow // written by encodeJson, under a checksum
}

export function decodeOrderHead(bytes: Uint8Array): OrderHead {
  return JSON.parse(decodeText(bytes) ?? '') as OrderHead // as above
}

export function counted(counts: ShopOutboxCounts, changes: Partial<ShopOutboxCounts>): ShopOutboxCounts {
  return {
    waiting: counts.waiting + (changes.waiting ?? 0),
    sent: counts.sent + (changes.sent ?? 0),
    placed: counts.placed + (changes.placed ?? 0),
    refused: counts.refused + (changes.refused ?? 0),
  }
}
