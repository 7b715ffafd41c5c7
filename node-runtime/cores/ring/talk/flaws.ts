import type { LifeId, PeerId, RingRecord } from '../messages.ts'
import type { History } from './history.ts'

export interface Sender {
  readonly from: PeerId
  readonly life: LifeId
}

/** Why a record cannot be what it says, by what is known here; null if it may. */
export function flawOf(record: RingRecord, sender: Sender, history: History): string | null {
  const { origin, peer, sequence } = record
  if (origin === sender.life && peer !== sender.from) return `${sender.from} gives its own record as that of ${peer}`
  const known = history.origins.get(origin)
  if (known === undefined) return null
  if (known.peer !== peer) return `${sender.from} gives a record of ${origin} as that of ${peer}, not ${known.peer}`
  const had = known.records.get(sequence)
  if (had === undefined || (had.uuid === record.uuid && had.stamp === record.stamp)) return null
  return `${sender.from} gives another record ${sequence} of ${origin} than there is`
}
