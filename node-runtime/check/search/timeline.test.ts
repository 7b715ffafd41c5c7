import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlanStep } from './plan.ts'
import { anchor, isDue, stepOf, Timeline } from './timeline.ts'

describe('a timeline', () => {
  it('KH1 lets equal numbers overlap: an invocation comes before a due', () => {
    expect(text(new Timeline([step(1, 3), step(3, 4), step(2, Number.POSITIVE_INFINITY)]))).toBe('(0 (1 0) 1)')
  })

  it('KS1 is as it was when the last step taken is the first put back', () => {
    const span = fc.tuple(fc.nat(20), fc.nat(20)).map(([invokedAt, length]) => step(invokedAt, invokedAt + length))
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 12 }), fc.array(fc.nat(11)), (steps, wishes) => {
        const timeline = new Timeline(steps)
        const taken: { readonly step: number; readonly before: string }[] = []
        for (const wish of wishes) {
          if (wish < steps.length && !taken.some(({ step }) => step === wish)) {
            taken.push({ step: wish, before: text(timeline) })
            timeline.take(wish)
            expect(text(timeline)).not.toMatch(new RegExp(`\\b${wish}\\b`))
          } else {
            const last = taken.pop()
            if (last === undefined) continue
            timeline.putBack(last.step)
            expect(text(timeline)).toBe(last.before)
          }
        }
        expect(timeline.isEmpty).toBe(taken.length === steps.length)
      }),
    )
  })
})

function step(invokedAt: number, dueAt: number): PlanStep {
  return { invokedAt, dueAt, isRead: false, kind: 0 }
}

function text(timeline: Timeline): string {
  const words: string[] = []
  for (let entry = timeline.after(anchor); entry !== anchor; entry = timeline.after(entry))
    words.push(isDue(entry) ? `${stepOf(entry)})` : `(${stepOf(entry)}`)
  return words.join(' ')
}
