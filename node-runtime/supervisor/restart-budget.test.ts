import { describe, expect, it } from 'vitest'
import { type CrashTimes, judgeCrash, restartLimits } from './restart-budget.ts'

/** The verdicts on crashes at these times, one after the other. */
function verdicts(crashes: readonly { readonly nowMs: number; readonly counts: boolean }[]) {
  let times: CrashTimes = []
  return crashes.map((crash) => {
    const judged = judgeCrash(times, crash)
    times = judged.times
    return judged.verdict
  })
}

describe('restart budget', () => {
  it('brings a node back after 250 ms, however often, when it had worked for long before', () => {
    const crashes = Array.from({ length: 20 }, (_, index) => ({ nowMs: index, counts: false }))
    for (const verdict of verdicts(crashes)) expect(verdict).toEqual({ kind: 'restart', delayMs: 250 })
  })

  it('waits twice as long after each young crash, and leaves the node down at the fifth in a minute', () => {
    const crashes = Array.from({ length: 5 }, (_, index) => ({ nowMs: index * 1_000, counts: true }))
    const delays = verdicts(crashes).map((verdict) => (verdict.kind === 'restart' ? verdict.delayMs : verdict.kind))
    expect(delays).toEqual([250, 500, 1_000, 2_000, 'leave-down'])
  })

  it('forgets crashes that are older than a minute', () => {
    const crashes = Array.from({ length: 12 }, (_, index) => ({ nowMs: index * 15_001, counts: true }))
    expect(verdicts(crashes).map(({ kind }) => kind)).not.toContain('leave-down')
  })

  it('never waits longer than its limit', () => {
    const limits = { ...restartLimits, crashesMax: 100 }
    let times: CrashTimes = []
    let longest = 0
    for (let nowMs = 0; nowMs < 50; nowMs += 1) {
      const judged = judgeCrash(times, { nowMs, counts: true }, limits)
      times = judged.times
      if (judged.verdict.kind === 'restart') longest = Math.max(longest, judged.verdict.delayMs)
    }
    expect(longest).toBe(8_000)
  })

  it('does not let crashes of a long life push a young node over the edge', () => {
    const young = [0, 1, 2, 3].map((nowMs) => ({ nowMs, counts: true }))
    const old = { nowMs: 4, counts: false }
    expect(verdicts([...young, old]).at(-1)).toEqual({ kind: 'restart', delayMs: 250 })
  })
})
