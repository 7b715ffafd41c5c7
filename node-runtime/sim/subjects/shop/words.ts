import type { CatalogueDeed, CatalogueOutcome, Movement, OrderId } from '#cores/shop/messages'
import type { Order, OrdersAnswer, Placing } from '#cores/shop/order-messages'
import type { NodeId } from '#kit/ids'
import type { CopyNote } from '../replica/watched-copy.ts'
import type { Leadership } from '../replica/words.ts'

export interface ShopView {
  readonly id: NodeId
  /** `down`: its role could not start, and is started again soon. */
  readonly role: Leadership | 'orders' | 'down'
  readonly leader: NodeId | null
  readonly incarnation: number
  /** At a catalogue: up to which entry its state goes, how many movements there are, and reservations that keep something. */
  readonly appliedIndex: number
  readonly movements: number
  readonly live: number
  /** At the orders node: nothing is asked, owed or waited for any more, and everything was looked at once more. */
  readonly isDone: boolean
}

/** Of whoever has no copy. */
export const nothingShown = {
  leader: null,
  incarnation: 0,
  appliedIndex: 0,
  movements: 0,
  live: 0,
  isDone: false,
} as const

export type ShopNote =
  | CopyNote
  /** What is new in a catalogue's ledger, and whose reservations keep something. After a start, and where the copy is another one, all of it. */
  | {
      readonly kind: 'holds'
      readonly isAnew: boolean
      readonly appliedIndex: number
      readonly movements: readonly Movement[]
      readonly live: readonly OrderId[]
    }
  /** All rows of a catalogue's copy in one sum. */
  | { readonly kind: 'dumped'; readonly appliedIndex: number; readonly sum: number }
  /** For the first time in this life. */
  | { readonly kind: 'deed-asked'; readonly deed: CatalogueDeed }
  | { readonly kind: 'deed-told'; readonly deed: CatalogueDeed; readonly outcome: CatalogueOutcome }
  | { readonly kind: 'unanswered'; readonly code: string }
  | { readonly kind: 'disk-failed' }
  | { readonly kind: 'placing'; readonly placing: Placing }
  | { readonly kind: 'placed-or-not'; readonly placing: Placing; readonly answer: OrdersAnswer }
  | { readonly kind: 'moved-or-not'; readonly to: string; readonly answer: OrdersAnswer }
  /** What stands on the disk of the orders node. */
  | { readonly kind: 'orders'; readonly orders: readonly Order[] }
  /** What is available of a product, asked for so that nothing older may be answered. */
  | {
      readonly kind: 'read'
      readonly product: number
      readonly askedTick: number
      readonly available: number
      readonly isFinal: boolean
    }

/** What travels is the bytes. */
export type ShopWords = {
  readonly message: { readonly bytes: Uint8Array }
  readonly view: ShopView
  readonly note: ShopNote
}
