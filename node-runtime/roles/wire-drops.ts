import type { DropWhy } from '#contract/worker/trace'
import type { LamportClock } from '#cores/clocks/lamport'
import type { NodeId } from '#kit/ids'
import type { Trace } from '#ports/trace'
import { decodeEnvelope } from './envelope.ts'

/** A message that the wire of this node dropped, now or after it had waited. */
export interface WireDrop {
  readonly peer: NodeId | null
  readonly why: DropWhy
  readonly bytes: Uint8Array | null
}

/** Notes which message it was, so that a line that ends on the map can be found in the list of events. */
export function noteDrops(self: NodeId, lamport: LamportClock, trace: Trace): (drop: WireDrop) => void {
  return ({ peer, why, bytes }) => {
    const envelope = bytes === null ? null : decodeEnvelope(bytes, self, lamport)
    const message = envelope?.id ?? null
    trace.note({ kind: 'dropped', peer, message, messageKind: envelope?.kind ?? null, why }, envelope?.cause ?? null)
  }
}
