import { expect, it } from 'vitest'
import { nowMs } from '../testing/cards.ts'
import { ringOf, ringPeer } from '../testing/ring-cards.ts'
import { emptyProblems, problemsMax, withoutProblem, withoutSolved, withProblem } from './problems.ts'

const busy = { code: 'busy', nodeId: null, atMs: 1 } as const

it('counts the same trouble instead of showing it again', () => {
  const state = withProblem(withProblem(emptyProblems, busy), { ...busy, atMs: 9 })
  expect(state.problems).toEqual([{ key: 1, code: 'busy', nodeId: null, atMs: 9, times: 2 }])
})

it('keeps the newest few', () => {
  const codes = ['busy', 'too-large', 'node-down', 'timed-out', 'internal', 'disk-full', 'port-taken'] as const
  const state = codes.reduce((before, code) => withProblem(before, { ...busy, code }), emptyProblems)
  expect(state.problems.map(({ code }) => code)).toEqual(codes.slice(-problemsMax))
  const [first] = state.problems
  expect(withoutProblem(state, first?.key ?? 0).problems).toHaveLength(problemsMax - 1)
})

it('forgets that a port was taken once the node runs, and nothing else', () => {
  const [moved, waiting] = [ringPeer(1), ringPeer(2, {}, { state: { kind: 'stopped' } })]
  const before = [
    { code: 'port-taken', nodeId: moved.id, atMs: 1 } as const,
    { code: 'port-taken', nodeId: waiting.id, atMs: 2 } as const,
    { code: 'disk-full', nodeId: moved.id, atMs: 3 } as const,
    { code: 'port-taken', nodeId: null, atMs: 4 } as const,
  ].reduce(withProblem, emptyProblems)
  const snapshot = { revision: 1, takenWallMs: nowMs, clusters: [ringOf([moved, waiting])] } as never // what is asked of it
  expect(withoutSolved(before, snapshot).problems.map(({ atMs }) => atMs)).toEqual([2, 3, 4])
})
