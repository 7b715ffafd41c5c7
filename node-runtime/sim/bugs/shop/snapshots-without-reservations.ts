import { spaces } from '#cores/shop/catalogue/rows'
import { copiesAgree } from '../../properties/shop/copies-agree.ts'
import { snapshotsWithout } from '../notary/without-spaces.ts'
import type { ShopBug } from './shop-bug.ts'

/** A snapshot has all stock, and not for whom it is kept. */
export const snapshotsWithoutReservations: ShopBug = {
  name: 'snapshots-without-reservations',
  property: copiesAgree.name,
  rules: [snapshotsWithout([spaces.reservations])],
}
