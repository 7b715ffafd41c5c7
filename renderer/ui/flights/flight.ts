import type { RecordedEvent } from '#contract/window/recording'

/** A message on its way over the picture. It flew in less than a millisecond; here it is slowed down to be seen. */
export interface Flight {
  readonly link: string
  readonly kind: 'heartbeat' | 'entries' | 'answer' | 'vote' | 'other'
  readonly startMs: number
  /** It was dropped on purpose or by the network: it stops half-way. */
  readonly isDropped: boolean
}

export const linkKey = (from: string, to: string): string => `${from}>${to}`

export const flightMs = 750
/** Reports come in batches; this much patience keeps the true distances between the messages of a batch. */
export const batchPatienceMs = 200

/**
 * Only what arrived, or was dropped, is drawn: a message counts once. Times are compared within one node's own clock, so
 * that a skewed clock bends nothing.
 */
export function flightsOf(events: readonly RecordedEvent[], nowMs: number): readonly Flight[] {
  const newest = new Map<string | null, number>()
  for (const { node, wallMs } of events) newest.set(node, Math.max(newest.get(node) ?? 0, wallMs))
  return events.flatMap(({ node, what, wallMs }): Flight[] => {
    const startMs = nowMs + Math.max(0, batchPatienceMs - ((newest.get(node) ?? wallMs) - wallMs))
    if (node === null) return []
    if (what.kind === 'received') {
      return [{ link: linkKey(what.from, node), kind: flightKind(what.messageKind), startMs, isDropped: false }]
    }
    if (what.kind !== 'dropped' || what.peer === null || what.message === null) return []
    // Either end may drop a message; its id begins with the name of who sent it.
    const isSender = what.message.startsWith(`${node}:`)
    const link = isSender ? linkKey(node, what.peer) : linkKey(what.peer, node)
    return [{ link, kind: flightKind(what.messageKind), startMs, isDropped: true }]
  })
}

const kinds: ReadonlyMap<string, Flight['kind']> = new Map([
  ...['heartbeat', 'beat', 'ping'].map((kind) => [kind, 'heartbeat'] as const),
  ...['append', 'snapshot-chunk', 'records', 'have', 'text'].map((kind) => [kind, 'entries'] as const),
  ...['heartbeat-answer', 'append-answer', 'append-refusal', 'snapshot-answer', 'answer', 'pong', 'probed'].map(
    (kind) => [kind, 'answer'] as const,
  ),
  ...['pre-vote-request', 'pre-vote', 'vote-request', 'vote', 'token'].map((kind) => [kind, 'vote'] as const),
])

/** Of all systems: what keeps watch, what carries something, what answers, what chooses a leader. */
export function flightKind(messageKind: string | null): Flight['kind'] {
  return kinds.get(messageKind ?? '') ?? 'other'
}
