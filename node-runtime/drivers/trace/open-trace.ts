import type { TraceEvent, TraceWhat } from '#contract/worker/trace'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import { Ring } from '#kit/ring'
import type { Stop } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'
import type { Trace } from '#ports/trace'

export interface TraceOptions {
  readonly node: NodeId
  readonly clock: Clock
  readonly lamport: () => number
  /** Takes a batch, and how many events were dropped since the batch before. */
  readonly flush: (events: readonly TraceEvent[], dropped: number) => void
  readonly everyMs: number
  readonly batchMax: number
  /** Events that wait for the next flush. Past that the oldest is dropped: the newest tell what is going on. */
  readonly waitingMax: number
}

export interface BufferedTrace extends Trace {
  readonly droppedCount: number
  /** Hands over all that waits, at once. For the last words of a node. */
  flush(): void
  /** Flushes, and schedules nothing any more; what is noted afterwards is only counted as dropped. */
  close(): void
}

/** The trace port's real home: stamps, keeps and hands over in batches. While nothing happens, nothing is scheduled. */
export function openTrace(options: TraceOptions): BufferedTrace {
  assert(options.batchMax > 0, 'a batch holds something')
  const { clock } = options
  const waiting = new Ring<TraceEvent>(options.waitingMax)
  let sequence = 0
  let droppedLate = 0
  let droppedTold = 0
  let scheduled: Stop | null = null
  let isClosed = false

  const droppedCount = (): number => waiting.forgotten + droppedLate
  const flushBatch = (): void => {
    const droppedSince = droppedCount() - droppedTold
    droppedTold += droppedSince
    options.flush(waiting.take(options.batchMax), droppedSince)
  }
  const schedule = (): void => {
    scheduled = clock.after(options.everyMs, () => {
      scheduled = null
      flushBatch()
      if (waiting.length > 0) schedule()
    })
  }
  const flush = (): void => {
    void scheduled?.()
    scheduled = null
    while (waiting.length > 0) flushBatch()
  }
  const note = (what: TraceWhat, cause: string | null = null): void => {
    // The number is spent on what is dropped too: a gap is how a reader sees it.
    sequence += 1
    if (isClosed) {
      droppedLate += 1
      return
    }
    waiting.push({ sequence, node: options.node, lamport: options.lamport(), wallMs: clock.wall(), cause, what })
    if (scheduled === null) schedule()
  }
  return {
    note,
    flush,
    get droppedCount() {
      return droppedCount()
    },
    close: () => {
      flush()
      isClosed = true
    },
  }
}
