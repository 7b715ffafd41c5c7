import type { NodeId } from '#kit/ids'

/** How fresh what is read of the catalogue has to be; the whole shop has one of them, and a request may ask for another. */
export const readChoices = [
  /** As the primary knows it at this moment: pauses while nobody leads. */
  'strong',
  /** With all that the same visitor has written; where nobody has that, an older answer says that it is one. */
  'own-writes',
  /** Whatever the node has that is asked. */
  'any',
] as const
export type ReadChoice = (typeof readChoices)[number]

/** From where people reach the one address of a shop: from this machine, or from its networks as well. */
export const shopReaches = ['loopback', 'lan'] as const
export type ShopReach = (typeof shopReaches)[number]

/** What a node of a shop is told of it, and whoever asks it. */
export interface ShopPlan {
  readonly gateway: NodeId
  /** Whoever may be a node of the catalogue; who is one, the group itself decides. */
  readonly catalogues: readonly NodeId[]
  /** Those with whom the catalogue began. */
  readonly founders: readonly NodeId[]
  readonly cart: NodeId
  readonly orders: NodeId
  /** What staff has to show where others than this machine can ask; null: nothing, because nobody else can. */
  readonly staffToken: string | null
}

/** What a node of a shop shows of itself. */
export type ShopFacts =
  | {
      readonly kind: 'gateway'
      readonly choice: ReadChoice
      readonly services: readonly ShopServiceFacts[]
      readonly answered: number
      /** Requests that were asked of another node, or again, because the first was silent. */
      readonly failedOver: number
      /** Answers of the catalogue that had less than whoever asked has written, and said so. */
      readonly stale: number
      /** Answers that nobody knew whether it happened. */
      readonly unknown: number
    }
  | {
      readonly kind: 'catalogue'
      readonly products: number
      readonly movements: number
      readonly liveReservations: number
      /** Entries that are committed and not applied here; null: it hears no leader. */
      readonly lagEntries: number | null
    }
  | { readonly kind: 'cart'; readonly isCatalogueAway: boolean; readonly answered: number }
  /** `placed` and `refused` since it began to run. */
  | { readonly kind: 'orders'; readonly running: number; readonly placed: number; readonly refused: number }

/** One node as the gateway sees it. */
export interface ShopServiceFacts {
  readonly nodeId: NodeId
  readonly isLive: boolean
  readonly isPrimary: boolean
  /** It has no vote yet, because it does not have everything yet; nobody reads from it. */
  readonly isLearner: boolean
  /** Of a node of the catalogue: up to which entry it had the log when it last answered; null: it has not yet. */
  readonly position: number | null
  /** From the question to the answer, of the last one; null: it has not answered yet. */
  readonly answeredInMs: number | null
  readonly heardMsAgo: number | null
}
