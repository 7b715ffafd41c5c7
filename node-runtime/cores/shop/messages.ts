/** Chosen by the orders node, in the order of time and not to be guessed: `[0-9a-z-]`, up to 40 letters. */
export type OrderId = string

/** Lower-case hex of 16 bytes, chosen by whoever asks first: a deed of the staff happens once under its id. */
export type DeedId = string

export type ProductId = number
export type CategoryId = number

/** What the leader of the catalogue puts into the log at once. The first command of all puts the seed in before its own deeds. */
export interface CatalogueCommand {
  readonly deeds: readonly CatalogueDeed[]
}

/** What somebody wants done. The first four are known by their order, each happens to it at most once. */
export type CatalogueDeed = OrderDeed | StaffDeed | { readonly kind: 'expire' }

export type OrderDeed =
  /** All lines or none. Asked again it is answered as it was the first time, refusals too. */
  | {
      readonly kind: 'reserve'
      readonly order: OrderId
      readonly lines: readonly WantedLine[]
      /** What whoever orders believes it costs; null: whatever it costs. */
      readonly totalCents: number | null
    }
  /** Sells what is reserved. If the reservation is over, and there is enough, it is reserved again and sold. */
  | { readonly kind: 'confirm'; readonly order: OrderId }
  /** The order will never be: a reservation that comes after this is refused. */
  | { readonly kind: 'release'; readonly order: OrderId }
  /** A sold order was cancelled. */
  | { readonly kind: 'give-back'; readonly order: OrderId }

export type StaffDeed = {
  readonly id: DeedId
  /** Who of the staff, for the ledger. */
  readonly by: string
} & (
  | {
      readonly kind: 'stock'
      readonly product: ProductId
      readonly operation: StockOperation
      readonly quantity: number
      readonly why: string
    }
  | {
      readonly kind: 'add-product'
      readonly name: string
      readonly description: string
      readonly priceCents: number
      readonly category: CategoryId
      readonly photo: string
      readonly onHand: number
    }
  /** null: as it was. A price is changed like this too. */
  | {
      readonly kind: 'change-product'
      readonly product: ProductId
      readonly name: string | null
      readonly description: string | null
      readonly priceCents: number | null
      readonly category: CategoryId | null
      readonly photo: string | null
      readonly isActive: boolean | null
    }
  | { readonly kind: 'add-category'; readonly name: string }
)

/** `set`: what is on hand, reserved or not. */
export const stockOperations = ['add', 'remove', 'set'] as const
export type StockOperation = (typeof stockOperations)[number]

export interface WantedLine {
  readonly product: ProductId
  readonly quantity: number
  /** What whoever orders believes one costs; null: whatever it costs. */
  readonly priceCents: number | null
}

export interface SoldLine {
  readonly product: ProductId
  readonly name: string
  readonly quantity: number
  /** Of one, as it was when it was reserved. */
  readonly priceCents: number
}

/** What there is of something that could not be had as it was wanted. */
export interface ShortLine {
  readonly product: ProductId
  readonly wanted: number
  /** null: there is no such product, or it is not sold. */
  readonly available: number | null
  readonly priceCents: number | null
}

export const catalogueRefusals = [
  /** Less is available than is wanted; also of taking stock away below what is reserved. */
  'out-of-stock',
  'price-changed',
  'unknown-product',
  'unknown-category',
  /** Of a confirm or give-back: nothing was ever reserved or sold for it. */
  'unknown-order',
  /** It was released before, or given back: nothing happens to this order any more. */
  'ended',
  /** It is sold: it is given back, not released. */
  'sold',
  /** Something else was done under this id. */
  'id-taken',
  'too-many',
  'malformed',
] as const
export type CatalogueRefusal = (typeof catalogueRefusals)[number]

/** Definite. `done-before`: it had happened; a product is as it stands now. */
export type CatalogueOutcome =
  | { readonly kind: 'done' | 'done-before'; readonly result: CatalogueResult }
  /** `lines`: those at fault, of an order or of one product. */
  | { readonly kind: 'refused'; readonly why: CatalogueRefusal; readonly lines: readonly ShortLine[] }

export type CatalogueResult =
  | {
      readonly kind: 'reserved'
      readonly lines: readonly SoldLine[]
      readonly totalCents: number
      readonly expiresAtMs: number
    }
  | { readonly kind: 'confirmed' | 'released' | 'given-back' }
  | { readonly kind: 'product'; readonly product: Product }
  | { readonly kind: 'category'; readonly category: Category }
  /** How many reservations were over and are no more, by this whole command. */
  | { readonly kind: 'expired'; readonly reservations: number }

