import { Book } from '#cores/shop/catalogue/book'
import { decodeCatalogueCommand } from '#cores/shop/catalogue/codecs'
import { noOwnAssertion } from '../../run.ts'
import { method } from '../raft/replaced.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { ShopBug } from './shop-bug.ts'

let isConfirming = false

/** Confirms what is over without looking whether somebody else has it by now. */
export const confirmsWhatIsGone: ShopBug = {
  name: 'confirms-what-is-gone',
  property: noOwnAssertion,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) => {
      const deeds = decodeCatalogueCommand(entry.bytes)?.deeds ?? []
      isConfirming = deeds.length > 0 && deeds.every(({ kind }) => kind === 'confirm')
      return right.apply(entry, state)
    },
  })),
  rules: [
    method(
      Book,
      'available',
      (right) =>
        function (this: Book, product) {
          return isConfirming ? Number.POSITIVE_INFINITY : right.call(this, product)
        },
    ),
  ],
}
