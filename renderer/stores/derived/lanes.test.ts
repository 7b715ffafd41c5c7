import { expect, it } from 'vitest'
import { nowMs } from '../../testing/cards.ts'
import { eventOf, turned } from '../../testing/events.ts'
import { lanesOf } from './lanes.ts'

const stretch = { fromMs: nowMs + 100, toMs: nowMs + 1_000 }
const lead = turned(50, 'notary-1', { to: 'leader', term: 2, why: 'majority-voted' })

it('leaves empty what the recording does not tell', () => {
  expect(lanesOf(['notary-1'], [lead], stretch)[0]?.segments).toEqual([
    { condition: 'leader', term: 2, fromMs: nowMs + 500, toMs: nowMs + 1_000, goesOn: true },
  ])
})

it('carries on what began before the stretch, and ends at the next change', () => {
  const follow = turned(1, 'notary-1', { to: 'follower', term: 1, why: 'started' })
  const crash = eventOf(80, 'notary-1', { kind: 'lifecycle', state: 'crashed', code: null })
  const [lane] = lanesOf(['notary-1'], [follow, lead, crash], stretch)
  expect(lane?.segments.map(({ condition, fromMs, toMs }) => [condition, fromMs - nowMs, toMs - nowMs])).toEqual([
    ['follower', 100, 500],
    ['leader', 500, 800],
    ['down', 800, 1_000],
  ])
})

it('does not cut a stretch of time where nothing changed', () => {
  const again = turned(60, 'notary-1', { to: 'leader', term: 2, why: 'majority-voted' })
  expect(lanesOf(['notary-1'], [lead, again], stretch)[0]?.segments).toHaveLength(1)
})
