import {
  decodeChatAnswer,
  decodeChatQueryAnswer,
  encodeChatCommand,
  encodeChatQuery,
  type WrittenEvent,
} from '#cores/chat/index'
import type { ChatAnswers, ChatCommand, ChatCommandAnswer, ChatQuery } from '#cores/chat/messages'
import { assert } from '#kit/assert'
import { fail, ok, type Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import type { Consistency } from '#ports/replicated-log'
import { Lanes } from '../../replica/lanes.ts'
import type { Replica } from '../../replica/replica.ts'
import { gathererLimits } from './gatherer.ts'

/** What is proposed beside what people want: keys, and locks whose time is over. */
const otherCommandsMax = 2

export const chatStateLimits = {
  /** Those who wait until a new leader has all that was promised before it. Past that: busy. */
  waitingMax: 8_192,
  /** Answers to commands that were just applied, so that each is read once. */
  answersMax: 16,
} as const

/** The replica of this node, in the chat's own words. */
export class ChatState {
  readonly #replica: Replica
  readonly #soon: (work: () => void) => void
  readonly #lanes: Lanes
  readonly #answers = new Map<number, ChatCommandAnswer>()
  readonly #waiting: ((result: Result<null>) => void)[] = []
  /** In this term all that was promised in earlier ones has been applied here. */
  #readyTerm: number | null = null

  constructor(replica: Replica, soon: (work: () => void) => void) {
    this.#replica = replica
    this.#soon = soon
    const lanesMax = gathererLimits.commandsUnderWayMax + otherCommandsMax
    this.#lanes = new Lanes({ log: replica, lanesMax, waitingMax: lanesMax, soon })
  }

  get appliedIndex(): number {
    return this.#replica.appliedIndex
  }

  /** As of what is applied here. */
  look<Query extends ChatQuery>(query: Query): ChatAnswers[Query['kind']] {
    const answer = decoded(query, this.#replica.look(encodeChatQuery(query)).answer)
    assert(answer !== null, `the machine answers ${query.kind}`)
    return answer.answer
  }

  ask<Query extends ChatQuery>(
    query: Query,
    consistency: Consistency,
    done: (result: Result<ChatAnswers[Query['kind']]>) => void,
  ): void {
    this.askBytes(query, consistency, (result) => {
      if (!result.ok) return done(result)
      const answer = decoded(query, result.value)
      done(answer === null ? fail('internal', `the machine answers ${query.kind}`) : ok(answer.answer))
    })
  }

  askBytes(query: ChatQuery, consistency: Consistency, done: (result: Result<Uint8Array>) => void): void {
    this.#replica.read(encodeChatQuery(query), consistency, (result) =>
      done(result.ok ? ok(result.value.answer) : result),
    )
  }

  /** `done` comes after all that watches has been told: what is answered has been published. */
  propose(command: ChatCommand, done: (result: Result<ChatCommandAnswer>) => void): void {
    this.#lanes.propose(encodeChatCommand(command), (result) =>
      this.#soon(() => {
        if (!result.ok) return done(this.#isLeaving(result) ? notLeader : result)
        const answer = this.#answers.get(result.value.index) ?? decodeChatAnswer(result.value.answer)
        done(answer === null ? fail('internal', 'the chat answered something else') : ok(answer))
      }),
    )
  }

  /**
   * The log takes nothing while it hands over its lead: that is no matter of whoever asks, and the next one does it.
   * When the answer is told, the lead may be gone already.
   */
  #isLeaving({ failure }: Extract<Result<never>, { ok: false }>): boolean {
    const { role, handingOverTo } = this.#replica.view
    return failure.code === 'busy' && (role !== 'leader' || handingOverTo !== null)
  }

  watch(listener: (events: readonly WrittenEvent[]) => void): Stop {
    return this.#replica.watch(({ index }, bytes) => {
      const answer = decodeChatAnswer(bytes)
      if (answer === null) return
      this.#answers.set(index, answer)
      const [oldest] = this.#answers.keys()
      if (this.#answers.size > chatStateLimits.answersMax && oldest !== undefined) this.#answers.delete(oldest)
      if (answer.kind === 'done' && answer.events.length > 0) listener(answer.events)
    })
  }

  /**
   * Who has just come to lead may not have applied yet what others promised: until then it would believe tokens that
   * were taken back. At once when that is long done.
   */
  whenReady(done: (result: Result<null>) => void): void {
    const { role, term } = this.#replica.view
    if (role !== 'leader') return done(notLeader)
    if (this.#readyTerm === term) return done(ok(null))
    if (this.#waiting.length >= chatStateLimits.waitingMax) return done(fail('busy', 'too many wait already'))
    this.#waiting.push(done)
    if (this.#waiting.length > 1) return
    this.ask({ kind: 'status' }, 'linearizable', (result) => {
      const isStill = this.#replica.view.term === term
      if (result.ok && isStill) this.#readyTerm = term
      const told: Result<null> = result.ok && !isStill ? notLeader : result.ok ? ok(null) : result
      for (const waiting of this.#waiting.splice(0)) waiting(told)
    })
  }
}

const notLeader = fail('not-leader', 'this server does not lead')

function decoded<Query extends ChatQuery>(
  query: Query,
  bytes: Uint8Array,
): { readonly answer: ChatAnswers[Query['kind']] } | null {
  const kind: Query['kind'] = query.kind
  return decodeChatQueryAnswer(kind, bytes)
}
