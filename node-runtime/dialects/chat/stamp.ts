import { countOf, type Fields, textOf, type Value } from './values.ts'

/** What every message of the protocol carries beside its own. */
export interface Stamp {
  readonly atMs: number
  readonly clock: number
}

/** Of somebody else's message: null where it is missing, or cannot be. */
export interface ForeignStamp {
  readonly atMs: number | null
  readonly clock: number | null
}

/** Past this a Lamport clock is not believed: nobody counted so far, and ours would follow it for good. */
export const clockMax = 2 ** 48

export function readStamp(fields: Fields, clockField: 'clock' | 'lamport_clock' = 'clock'): ForeignStamp {
  return { atMs: timeOf(fields.get('timestamp')), clock: countOf(fields.get(clockField), clockMax) }
}

/** null: no time. Seconds or milliseconds, as a number or as text, or ISO; without a zone it is UTC, so that all read the same. */
export function timeOf(value: Value | undefined): number | null {
  if (typeof value === 'number') return timeOfNumber(value)
  const text = textOf(value)
  if (text === null) return null
  return plainNumber.test(text) ? timeOfNumber(Number(text)) : timeOfIso(text)
}

function timeOfNumber(value: number): number | null {
  if (!(value >= 0 && value < millisecondsMax)) return null
  return Math.round(value < secondsMax ? value * 1_000 : value)
}

function timeOfIso(text: string): number | null {
  const parts = iso.exec(text)
  if (parts === null) return null
  const [, day = '', time = '', fraction = '', zone = ''] = parts
  const seconds = time.length === 5 ? `${time}:00` : time
  const offset = zone === '' ? 'Z' : zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
  const atMs = Date.parse(`${day}T${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`)
  return atMs >= 0 ? atMs : null
}

/** As numbers, the year 5138; as milliseconds, the year 1973. */
const secondsMax = 1e11
/** The last one that a date can say is a little later. */
const millisecondsMax = 8e15
const plainNumber = /^\d{1,16}(\.\d{1,9})?$/
const iso = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/
