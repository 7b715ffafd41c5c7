import type { RingRecord } from '../messages.ts'
import { isBetter } from './order.ts'

/** Which record of each uuid counts. Most uuids have only one. */
export class Uuids {
  readonly #best = new Map<string, RingRecord>()
  /** The others, where there are any. */
  readonly #beaten = new Map<string, RingRecord[]>()

  get size(): number {
    return this.#best.size
  }

  has(uuid: string): boolean {
    return this.#best.has(uuid)
  }

  /** Whether it is this record that gives its uuid a place. */
  isBest(record: RingRecord): boolean {
    return this.#best.get(record.uuid) === record
  }

  add(record: RingRecord): void {
    const best = this.#best.get(record.uuid)
    if (best === undefined || isBetter(record, best)) this.#best.set(record.uuid, record)
    if (best === undefined) return
    const loser = isBetter(record, best) ? best : record
    const beaten = this.#beaten.get(record.uuid)
    if (beaten === undefined) this.#beaten.set(record.uuid, [loser])
    else beaten.push(loser)
  }

  remove(record: RingRecord): void {
    const left = (this.#beaten.get(record.uuid) ?? []).filter((one) => one !== record)
    if (this.isBest(record)) {
      const heir = left.reduce<RingRecord | null>((best, one) => (best && isBetter(best, one) ? best : one), null)
      if (heir === null) this.#best.delete(record.uuid)
      else this.#best.set(record.uuid, heir)
      this.#keep(
        record.uuid,
        left.filter((one) => one !== heir),
      )
    } else this.#keep(record.uuid, left)
  }

  #keep(uuid: string, beaten: RingRecord[]): void {
    if (beaten.length === 0) this.#beaten.delete(uuid)
    else this.#beaten.set(uuid, beaten)
  }
}
