import type { RaceOrder, RaceProof, RaceSummary } from '#contract/worker/shop-races'
import type { LedgerRow } from '#contract/worker/shop-shapes'
import { decodeText } from '#kit/bytes'
import type { NodeId } from '#kit/ids'
import type { StoreTx, StoreView } from '#ports/store'
import { encodeJson, orderKey } from './order-rows.ts'

const space = 'shop-race'

/** A race on this desk's disk; its shoppers are orders of an outbox, one after another from `first` on. */
export interface RaceRow extends RaceOrder {
  readonly first: number
  readonly startedWallMs: number
  readonly target: NodeId | null
  readonly state: RaceSummary['state']
  /** The newest movement of the product when the shoppers set off. */
  readonly opening: LedgerRow
  readonly settledWallMs: number | null
  readonly proof: RaceProof | null
}

/** The session of all orders of a race, by which the shop tells them all. */
export function sessionOfRace(id: string): string {
  return `race-${id}`
}

/** Oldest first. */
export function readRaces(view: StoreView): readonly RaceRow[] {
  return view.scan(space).map(({ value }) => JSON.parse(decodeText(value) ?? '') as RaceRow) // written below, under a checksum
}

export function putRace(tx: StoreTx, race: RaceRow): void {
  tx.put(space, orderKey(race.first), encodeJson(race))
}

export function deleteRace(tx: StoreTx, { first }: RaceRow): void {
  tx.delete(space, orderKey(first))
}
