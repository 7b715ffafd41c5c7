import type { BerkeleyMessage } from './berkeley-messages.ts'

/** Rounds are counted up from a number below half of this, so that no life comes to its end. */
export const roundMax = 2 ** 48
/** Far beyond any date; what is larger could not be added up exactly. */
export const timeMsMax = 2 ** 50

/** A message as a peer sent it, or null if it is none. Builds a new value: what was not asked for does not come in. */
export function parseBerkeleyMessage(value: unknown): BerkeleyMessage | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  // A record from here on; each field is looked at before it is used.
  const { kind, round, timeMs, byMs, errorMs } = value as Readonly<Record<string, unknown>>
  if (kind === 'poll-wanted') return { kind }
  if (!isWhole(round, 0, roundMax)) return null
  switch (kind) {
    case 'poll':
      return { kind, round }
    case 'time':
      return isWhole(timeMs, -timeMsMax, timeMsMax) ? { kind, round, timeMs } : null
    case 'adjust':
      return isWhole(byMs, -timeMsMax, timeMsMax) && isWhole(errorMs, 0, timeMsMax)
        ? { kind, round, byMs, errorMs }
        : null
    default:
      return null
  }
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
}
