import type { ChatRow } from '#contract/worker/chat-calls'

/** Why a message stands below the one above it, by what orders the two. */
export type Why =
  | { readonly kind: 'first' | 'waiting' }
  /** One entry of the log holds both: all but the place within it is the same. */
  | { readonly kind: 'same-entry'; readonly above: number; readonly below: number; readonly entry: number }
  | {
      readonly kind: 'position'
      readonly above: number
      readonly below: number
      readonly stampAbove: number
      readonly stampBelow: number
    }
  | { readonly kind: 'stamp'; readonly above: number; readonly below: number }
  /** Equal stamps, where everyone answers: the servers' names decide. */
  | { readonly kind: 'origin'; readonly stamp: number; readonly above: string; readonly below: string }
  /** The same server and stamp: the ids decide. */
  | { readonly kind: 'id'; readonly stamp: number }

export function whyBelow(upper: ChatRow | null, row: ChatRow): Why {
  if (row.place === null) return { kind: 'waiting' }
  if (upper === null || upper.place === null) return { kind: 'first' }
  const [high, low] = [upper.lamport ?? 0, row.lamport ?? 0]
  if (row.origin !== null || upper.position === null || row.position === null) {
    if (high !== low) return { kind: 'stamp', above: high, below: low }
    const [above, below] = [upper.origin ?? '', row.origin ?? '']
    return above === below ? { kind: 'id', stamp: low } : { kind: 'origin', stamp: low, above, below }
  }
  const places = { above: upper.position, below: row.position }
  if (row.logIndex !== null && upper.logIndex === row.logIndex)
    return { kind: 'same-entry', ...places, entry: row.logIndex }
  return { kind: 'position', ...places, stampAbove: high, stampBelow: low }
}
