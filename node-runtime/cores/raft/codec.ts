import type { RaftMessage } from './messages.ts'

/**
 * The largest term there may be. A peer that claims more is broken or hostile; without a limit one such message would
 * lift everybody to a number that cannot be counted up any more.
 */
export const termMax = 2 ** 48

/** A message as a peer sent it, or null if it is none. Builds a new value: what was not asked for does not come in. */
export function parseRaftMessage(value: unknown): RaftMessage | null {
  if (!isRecord(value) || !isTerm(value.term)) return null
  const { kind, term } = value
  switch (kind) {
    case 'pre-vote-request':
    case 'vote-request':
    case 'heartbeat':
    case 'heartbeat-answer':
      return { kind, term }
    case 'vote':
      return typeof value.isGranted === 'boolean' ? { kind, term, isGranted: value.isGranted } : null
    case 'pre-vote':
      return typeof value.isGranted === 'boolean' && isTerm(value.voterTerm)
        ? { kind, term, isGranted: value.isGranted, voterTerm: value.voterTerm }
        : null
    default:
      return null
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTerm(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= termMax
}
