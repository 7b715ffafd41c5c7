import { somebodyGetsTheLast } from '../../properties/shop/somebody-gets-the-last.ts'
import { spoiltOrders } from './orders-with-bug.ts'
import type { ShopBug } from './shop-bug.ts'

/** Whom the catalogue did not answer in time is told that there is nothing left, as if that were for good. */
export const takesSilenceForSoldOut: ShopBug = {
  name: 'takes-silence-for-sold-out',
  property: somebodyGetsTheLast.name,
  parts: spoiltOrders((right) => (input, at) => {
    const output = right(input, at)
    const answers = output.answers.map(({ request, answer }) =>
      answer.kind === 'unavailable'
        ? { request, answer: { kind: 'refused', why: 'out-of-stock', lines: [] } as const }
        : { request, answer },
    )
    return { ...output, answers }
  }),
}
