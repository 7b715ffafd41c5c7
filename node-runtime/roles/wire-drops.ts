import type { DropWhy } from '#contract/worker/trace'
import { messageId, type NodeId } from '#kit/ids'
import type { Clock } from '#ports/clock'
import type { Trace } from '#ports/trace'
import { decodeEnvelope } from './envelope.ts'
import { TraceBudget } from './trace-budget.ts'

/** A message that the wire of this node dropped, now or after it had waited. */
export interface WireDrop {
  readonly peer: NodeId | null
  readonly why: DropWhy
  readonly bytes: Uint8Array | null
}

export interface DropNoteParts {
  readonly self: NodeId
  readonly trace: Trace
  readonly clock: Pick<Clock, 'now'>
}

/**
 * Notes which message it was, so that a line that ends on the map can be found in the list of events. Of a flood only
 * some are noted, and always those whose sending was.
 */
export function noteDrops({ self, trace, clock }: DropNoteParts): (drop: WireDrop) => void {
  const budget = new TraceBudget(clock)
  return ({ peer, why, bytes }) => {
    const envelope = bytes === null ? null : decodeEnvelope(bytes)
    if (!budget.takes(peer, why) && !envelope?.isTraced) return
    const message = envelope === null ? null : messageId(self, envelope.number)
    trace.note({ kind: 'dropped', peer, message, messageKind: envelope?.kind ?? null, why }, envelope?.cause ?? null)
  }
}
