import { decodeCatalogueCommand } from '#cores/shop/catalogue/codecs'
import { rowKey, stockRows } from '#cores/shop/catalogue/rows'
import { readRow } from '#kit/row-cache'
import { ledgerAddsUp } from '../../properties/shop/ledger-adds-up.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { ShopBug } from './shop-bug.ts'

/** Stock that the staff adds is there once more than the ledger says. */
export const countsOnTheSide: ShopBug = {
  name: 'counts-on-the-side',
  property: ledgerAddsUp.name,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) => {
      const answer = right.apply(entry, state)
      for (const deed of decodeCatalogueCommand(entry.bytes)?.deeds ?? []) {
        if (deed.kind !== 'stock' || deed.operation !== 'add') continue
        const row = readRow(state, stockRows, rowKey(deed.product))
        if (row === null) continue
        const more = { ...row, onHand: row.onHand + deed.quantity }
        state.put(stockRows.space, rowKey(deed.product), stockRows.encode(more))
      }
      return answer
    },
  })),
}
