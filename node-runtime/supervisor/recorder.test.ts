import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RecordedEvent } from '#contract/window/recording'
import type { TraceEvent } from '#contract/worker/trace'
import { faultId, messageId, type NodeId, nodeId } from '#kit/ids'
import { LabRecording, recorderLimits } from './recorder.ts'

const [a, b] = ['a', 'b'].map(nodeId) as [NodeId, NodeId]

function sent(sequence: number, node: NodeId = a): TraceEvent {
  const message = messageId(node, sequence)
  const what = { kind: 'sent', to: b, message, messageKind: 'heartbeat', bytes: 9 } as const
  return { sequence, node, lamport: sequence, wallMs: sequence, cause: null, what }
}

function voted(sequence: number, node: NodeId = a): TraceEvent {
  return { ...sent(sequence, node), what: { kind: 'voted', for: b, term: sequence } }
}

const all = { before: null, limit: 500, nodeId: null, withMessages: true }
const positions = (events: readonly RecordedEvent[]) => events.map(({ position }) => position)

describe('recording', () => {
  it('gives pages from the newest back to the oldest, each event once and in order', () => {
    const recording = new LabRecording()
    recording.add([sent(1), voted(2), sent(3), sent(4), voted(5)], 0)
    const newest = recording.page({ ...all, limit: 2 })
    expect([positions(newest.events), newest.hasOlder]).toEqual([[4, 5], true])
    const next = recording.page({ ...all, limit: 2, before: 4 })
    expect([positions(next.events), next.hasOlder]).toEqual([[2, 3], true])
    const last = recording.page({ ...all, limit: 2, before: 2 })
    expect([positions(last.events), last.hasOlder]).toEqual([[1], false])
  })

  it('says truly whether there is more when a page ends exactly at the oldest event', () => {
    const recording = new LabRecording()
    recording.add([voted(1), voted(2)], 0)
    expect(recording.page({ ...all, limit: 2 }).hasOlder).toBe(false)
  })

  it('leaves out messages, or other nodes, when it is asked to', () => {
    const recording = new LabRecording()
    recording.add([sent(1), voted(2), voted(3, b), sent(4, b)], 0)
    expect(positions(recording.page({ ...all, withMessages: false }).events)).toEqual([2, 3])
    expect(positions(recording.page({ ...all, nodeId: b }).events)).toEqual([3, 4])
  })

  it('lets messages push out messages only: who led stays', () => {
    const recording = new LabRecording()
    recording.add([voted(1)], 0)
    const extra = 10
    for (let count = 0; count < recorderLimits.messagesKeptMax + extra; count += 1) recording.add([sent(count)], 0)
    expect(recording.state).toMatchObject({ kept: recorderLimits.messagesKeptMax + 1, forgotten: extra })
    expect(positions(recording.page({ ...all, withMessages: false }).events)).toEqual([1])
  })

  it('counts what the nodes had to drop before they could send it', () => {
    const recording = new LabRecording()
    recording.add([sent(1)], 3)
    recording.add([], 4)
    expect(recording.state.droppedByNodes).toBe(7)
  })

  it('notes what people do, and ties a fault to its events by its id', () => {
    const recording = new LabRecording()
    recording.noteAction('nodes.stop', 'a')
    const fault = {
      id: faultId('fault-1'),
      fault: { kind: 'pause', node: a },
      sinceWallMs: 0,
      endsWallMs: null,
    } as const
    recording.noteFault('began', fault)
    const { events } = recording.page(all)
    expect(events.map(({ node, cause, what }) => [node, cause, what.kind])).toEqual([
      [null, null, 'action'],
      [null, 'fault-1', 'fault'],
    ])
  })

  describe('told to listeners', () => {
    beforeEach(() => void vi.useFakeTimers())
    afterEach(() => void vi.useRealTimers())

    it('comes in batches, at most ten a second, every event once', () => {
      const recording = new LabRecording()
      const batches: (readonly number[])[] = []
      const stop = recording.onAppend((events) => batches.push(positions(events)))
      recording.add([voted(1), voted(2)], 0)
      recording.add([voted(3)], 0)
      expect(batches).toEqual([])
      vi.advanceTimersByTime(recorderLimits.appendEveryMs)
      recording.add([voted(4)], 0)
      vi.advanceTimersByTime(recorderLimits.appendEveryMs)
      expect(batches).toEqual([[1, 2, 3], [4]])
      void stop()
      recording.add([voted(5)], 0)
      vi.advanceTimersByTime(1_000)
      expect(batches).toHaveLength(2)
    })

    it('tells the newest of a flood and schedules nothing when nothing happens', () => {
      const recording = new LabRecording()
      let told: readonly RecordedEvent[] = []
      recording.onAppend((events) => {
        told = events
      })
      expect(vi.getTimerCount()).toBe(0)
      const flood = Array.from({ length: recorderLimits.appendBatchMax + 5 }, (_, index) => sent(index))
      recording.add(flood, 0)
      vi.advanceTimersByTime(recorderLimits.appendEveryMs)
      expect(told).toHaveLength(recorderLimits.appendBatchMax)
      expect(told.at(-1)?.position).toBe(flood.length)
      expect(vi.getTimerCount()).toBe(0)
    })
  })
})
