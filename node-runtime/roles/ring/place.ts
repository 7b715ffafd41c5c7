import { isLifeId, isPeerId } from '#cores/ring/ids'
import type { RingRecord } from '#cores/ring/messages'

export type Place = Pick<RingRecord, 'stamp' | 'peer' | 'origin' | 'sequence'>

const digits = 16

/** Texts that sort by code units as the places do. A space comes before everything that is in an address. */
export function placeText({ stamp, peer, origin, sequence }: Place): string {
  return `${counted(stamp)} ${peer} ${origin} ${counted(sequence)}`
}

/** null for what is no place. */
export function readPlace(text: string): Place | null {
  const [stamp = '', peer = '', origin = '', sequence = '', ...more] = text.split(' ')
  if (!/^\d{16}$/.test(stamp) || !/^\d{16}$/.test(sequence) || more.length > 0) return null
  if (!isPeerId(peer) || !isLifeId(origin)) return null
  return { stamp: Number(stamp), peer, origin, sequence: Number(sequence) }
}

function counted(count: number): string {
  return String(count).padStart(digits, '0')
}
