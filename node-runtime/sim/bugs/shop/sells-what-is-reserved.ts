import { Book } from '#cores/shop/catalogue/book'
import { noOwnAssertion } from '../../run.ts'
import { method } from '../raft/replaced.ts'
import type { ShopBug } from './shop-bug.ts'

/** Sells what is on hand, whoever it is kept for. */
export const sellsWhatIsReserved: ShopBug = {
  name: 'sells-what-is-reserved',
  property: noOwnAssertion,
  rules: [
    method(
      Book,
      'available',
      () =>
        function (this: Book, product) {
          return this.stock(product).onHand
        },
    ),
  ],
}
