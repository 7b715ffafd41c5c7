import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type WorkerReport, workerLimits } from '#contract/worker/protocol'
import { openClock } from '#drivers/clock/index'
import { nodeView, noRole } from '#roles/status'
import { startReporting } from './reporting.ts'

const view = nodeView(noRole, {
  lamport: 0,
  skewMs: 0,
  links: [],
  traceDropped: 0,
  cpuPercent: 0,
  memoryMb: 0,
  logTail: [],
})

describe('reporting', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function setUp() {
    const revisions: number[] = []
    const beat = startReporting(openClock(), (report: WorkerReport) => {
      if (report.kind === 'status') revisions.push(report.revision)
    })
    const stop = beat.start(() => view)
    return { beat, stop, revisions }
  }

  it('gathers changes: a hundred of them are one report', () => {
    const { beat, revisions } = setUp()
    for (let change = 0; change < 100; change += 1) beat.changed()
    vi.advanceTimersByTime(workerLimits.statusEveryMs)
    expect(revisions).toEqual([1])
    beat.changed()
    vi.advanceTimersByTime(workerLimits.statusEveryMs)
    expect(revisions).toEqual([1, 2])
  })

  it('says once a second that it is alive when nothing changes', () => {
    const { revisions } = setUp()
    vi.advanceTimersByTime(workerLimits.statusEveryMs)
    const before = revisions.length
    vi.advanceTimersByTime(5_000)
    expect(revisions.length - before).toBe(5)
  })

  it('is silent once stopped', () => {
    const { beat, stop, revisions } = setUp()
    void stop()
    beat.changed()
    vi.advanceTimersByTime(5_000)
    expect(revisions).toEqual([])
  })
})
