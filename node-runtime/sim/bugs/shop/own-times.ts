import { ledgersAgree } from '../../properties/shop/ledgers-agree.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { ShopBug } from './shop-bug.ts'

/** Writes the time of its own clock into the ledger. */
export const ownTimes: ShopBug = {
  name: 'own-times',
  property: ledgersAgree.name,
  parts: spoiltMachine((right, { wallMs }) => ({
    apply: (entry, state) => right.apply({ ...entry, atMs: wallMs() }, state),
  })),
}
