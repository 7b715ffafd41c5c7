import type { Entry } from '#cores/raft/entry'
import { assert, unreachable } from '#kit/assert'
import type { Command, StateMachine, StateTx, StateView } from '#kit/state-machine'
import type { Applied, CommandId } from '#ports/replicated-log'
import { decodePayload } from './entry-payload.ts'
import { logKey } from './log-rows.ts'
import { ownBytes } from './own-bytes.ts'
import { damaged } from './records.ts'
import { decodeSession, encodeSession, type KeptAnswer, type Session } from './session-row.ts'

/** The space of the state in which sessions are kept. No machine uses it. */
const space = 'sessions'

/** Part of what is replicated: every node of a group must have the same numbers here. */
export const sessionLimits = {
  /** One more, and the one that was idle for the longest is closed. */
  sessionsMax: 2_048,
  /** A session has one command under way at a time, so it asks again for its last number only; more is for stragglers. */
  answersKeptMax: 2,
  /** A longer answer is given once and not kept. */
  answerBytesKeptMax: 1_024,
  /** The others are closed by the next `expire`. */
  expiredPerEntryMax: 256,
} as const

/** What became of an entry. The same on every node. */
export type AppliedOutcome =
  /** It was nobody's command: an entry of the group's own. */
  | { readonly kind: 'internal' }
  | { readonly kind: 'session-opened'; readonly session: number }
  | { readonly kind: 'executed'; readonly answer: Uint8Array }
  /** It had been executed before: the first answer, and where and when that was. */
  | { readonly kind: 'repeated'; readonly answer: Uint8Array; readonly applied: Applied }
  | { readonly kind: 'refused'; readonly code: 'answer-forgotten' | 'session-expired' | 'bad-request' }

const internal: AppliedOutcome = { kind: 'internal' }

/**
 * Stands between the log and a machine, so that no command is executed twice.
 *
 * 1. In order of use: entry times never go back along the log, so the first session is idle for the longest.
 * 2. The rows in the state are those of the last `save`: a session is used a thousand times for each time it is saved.
 */
export class Sessions {
  readonly #machine: StateMachine
  readonly #sessions: Map<number, Session>
  readonly #unsaved = new Set<number>()

  constructor(machine: StateMachine, view: StateView) {
    this.#machine = machine
    this.#sessions = restored(view)
  }

  /** When the one that is idle for the longest was last heard of; null: there is none. */
  get longestIdleAtMs(): number | null {
    for (const { usedAtMs } of this.#sessions.values()) return usedAtMs
    return null
  }

  apply(entry: Entry, state: StateTx): AppliedOutcome {
    if (entry.kind !== 'command') return internal
    const payload = decodePayload(entry.payload)
    if (payload === null) return { kind: 'refused', code: 'bad-request' }
    switch (payload.kind) {
      case 'open-session':
        return this.#open(entry)
      case 'command': {
        const { index, atMs, lamport } = entry
        return this.#execute(payload.id, { index, atMs, lamport, bytes: payload.bytes }, state)
      }
      case 'expire':
        return this.#expire(entry.atMs - payload.idleMs)
      default:
        return unreachable(payload)
    }
  }

  /** Before the state goes to the disk. */
  save(state: StateTx): void {
    for (const id of this.#unsaved) {
      const session = this.#sessions.get(id)
      if (session === undefined) state.delete(space, logKey(id))
      else state.put(space, logKey(id), encodeSession(session))
    }
    this.#unsaved.clear()
  }

  #open({ index, atMs }: Entry): AppliedOutcome {
    if (this.#sessions.size >= sessionLimits.sessionsMax) this.#closeFirst()
    this.#use(index, { highest: 0, usedAtMs: atMs, usedIndex: index, answers: [] })
    return { kind: 'session-opened', session: index }
  }

  #execute({ session: id, number }: CommandId, command: Command, state: StateTx): AppliedOutcome {
    const session = this.#sessions.get(id)
    if (session === undefined) return { kind: 'refused', code: 'session-expired' }
    const { highest, answers } = session
    const used = { usedAtMs: command.atMs, usedIndex: command.index }
    if (number <= highest) {
      this.#use(id, { highest, answers, ...used })
      return repeated(answers.find((answer) => answer.number === number))
    }
    const answer = this.#machine.apply(command, state)
    this.#use(id, { highest: number, answers: withAnswer(answers, number, command, answer), ...used })
    return { kind: 'executed', answer }
  }

  #expire(usedBeforeMs: number): AppliedOutcome {
    for (let left = sessionLimits.expiredPerEntryMax; left > 0; left -= 1) {
      const first = this.longestIdleAtMs
      if (first === null || first > usedBeforeMs) break
      this.#closeFirst()
    }
    return internal
  }

  #use(id: number, session: Session): void {
    this.#sessions.delete(id)
    this.#sessions.set(id, session)
    this.#unsaved.add(id)
  }

  #closeFirst(): void {
    for (const id of this.#sessions.keys()) {
      this.#sessions.delete(id)
      this.#unsaved.add(id)
      return
    }
  }
}

function repeated(first: KeptAnswer | undefined): AppliedOutcome {
  if (first === undefined) return { kind: 'refused', code: 'answer-forgotten' }
  const { index, atMs, lamport, bytes } = first
  return { kind: 'repeated', answer: bytes, applied: { index, atMs, lamport } }
}

function withAnswer(
  answers: readonly KeptAnswer[],
  number: number,
  { index, atMs, lamport }: Command,
  answer: Uint8Array,
): readonly KeptAnswer[] {
  if (answer.length > sessionLimits.answerBytesKeptMax) return answers
  const kept = answers.length < sessionLimits.answersKeptMax ? answers.slice() : answers.slice(1)
  kept.push({ number, index, atMs, lamport, bytes: ownBytes(answer) })
  return kept
}

function restored(view: StateView): Map<number, Session> {
  const found: (readonly [number, Session])[] = []
  for (const { key, value } of view.scan(space)) {
    const session = decodeSession(value)
    if (session === null) throw damaged(`session ${key} cannot be read`)
    found.push([Number(key), session])
  }
  assert(found.length <= sessionLimits.sessionsMax, `${found.length} sessions`)
  return new Map(found.sort(([, one], [, other]) => one.usedIndex - other.usedIndex))
}
