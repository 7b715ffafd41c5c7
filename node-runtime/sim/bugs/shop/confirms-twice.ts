import { decodeCatalogueCommand } from '#cores/shop/catalogue/codecs'
import { reservationRows } from '#cores/shop/catalogue/rows'
import type { ReservationState } from '#cores/shop/messages'
import { readRow } from '#kit/row-cache'
import type { StateTx } from '#kit/state-machine'
import { soldOnce } from '../../properties/shop/sold-once.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { ShopBug } from './shop-bug.ts'

/** Does not remember that an order is sold, and sells it again for whoever did not hear of it. */
export const confirmsTwice: ShopBug = {
  name: 'confirms-twice',
  property: soldOnce.name,
  parts: forgetting('confirm', { from: 'sold', to: 'expired' }),
}

/** Gives back what was given back, to whoever did not hear of it. */
export const givesBackTwice: ShopBug = {
  name: 'gives-back-twice',
  property: soldOnce.name,
  parts: forgetting('give-back', { from: 'given-back', to: 'sold' }),
}

function forgetting(
  kind: 'confirm' | 'give-back',
  { from, to }: { readonly from: ReservationState; readonly to: ReservationState },
) {
  return spoiltMachine((right) => ({
    apply: (entry, state) => {
      const answer = right.apply(entry, state)
      for (const deed of decodeCatalogueCommand(entry.bytes)?.deeds ?? [])
        if (deed.kind === kind) setState(state, deed.order, { from, to })
      return answer
    },
  }))
}

function setState(
  state: StateTx,
  order: string,
  { from, to }: { readonly from: ReservationState; readonly to: ReservationState },
): void {
  const row = readRow(state, reservationRows, order)
  if (row?.state !== from) return
  state.put(reservationRows.space, order, reservationRows.encode({ ...row, state: to }))
}
