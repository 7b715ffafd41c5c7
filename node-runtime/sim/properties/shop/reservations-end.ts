import type { Always } from '../../subject.ts'
import { reservationMsIn } from '../../subjects/shop/settings.ts'
import type { ShopWords } from '../../subjects/shop/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** No reservation keeps anything longer than its time by the clock of the log, as the ledger has it. */
export const reservationsEnd: Always<ShopWords> = {
  name: 'no reservation outlives its time',
  start() {
    const reservedAtMs = new Map<string, number>()
    return (moment) => {
      const ledger = ledgerOf(moment)
      for (const { order, kind, atMs } of ledger.fresh) {
        if (order !== null && kind === 'reserved') reservedAtMs.set(order, atMs)
      }
      for (const { node, note } of moment.notes) {
        if (note.kind !== 'holds') continue
        const newest = note.movements.at(-1)
        if (newest === undefined) continue
        for (const order of note.live) {
          const overAtMs = (reservedAtMs.get(order) ?? newest.atMs) + reservationMsIn(moment.scenario)
          if (overAtMs <= newest.atMs)
            return `${node} keeps something for ${order} at ${newest.atMs}, over at ${overAtMs}`
        }
      }
      return null
    }
  },
}
