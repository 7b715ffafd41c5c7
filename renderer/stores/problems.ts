import { createStore } from 'zustand/vanilla'
import type { TopologySnapshot } from '#contract/window/topology'
import type { FailureCode } from '#kit/failures'
import type { NodeId } from '#kit/ids'
import { findNode } from './topology.ts'

export const problemsMax = 5

export interface Problem {
  readonly key: number
  readonly code: FailureCode
  readonly nodeId: NodeId | null
  readonly atMs: number
  readonly times: number
}

export interface ProblemsState {
  readonly problems: readonly Problem[]
  readonly nextKey: number
}

export const emptyProblems: ProblemsState = { problems: [], nextKey: 1 }

export const createProblemsStore = () => createStore<ProblemsState>()(() => emptyProblems)

/** The same trouble of the same node is one notice that counts; the oldest goes when there are too many. */
export function withProblem(
  state: ProblemsState,
  { code, nodeId, atMs }: Pick<Problem, 'code' | 'nodeId' | 'atMs'>,
): ProblemsState {
  const same = state.problems.find((problem) => problem.code === code && problem.nodeId === nodeId)
  const others = state.problems.filter((problem) => problem !== same)
  const problem = { key: same?.key ?? state.nextKey, code, nodeId, atMs, times: (same?.times ?? 0) + 1 }
  return { problems: [...others, problem].slice(-problemsMax), nextKey: state.nextKey + 1 }
}

export function withoutProblem(state: ProblemsState, key: number): ProblemsState {
  return { ...state, problems: state.problems.filter((problem) => problem.key !== key) }
}

/** A node that runs has found a port: that its old one was taken is news no more. */
export function withoutSolved(state: ProblemsState, snapshot: TopologySnapshot): ProblemsState {
  const problems = state.problems.filter(
    ({ code, nodeId }) =>
      code !== 'port-taken' || nodeId === null || findNode(snapshot, nodeId)?.state.kind !== 'running',
  )
  return problems.length === state.problems.length ? state : { ...state, problems }
}
