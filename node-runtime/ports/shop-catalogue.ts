import type { CatalogueAnswers, CatalogueDeed, CatalogueOutcome, CatalogueQuery } from '#cores/shop/messages'
import type { Result } from '#kit/result'
import type { Consistency } from '#ports/replicated-log'

/**
 * Products, prices and stock, and what is kept for orders. Answers come by callback, never before the call has returned.
 * Each deed has an id or an order, and happens once: whoever was not answered asks again.
 *
 * `act` fails with `not-leader`, `busy` and `too-large` (definite), and `timed-out` (nobody knows). `ask` fails as `act`
 * does, and with `not-ready` where there is nothing yet.
 */
export interface ShopCatalogue {
  /** All or, when the home fails, none of them are carried out, in one go with what others ask in the same moment. */
  act(deeds: readonly CatalogueDeed[], done: (result: Result<CatalogueDone>) => void): void
  /** `linearizable`: as of this moment; `stale`: what the nearest copy has. */
  ask<Query extends CatalogueQuery>(
    query: Query,
    consistency: Consistency,
    done: (result: Result<CatalogueAnswers[Query['kind']]>) => void,
  ): void
}

export interface CatalogueDone {
  /** In the order of the deeds. */
  readonly outcomes: readonly CatalogueOutcome[]
  /** Whoever reads at this place or a later one sees all of it. */
  readonly position: number
}
