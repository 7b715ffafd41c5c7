import { expect, it } from 'vitest'
import type { Fault } from '#contract/worker/faults'
import type { FaultId } from '#kit/ids'
import { id, nowMs } from '../../../testing/cards.ts'
import { eventOf } from '../../../testing/events.ts'
import { faultSpans, stacked, ticksOf } from './spans.ts'

const kill: Fault = { kind: 'kill', node: id('notary-1') }
const fault = (position: number, name: string, phase: 'began' | 'ended') =>
  eventOf(position, null, { kind: 'fault', id: name as FaultId, phase, fault: kill })
const stretch = { fromMs: nowMs + 100, toMs: nowMs + 1_000 }

it('draws a fault from its beginning to its end, and one that lasts to the edge', () => {
  const spans = faultSpans(
    [fault(20, 'fault-1', 'began'), fault(40, 'fault-1', 'ended'), fault(60, 'fault-2', 'began')],
    stretch,
  )
  expect(spans.map((span) => [span.id, span.fromMs - nowMs, span.toMs - nowMs, span.goesOn])).toEqual([
    ['fault-1', 200, 400, false],
    ['fault-2', 600, 1_000, true],
  ])
})

it('draws a fault whose beginning is forgotten from the edge, and none that ended before it', () => {
  const spans = faultSpans([fault(5, 'fault-0', 'ended'), fault(30, 'fault-1', 'ended')], stretch)
  expect(spans.map((span) => [span.id, span.fromMs - nowMs])).toEqual([['fault-1', 100]])
})

it('puts faults that overlap below each other', () => {
  const story = [
    fault(20, 'fault-1', 'began'),
    fault(30, 'fault-2', 'began'),
    fault(40, 'fault-1', 'ended'),
    fault(50, 'fault-3', 'began'),
  ]
  expect(stacked(faultSpans(story, stretch)).map((row) => row.map((span) => span.id))).toEqual([
    ['fault-1', 'fault-3'],
    ['fault-2'],
  ])
})

it('marks few and round moments', () => {
  const ticks = ticksOf({ fromMs: 1_001, toMs: 121_000 })
  expect(ticks.length).toBeLessThanOrEqual(9)
  expect(ticks.every((tick) => tick % 15_000 === 0)).toBe(true)
})
