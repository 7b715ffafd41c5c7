import { beforeEach, describe, expect, it } from 'vitest'
import type { TraceEvent } from '#contract/worker/trace'
import { nodeId } from '#kit/ids'
import type { Clock } from '#ports/clock'
import { traceSuite } from '#ports/testing/trace-suite'
import { VirtualClock } from '#sim/virtual-clock'
import { type BufferedTrace, openTrace } from './open-trace.ts'

const node = nodeId('n1')
const [everyMs, batchMax, waitingMax] = [100, 5, 12]
const what = { kind: 'anomaly', detail: 'x' } as const

interface Batch {
  readonly events: readonly TraceEvent[]
  readonly dropped: number
}

function openHome(clock: Clock, lamport: () => number = () => 0) {
  const batches: Batch[] = []
  const flush = (events: readonly TraceEvent[], dropped: number) => void batches.push({ events, dropped })
  return { batches, trace: openTrace({ node, clock, lamport, flush, everyMs, batchMax, waitingMax }) }
}

traceSuite('buffered', () => {
  let wallMs = 0
  let lamport = 0
  const clock = new VirtualClock()
  clock.wall = () => wallMs
  const { trace, batches } = openHome(clock, () => lamport)
  return {
    trace,
    node,
    waitingMax,
    setLamport: (value) => {
      lamport = value
    },
    setWall: (ms) => {
      wallMs = ms
    },
    events: () => {
      trace.flush()
      return batches.flatMap(({ events }) => events)
    },
    droppedCount: () => trace.droppedCount,
  }
})

describe('the buffered trace alone', () => {
  let clock: VirtualClock
  let scheduled: number
  let batches: Batch[]
  let trace: BufferedTrace

  beforeEach(() => {
    clock = new VirtualClock()
    scheduled = 0
    const counting: Clock = {
      now: () => clock.now(),
      wall: () => clock.wall(),
      every: (ms, work) => clock.every(ms, work),
      after: (ms, work) => {
        scheduled += 1
        return clock.after(ms, work)
      },
    }
    const home = openHome(counting)
    batches = home.batches
    trace = home.trace
  })

  const noteMany = (count: number) => {
    for (let index = 0; index < count; index += 1) trace.note(what)
  }
  const sizes = () => batches.map(({ events }) => events.length)

  it('schedules nothing while there is nothing to tell', () => {
    clock.advanceTo(10_000)
    expect(scheduled).toBe(0)
    noteMany(3)
    clock.advanceTo(10_000 + everyMs)
    clock.advanceTo(20_000)
    expect({ scheduled, sizes: sizes() }).toEqual({ scheduled: 1, sizes: [3] })
  })

  it('gathers until its time has come, and tells no more at once than a batch', () => {
    noteMany(4)
    clock.advanceTo(everyMs - 1)
    noteMany(3)
    expect(sizes()).toEqual([])
    clock.advanceTo(everyMs)
    expect(sizes()).toEqual([5])
    clock.advanceTo(2 * everyMs)
    expect(sizes()).toEqual([5, 2])
    expect(batches.flatMap(({ events }) => events.map(({ sequence }) => sequence))).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  it('tells each dropped event once, with the next batch', () => {
    noteMany(waitingMax + 4)
    clock.advanceTo(10 * everyMs)
    noteMany(waitingMax + 1)
    clock.advanceTo(20 * everyMs)
    expect(batches.map(({ dropped }) => dropped)).toEqual([4, 0, 0, 1, 0, 0])
    expect(trace.droppedCount).toBe(5)
  })

  it('tells everything at once when it is flushed, and nothing twice', () => {
    noteMany(7)
    trace.flush()
    expect(sizes()).toEqual([5, 2])
    clock.advanceTo(10 * everyMs)
    expect(sizes()).toEqual([5, 2])
  })

  it('tells its last words when it is closed; what comes later is only counted', () => {
    noteMany(2)
    trace.close()
    expect(sizes()).toEqual([2])
    noteMany(2)
    clock.advanceTo(10 * everyMs)
    expect(sizes()).toEqual([2])
    expect(trace.droppedCount).toBe(2)
  })
})
