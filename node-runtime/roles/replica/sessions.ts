import type { Entry } from '#cores/raft/entry'
import { assert, unreachable } from '#kit/assert'
import type { Command, StateMachine, StateTx, StateView } from '#kit/state-machine'
import type { Applied, CommandId } from '#ports/replicated-log'
import { decodePayload } from './entry-payload.ts'
import { logKey } from './log-rows.ts'
import { ownBytes } from './own-bytes.ts'
import { damaged } from './records.ts'
import { decodeSession, encodeSession, type Session } from './session-row.ts'

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
 * Stands between the log and a machine, so that no command is executed twice. The rows in the state are the truth.
 * The map is the same in memory, in order of use: entry times never go back, so the first one is idle for the longest.
 */
export class Sessions {
  readonly #machine: StateMachine
  readonly #sessions: Map<number, Session>

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
        return this.#open(entry, state)
      case 'command': {
        const { index, atMs, lamport } = entry
        return this.#execute(payload.id, { index, atMs, lamport, bytes: payload.bytes }, state)
      }
      case 'expire':
        return this.#expire(entry.atMs - payload.idleMs, state)
      default:
        return unreachable(payload)
    }
  }

  #open({ index, atMs }: Entry, state: StateTx): AppliedOutcome {
    if (this.#sessions.size >= sessionLimits.sessionsMax) {
      for (const session of this.#sessions.keys()) {
        this.#close(session, state)
        break
      }
    }
    this.#keep(index, { highest: 0, usedAtMs: atMs, usedIndex: index, answers: [] }, state)
    return { kind: 'session-opened', session: index }
  }

  #execute({ session: id, number }: CommandId, command: Command, state: StateTx): AppliedOutcome {
    const session = this.#sessions.get(id)
    if (session === undefined) return { kind: 'refused', code: 'session-expired' }
    const { index, atMs, lamport } = command
    const used = { ...session, usedAtMs: atMs, usedIndex: index }
    if (number <= session.highest) {
      this.#keep(id, used, state)
      const first = session.answers.find((answer) => answer.number === number)
      if (first === undefined) return { kind: 'refused', code: 'answer-forgotten' }
      const { bytes, number: _, ...applied } = first
      return { kind: 'repeated', answer: bytes, applied }
    }
    const answer = this.#machine.apply(command, state)
    const kept = { number, index, atMs, lamport, bytes: ownBytes(answer) }
    const answers = [...session.answers, ...(answer.length > sessionLimits.answerBytesKeptMax ? [] : [kept])]
    this.#keep(id, { ...used, highest: number, answers: answers.slice(-sessionLimits.answersKeptMax) }, state)
    return { kind: 'executed', answer }
  }

  #expire(usedBeforeMs: number, state: StateTx): AppliedOutcome {
    let left: number = sessionLimits.expiredPerEntryMax
    for (const [id, { usedAtMs }] of this.#sessions) {
      if (usedAtMs > usedBeforeMs || left === 0) break
      this.#close(id, state)
      left -= 1
    }
    return internal
  }

  #keep(id: number, session: Session, state: StateTx): void {
    this.#sessions.delete(id)
    this.#sessions.set(id, session)
    state.put(space, logKey(id), encodeSession(session))
  }

  #close(id: number, state: StateTx): void {
    this.#sessions.delete(id)
    state.delete(space, logKey(id))
  }
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
