import type { Always } from '../../subject.ts'
import type { ShopWords } from '../../subjects/shop/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

interface Stock {
  readonly onHand: number
  readonly reserved: number
  readonly last: number
}

/** On hand is what there was and all its movements, reserved too, and at each row nothing that is reserved is not there. */
export const ledgerAddsUp: Always<ShopWords> = {
  name: 'at every row of the ledger on hand is the sum, and something or nothing is available',
  start() {
    const stock = new Map<number, Stock>()
    let count = 0
    return (moment) => {
      for (const { number, product, onHandChange, reservedChange, onHand, reserved, previous } of ledgerOf(moment)
        .fresh) {
        count += 1
        if (number !== count) return `movement ${number} comes after ${count - 1}`
        const before = stock.get(product) ?? { onHand: 0, reserved: 0, last: 0 }
        if (before.onHand + onHandChange !== onHand)
          return `movement ${number} leaves ${onHand} on hand of ${before.onHand}`
        if (before.reserved + reservedChange !== reserved) return `movement ${number} leaves ${reserved} reserved`
        if (reserved < 0 || onHand < reserved) return `movement ${number} leaves ${onHand - reserved} available`
        if (previous !== before.last) return `movement ${number} of ${product} follows ${previous}, not ${before.last}`
        stock.set(product, { onHand, reserved, last: number })
      }
      return null
    }
  },
}
