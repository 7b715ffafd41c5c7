import { expect, it } from 'vitest'
import { calls, windowLimits } from '#contract/window/contract'
import { faultKinds } from '#contract/worker/faults'
import { id } from '../../testing/cards.ts'
import { draftLimits, faultOf, startDraft } from './draft.ts'

const nodes = [id('notary-1'), id('notary-2'), id('notary-3')]

it('begins as a fault that the contract takes, for every kind', () => {
  for (const kind of faultKinds) {
    const draft = startDraft(kind, nodes, id('notary-2'))
    const fault = draft && faultOf(draft)
    expect(calls['faults.inject'].input.safeParse({ fault, forMs: 1 }).success, kind).toBe(true)
  }
})

it('is no fault while a cut has a node on both sides, or a link leads to itself', () => {
  const cut = startDraft('cut', nodes, null)
  expect(cut && faultOf({ ...cut, to: [...cut.to, ...cut.from] })).toBeNull()
  expect(cut && faultOf({ ...cut, from: [] })).toBeNull()
  const delay = startDraft('delay', nodes, null)
  expect(delay && faultOf({ ...delay, to: delay.from })).toBeNull()
})

it('has the limits of the contract', () => {
  expect(windowLimits).toMatchObject(draftLimits)
})
