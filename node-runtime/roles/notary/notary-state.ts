import { decodeNotaryAnswer } from '#cores/notary/answer-codec'
import { encodeNotaryCommand } from '#cores/notary/command-codec'
import type {
  NotaryAnswers,
  NotaryCommand,
  NotaryCommandAnswer,
  NotaryQuery,
  NotaryStatus,
} from '#cores/notary/messages'
import { decodeNotaryQueryAnswer, isNoQuery } from '#cores/notary/query-answers'
import { encodeNotaryQuery } from '#cores/notary/query-codec'
import { assert } from '#kit/assert'
import { fail, ok, type Result } from '#kit/result'
import type { Consistency } from '#ports/replicated-log'
import { Lanes } from '../replica/lanes.ts'
import type { Replica } from '../replica/replica.ts'
import { gathererLimits } from './gatherer.ts'
import type { Look } from './proven.ts'

/** What is proposed beside registrations: the founding, and lists of witnesses. */
const otherCommandsMax = 2

/** The replica of this node, in the notary's own words. */
export class NotaryState {
  readonly #replica: Replica
  readonly #lanes: Lanes
  #status: { readonly index: number; readonly value: NotaryStatus } | null = null

  constructor(replica: Replica, soon: (work: () => void) => void) {
    this.#replica = replica
    const lanesMax = gathererLimits.commandsUnderWayMax + otherCommandsMax
    this.#lanes = new Lanes({ log: replica, lanesMax, waitingMax: lanesMax, soon })
  }

  /** As of the last entry that was applied here; asked often, so it is asked of the machine once an entry. */
  get status(): NotaryStatus {
    const { appliedIndex: index } = this.#replica
    if (this.#status?.index !== index) this.#status = { index, value: this.look({ kind: 'status' }) }
    return this.#status.value
  }

  readonly look: Look = (query) => {
    const answer = this.tryLook(query)
    assert(answer !== null, `the machine answers ${query.kind}`)
    return answer
  }

  /** Of records. null: one of them is there, and cannot be read. */
  readonly tryLook = <Query extends NotaryQuery>(query: Query): NotaryAnswers[Query['kind']] | null =>
    decoded(query, this.#replica.look(encodeNotaryQuery(query)).answer)

  ask<Query extends NotaryQuery>(
    query: Query,
    consistency: Consistency,
    done: (result: Result<NotaryAnswers[Query['kind']]>) => void,
  ): void {
    this.#replica.read(encodeNotaryQuery(query), consistency, (result) => {
      if (!result.ok) return done(result)
      // With a number that nobody can count with. That is no reason to doubt what lies here.
      if (isNoQuery(result.value.answer)) return done(fail('bad-request', `this ${query.kind} cannot be asked for`))
      const answer = decoded(query, result.value.answer)
      // The question was one of ours, so what cannot be read is what lies here.
      done(answer === null ? fail('store-damaged', `what is here for ${query.kind} cannot be read`) : ok(answer))
    })
  }

  readonly propose = (command: NotaryCommand, done: (result: Result<NotaryCommandAnswer>) => void): void => {
    this.#lanes.propose(encodeNotaryCommand(command), (result) => {
      if (!result.ok) return done(result)
      const answer = decodeNotaryAnswer(result.value.answer)
      done(answer === null ? fail('internal', 'the notary answered something else') : ok(answer))
    })
  }
}

function decoded<Query extends NotaryQuery>(query: Query, bytes: Uint8Array): NotaryAnswers[Query['kind']] | null {
  const kind: Query['kind'] = query.kind
  return decodeNotaryQueryAnswer(kind, bytes)
}
