import type { Value } from '../history.ts'
import type { ListAnswer, ListOp } from '../models/list.ts'
import type { RegisterAnswer, RegisterOp } from '../models/register.ts'
import type { Server } from './servers.ts'

interface Served<State, Answer> {
  readonly state: State
  readonly answer: Answer
}

type Bug<State, Op, Answer> = (state: State, op: Op, right: Served<State, Answer>) => Served<State, Answer> | null

/** A server that does it wrong every so many times that the bug has a chance to. */
export function withBug<State, Op, Answer>(
  server: Server<State, Op, Answer>,
  every: number,
  bug: Bug<State, Op, Answer>,
): Server<State, Op, Answer> {
  let chances = 0
  return {
    ...server,
    serve(state, op) {
      const right = server.serve(state, op)
      const wrong = bug(state, op, right)
      if (wrong !== null) chances += 1
      return wrong !== null && chances % every === 0 ? wrong : right
    },
  }
}

export const registerBugs: Readonly<Record<string, Bug<Value, RegisterOp, RegisterAnswer>>> = {
  'acknowledges a write and forgets it': (state, { kind }) => (kind === 'write' ? { state, answer: null } : null),
  'refuses a cas that was equal': (state, { kind }, right) =>
    kind === 'cas' && right.answer === true ? { state, answer: false } : null,
  'does a cas that was not equal': (_, op, right) =>
    op.kind === 'cas' && right.answer === false ? { state: op.value, answer: true } : null,
  'does a cas and says that it was not equal': (_, op, right) =>
    op.kind === 'cas' && right.answer === true ? { state: right.state, answer: false } : null,
  'answers a read with what was there before anything was': (state, { kind }) =>
    kind === 'read' && state !== null ? { state, answer: null } : null,
}

export const listBugs: Readonly<Record<string, Bug<readonly Value[], ListOp, ListAnswer>>> = {
  'appends twice': (state, op) =>
    op.kind === 'append' ? { state: [...state, op.value, op.value], answer: null } : null,
  'acknowledges an append and forgets it': (state, { kind }) => (kind === 'append' ? { state, answer: null } : null),
  'appends before the last': (state, op) =>
    op.kind === 'append' && state.length > 0
      ? { state: state.toSpliced(state.length - 1, 0, op.value), answer: null }
      : null,
  'reads all but the last': (state, { kind }) =>
    kind === 'read' && state.length > 0 ? { state, answer: state.slice(0, -1) } : null,
}
