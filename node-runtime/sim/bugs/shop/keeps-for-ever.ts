import { shopLimits } from '#cores/shop/limits'
import { reservationsEnd } from '../../properties/shop/reservations-end.ts'
import { setTo } from '../../subjects/shop/settings.ts'
import type { ShopBug } from './shop-bug.ts'

/** A reservation without an end: what was never ordered is never for sale again. */
export const keepsForEver: ShopBug = {
  name: 'keeps-for-ever',
  property: reservationsEnd.name,
  rules: [setTo(shopLimits, 'reservationMs', Number.MAX_SAFE_INTEGER / 2)],
}
