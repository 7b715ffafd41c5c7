import type { ReadChoice } from './shop.ts'
import type { OrderReceipt, Race, RaceOrder, RaceSummary, ReceiptCheck } from './shop-races.ts'
import type {
  Answered,
  CartChanged,
  DeskShopStatus,
  LedgerPage,
  OrderForm,
  OrderMoved,
  OrderStateName,
  OrdersOf,
  ProductChanged,
  ProductQuery,
  ReservationPage,
  SeenLine,
  ShopCart,
  ShopCategory,
  ShopCheckout,
  ShopOrder,
  ShopOrderPage,
  ShopOutboxItem,
  ShopOutboxPage,
  ShopProduct,
  ShopProductPage,
  ShopReplicas,
  StaffRefusal,
} from './shop-shapes.ts'
/**
 * What people do with the shop, through the desk: the same for the window, the command line and tests. A desk is one
 * visitor of the shop, and its staff. Money is whole cents. What the shop refuses is an answer, not a failure of the call:
 * a call fails when the shop cannot be asked (`node-down`, `not-ready`, `busy`: it did not happen; `timed-out`: nobody knows).
 */
export interface ShopCalls {
  /** What the desk knows by itself; asks nobody, and so can be asked often. */
  readonly 'shop.status': { readonly input: Nothing; readonly output: DeskShopStatus }
  /** How fresh what is read has to be, for the whole shop. */
  readonly 'shop.choose': { readonly input: { readonly choice: ReadChoice }; readonly output: null }
  readonly 'shop.categories': {
    readonly input: Nothing
    readonly output: { readonly categories: readonly ShopCategory[]; readonly answered: Answered }
  }
  /** By id. */
  readonly 'shop.products': { readonly input: ProductQuery; readonly output: ShopProductPage }
  readonly 'shop.product': {
    readonly input: { readonly product: number }
    readonly output: { readonly product: ShopProduct | null; readonly answered: Answered }
  }
  /** The picture of a product, by its `photo`: an SVG to be shown as an image, never as part of a page. */
  readonly 'shop.art': { readonly input: { readonly photo: string }; readonly output: { readonly svg: string } }
  readonly 'shop.cart': { readonly input: Nothing; readonly output: ShopCart }
  /** So many more of it; begins the visitor's session if there is none. */
  readonly 'shop.addToCart': { readonly input: CartChange; readonly output: CartChanged }
  /** So many of it; 0 takes it out. */
  readonly 'shop.setInCart': { readonly input: CartChange; readonly output: CartChanged }
  readonly 'shop.clearCart': { readonly input: Nothing; readonly output: CartChanged }
  /** A new visitor with an empty cart. The old one's cart ends by itself; its orders are found by their phone. */
  readonly 'shop.leave': { readonly input: Nothing; readonly output: DeskShopStatus }
  /** What the shop says now of what somebody is about to order, beside what they saw. Nothing is kept for them by it. */
  readonly 'shop.checkout': {
    readonly input: { readonly lines: readonly SeenLine[] }
    readonly output: ShopCheckout
  }
  /**
   * Into the outbox of this desk, durably; what becomes of it, `shop.outbox` tells. The shop is asked under the id, again and
   * again, until it has said yes or no. `id`: 16 random bytes as hex, chosen once by the window and kept, so that a call made
   * twice is one order. Prices that are not those of the lines any more are refused, with what they are now.
   */
  readonly 'shop.order': {
    readonly input: { readonly id: string; readonly form: OrderForm }
    readonly output: ShopOutboxItem
  }
  /** Newest first. Shoppers of a race are not among them. */
  readonly 'shop.outbox': { readonly input: Page; readonly output: ShopOutboxPage }
  /** Out of the list: what is done, or was never sent. Otherwise `does-not-apply`: it may be an order already. */
  readonly 'shop.takeBack': { readonly input: { readonly id: string }; readonly output: null }
  /** Newest first. */
  readonly 'shop.orders': { readonly input: Page & { readonly of: OrdersOf }; readonly output: ShopOrderPage }
  readonly 'shop.orderById': {
    readonly input: { readonly order: string }
    readonly output: { readonly order: ShopOrder | null }
  }
  readonly 'shop.cancel': { readonly input: { readonly order: string }; readonly output: OrderMoved }