export type CatalogueAnswer =
  /** `movements`: how many the ledger has after this command. */
  | { readonly kind: 'done'; readonly movements: number; readonly outcomes: readonly CatalogueOutcome[] }
  /** No command of ours, or one past its limits. */
  | { readonly kind: 'refused' }

export interface Product {
  readonly id: ProductId
  readonly name: string
  readonly description: string
  readonly priceCents: number
  readonly category: CategoryId
  readonly categoryName: string
  /** A path that the shop serves. */
  readonly photo: string
  readonly isActive: boolean
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly onHand: number
  /** `onHand - reserved` is what can be sold. */
  readonly reserved: number
  /** Rises whenever anything of this product changes: the same version has the same bytes. */
  readonly version: number
}

export interface Category {
  readonly id: CategoryId
  readonly name: string
  readonly createdAtMs: number
}

export const movementKinds = [
  /** What was there when the product was made. */
  'opened',
  'added',
  'removed',
  'set',
  'reserved',
  'sold',
  'released',
  'expired',
  'given-back',
] as const
export type MovementKind = (typeof movementKinds)[number]

/** One line of the ledger. On hand is the sum of its changes, of this product, up to here; so is reserved. */
export interface Movement {
  /** Counts all movements, from 1, without gaps. */
  readonly number: number
  readonly product: ProductId
  readonly kind: MovementKind
  readonly onHandChange: number
  readonly reservedChange: number
  /** After it. */
  readonly onHand: number
  readonly reserved: number
  readonly order: OrderId | null
  /** Who of the staff, and why; empty of an order. */
  readonly by: string
  readonly why: string
  readonly atMs: number
  readonly logIndex: number
  /** The movement of the same product before this one; 0: this is the first. */
  readonly previous: number
}

/** `live` keeps stock; `sold` has taken it. `refused` and `released` never had any, or no longer. */
export const reservationStates = ['live', 'expired', 'sold', 'released', 'given-back', 'refused'] as const
export type ReservationState = (typeof reservationStates)[number]

export interface Reservation {
  readonly order: OrderId
  readonly state: ReservationState
  readonly lines: readonly SoldLine[]
  readonly reservedAtMs: number
  /** Of a live one: when it is over. */
  readonly expiresAtMs: number
}

/** What can be asked of the applied state. Pages go on from `next`; null: that was all. */
export type CatalogueQuery =
  | { readonly kind: 'status' }
  | { readonly kind: 'categories' }
  | { readonly kind: 'product'; readonly product: ProductId }
  /** In the order in which they were asked for. */
  | { readonly kind: 'products-by-id'; readonly products: readonly ProductId[] }
  /** In the order of ids. `text`: in name or description, whatever its case and accents. */
  | {
      readonly kind: 'products'
      readonly category: CategoryId | null
      readonly priceCentsMax: number | null
      readonly isInStock: boolean
      readonly text: string
      /** Also those that are not sold any more: for the staff. */
      readonly isAll: boolean
      readonly after: ProductId
      readonly limit: number
    }
  | { readonly kind: 'reservation'; readonly order: OrderId }
  /** Live ones, in the order in which they will be over. */
  | { readonly kind: 'reservations'; readonly after: number; readonly limit: number }
  /** All movements from a number on, upwards or downwards; `from` 0 downwards: from the newest. */
  | { readonly kind: 'ledger'; readonly from: number; readonly order: 'up' | 'down'; readonly limit: number }
  /** Those of one product, newest first, from a number on; 0: from its newest. */
  | { readonly kind: 'movements'; readonly product: ProductId; readonly from: number; readonly limit: number }

export interface CatalogueAnswers {
  readonly status: CatalogueStatus
  readonly categories: { readonly categories: readonly Category[] }
  readonly product: { readonly product: Product | null }
  readonly 'products-by-id': { readonly products: readonly (Product | null)[] }
  readonly products: { readonly products: readonly Product[]; readonly next: ProductId | null }
  readonly reservation: { readonly reservation: Reservation | null }
  readonly reservations: { readonly reservations: readonly Reservation[]; readonly next: number | null }
  readonly ledger: { readonly movements: readonly Movement[]; readonly next: number | null }
  readonly movements: { readonly movements: readonly Movement[]; readonly next: number | null }
}

export interface CatalogueStatus {
  /** False: no command has been applied yet, and the shop is empty. */
  readonly isFounded: boolean
  readonly products: number
  readonly categories: number
  readonly movements: number
  readonly liveReservations: number
  /** When the next live reservation is over, by the clock of the log; null: there is none. The leader proposes `expire` then. */
  readonly nextExpiryMs: number | null
}
