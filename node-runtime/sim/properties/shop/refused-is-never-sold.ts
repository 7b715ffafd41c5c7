import type { Always } from '../../subject.ts'
import type { ShopWords } from '../../subjects/shop/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** Whoever was told for certain that nothing came of an order: nothing of it is ever sold, before or after. */
export const refusedIsNeverSold: Always<ShopWords> = {
  name: 'what was refused is never sold',
  start() {
    const refused = new Set<string>()
    const sold = new Set<string>()
    return (moment) => {
      for (const { order, kind } of ledgerOf(moment).fresh) if (kind === 'sold' && order !== null) sold.add(order)
      for (const { note } of moment.notes) {
        if (note.kind !== 'placed-or-not') continue
        const { kind } = note.answer
        if (kind === 'refused' || kind === 'unavailable') refused.add(note.placing.order)
      }
      const wrong = [...refused].find((order) => sold.has(order))
      return wrong === undefined ? null : `${wrong} was refused, and is sold`
    }
  },
}
