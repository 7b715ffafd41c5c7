import { expect, it } from 'vitest'
import { emptyProblems, problemsMax, withoutProblem, withProblem } from './problems.ts'

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