  /** The staff: an order goes from state to state only in their order. */
  readonly 'shop.moveOrder': {
    readonly input: { readonly order: string; readonly to: OrderStateName }
    readonly output: OrderMoved
  }
  /** Each of these four happens once under its id, 16 random bytes as hex; asked again it gives the same answer. */
  readonly 'shop.changeStock': {
    readonly input: InDeed & {
      readonly product: number
      readonly operation: 'add' | 'remove' | 'set'
      readonly quantity: number
    }
    readonly output: ProductChanged
  }
  readonly 'shop.addProduct': {
    readonly input: InDeed & {
      readonly name: string
      readonly description: string
      readonly priceCents: number
      readonly category: number
      readonly onHand: number
    }
    readonly output: ProductChanged
  }
  /** null: as it was. */
  readonly 'shop.changeProduct': {
    readonly input: InDeed & {
      readonly product: number
      readonly name: string | null
      readonly description: string | null
      readonly priceCents: number | null
      readonly category: number | null
      readonly isActive: boolean | null
    }
    readonly output: ProductChanged
  }
  readonly 'shop.addCategory': {
    readonly input: InDeed & { readonly name: string }
    readonly output: { readonly refused: StaffRefusal | null }
  }
  /** Of one product newest first, or of all (null) oldest first. */
  readonly 'shop.ledger': {
    readonly input: Page & { readonly product: number | null }
    readonly output: LedgerPage
  }
  /** What is kept for orders now, in the order in which it will be over. */
  readonly 'shop.reservations': { readonly input: Page; readonly output: ReservationPage }
  readonly 'shop.replicas': { readonly input: Nothing; readonly output: ShopReplicas }

  /**
   * So many shoppers, so many units, all at once, each with a key of its own, asked again until it is definite. Goes on
   * over a kill of the desk. The answer comes when all have been asked for the first time; how it goes on, `shop.raceById` tells.
   * One race at a time: otherwise `busy`.
   */
  readonly 'shop.race': { readonly input: RaceOrder; readonly output: Race }
  readonly 'shop.raceById': { readonly input: { readonly id: string }; readonly output: { readonly race: Race | null } }
  /** Newest first, those that are kept. */
  readonly 'shop.races': { readonly input: Nothing; readonly output: { readonly races: readonly RaceSummary[] } }

  /**
   * The hash of the order's receipt into the desk's outbox for the notary: once for each order, however often it is asked for.
   * The notary is told neither who ordered nor what.
   */
  readonly 'shop.registerReceipt': {
    readonly input: { readonly order: string; readonly title: string; readonly registrant: string }
    readonly output: OrderReceipt
  }
  readonly 'shop.receipt': { readonly input: { readonly order: string }; readonly output: OrderReceipt }
  /** Whether the order, as the shop has it now, still is what was registered. The proof itself: `notary.receipt`, `notary.check`. */
  readonly 'shop.checkReceipt': { readonly input: { readonly order: string }; readonly output: ReceiptCheck }
}

export const shopDeskLimits = {
  rowsPerPageMax: 200,
  /** Orders in the outbox. Past that the oldest that are done make room; when none is, `busy`. */
  outboxMax: 1_000,
  linesMax: 50,
  quantityMax: 1_000_000,
  idMax: 999_999_999,
  priceCentsMax: 100_000_000,
  searchCharsMax: 100,
  nameCharsMax: 120,
  phoneCharsMin: 3,
  phoneCharsMax: 24,
  messageCharsMax: 255,
  descriptionCharsMax: 2_000,
  photoCharsMax: 200,
  orderIdCharsMax: 40,
  titleCharsMax: 200,
  registrantCharsMax: 100,
  shoppersMax: 200,
  shopperCharsMax: 40,
  unitsMax: 100,
  racesKept: 20,
} as const

type Nothing = Readonly<Record<string, never>>
interface Page {
  /** What `next` said; null: from the beginning. */
  readonly after: number | null
  readonly limit: number
}
interface CartChange {
  readonly product: number
  readonly quantity: number
}
interface InDeed {
  readonly id: string
}

export type ShopCallName = keyof ShopCalls
export type ShopInput<Name extends ShopCallName> = ShopCalls[Name]['input']
export type ShopOutput<Name extends ShopCallName> = ShopCalls[Name]['output']
export type ShopCall = {
  readonly [Name in ShopCallName]: { readonly name: Name; readonly input: ShopInput<Name> }
}[ShopCallName]
