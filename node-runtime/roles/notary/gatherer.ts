import {
  type NotaryCommand,
  type NotaryCommandAnswer,
  notaryLimits,
  type Proposer,
  type RegisterOutcome,
  type Registration,
} from '#cores/notary/messages'
import { refusalOf } from '#cores/notary/registration-limits'
import { assert } from '#kit/assert'
import { type Failure, failures } from '#kit/failures'
import { fail, ok, type Result } from '#kit/result'
import type { RegisterOrder } from './service.ts'

type RegisterCommand = Extract<NotaryCommand, { readonly kind: 'register' }>

export interface GathererParts {
  readonly propose: (command: NotaryCommand, done: (result: Result<NotaryCommandAnswer>) => void) => void
  readonly by: () => Proposer
  readonly soon: (work: () => void) => void
}

export const gathererLimits = {
  /** Past that those who ask wait, and what waits becomes one command: the busier, the larger. */
  commandsUnderWayMax: 4,
  /** The same for one that is not full: a command costs all peers together 5 ms of a processor, be it small or large. */
  partialUnderWayMax: 1,
  /** A command is applied in one go, by every peer, and nobody hears of a peer meanwhile. */
  registrationsPerCommand: 250,
  /** Registrations that wait or are under way. Past that: busy. */
  registrationsMax: 65_536,
  bytesMax: 64 * 1024 * 1024,
} as const

/** An order on its way. Its registrations may go in several commands. */
interface Gathered {
  readonly order: RegisterOrder
  readonly outcomes: (RegisterOutcome | null)[]
  readonly done: (result: Result<readonly RegisterOutcome[]>) => void
  /** Places of those that are in no command, the next one last. */
  readonly unsent: number[]
  unanswered: number
  refusal: Failure | null
  /** Something of it may have happened. */
  isBegun: boolean
}

interface Part {
  readonly gathered: Gathered
  /** Places in the order. */
  readonly places: readonly number[]
}

/** Turns what is asked in one moment into one command, and the answer of the command into theirs. */
export class Gatherer {
  readonly #parts: GathererParts
  readonly #waiting: Gathered[] = []
  #isFlushDue = false
  #underWay = 0
  #registrations = 0
  #bytes = 0
  /** Of those, how many are in no command yet. */
  #unsent = 0

  constructor(parts: GathererParts) {
    this.#parts = parts
  }

  register(order: RegisterOrder, done: (result: Result<readonly RegisterOutcome[]>) => void): void {
    const { length } = order.registrations
    const bytes = order.registrations.reduce((sum, registration) => sum + weightOf(registration), 0)
    const { registrationsMax, bytesMax } = gathererLimits
    if (this.#registrations + length > registrationsMax || this.#bytes + bytes > bytesMax) {
      return this.#parts.soon(() => done(fail('busy', 'too many registrations wait already')))
    }
    this.#registrations += length
    this.#bytes += bytes
    const outcomes = order.registrations.map(outcomeBefore)
    const unsent = outcomes.flatMap((outcome, place) => (outcome === null ? [place] : [])).reverse()
    const unanswered = unsent.length
    const gathered: Gathered = {
      order,
      outcomes,
      unsent,
      unanswered,
      refusal: null,
      isBegun: false,
      done: (result) => {
        this.#registrations -= length
        this.#bytes -= bytes
        done(result)
      },
    }
    if (unanswered === 0) return this.#parts.soon(() => finish(gathered))
    this.#unsent += unanswered
    this.#waiting.push(gathered)
    this.#flushSoon()
  }

  #flushSoon(): void {
    if (this.#isFlushDue || this.#waiting.length === 0) return
    this.#isFlushDue = true
    this.#parts.soon(() => {
      this.#isFlushDue = false
      this.#flush()
    })
  }

  #flush(): void {
    while (this.#waiting.length > 0 && this.#underWay < this.#underWayMax) {
      const { command, parts } = this.#take()
      this.#underWay += 1
      this.#parts.propose(command, (result) => {
        this.#underWay -= 1
        for (const gathered of settle(parts, result)) this.#askAgain(gathered)
        this.#flushSoon()
      })
    }
  }

  /** Before all others: the first one that a command finds has room in its answer. */
  #askAgain(gathered: Gathered): void {
    this.#unsent += 1
    if (!this.#waiting.includes(gathered)) this.#waiting.unshift(gathered)
  }

  get #underWayMax(): number {
    const { registrationsPerCommand, commandsUnderWayMax, partialUnderWayMax } = gathererLimits
    return this.#unsent >= registrationsPerCommand ? commandsUnderWayMax : partialUnderWayMax
  }

  /** From the front, as much as goes into one command. */
  #take(): { readonly command: RegisterCommand; readonly parts: readonly Part[] } {
    const registrations: Registration[] = []
    const parts: Part[] = []
    const duplicates = this.#waiting[0]?.order.duplicates
    assert(duplicates !== undefined, 'something waits')
    let bytes = 0
    for (let first = this.#waiting[0]; first?.order.duplicates === duplicates; first = this.#waiting[0]) {
      const places: number[] = []
      const { order, unsent } = first
      for (let place = unsent.at(-1); place !== undefined; place = unsent.at(-1)) {
        const registration = order.registrations[place]
        assert(registration !== undefined, 'a place in the order')
        bytes += weightOf(registration)
        if (registrations.length > 0 && bytes > notaryLimits.commandBytesMax) break
        if (registrations.length === gathererLimits.registrationsPerCommand) break
        registrations.push(registration)
        places.push(place)
        unsent.pop()
      }
      if (places.length > 0) parts.push({ gathered: first, places })
      if (unsent.length > 0) break
      this.#waiting.shift()
    }
    this.#unsent -= registrations.length
    return { command: { kind: 'register', by: this.#parts.by(), duplicates, registrations }, parts }
  }
}

/** The answer to a command is the answers to its parts. Gives back the orders of which one is to be asked for again. */
function settle(parts: readonly Part[], result: Result<NotaryCommandAnswer>): readonly Gathered[] {
  const answered = result.ok && result.value.kind === 'registered' ? result.value.outcomes : null
  const refusal: Failure = result.ok
    ? { code: 'internal', message: 'the notary answered something else' }
    : result.failure
  const again: Gathered[] = []
  let at = 0
  for (const { gathered, places } of parts) {
    for (const [nth, place] of places.entries()) {
      const outcome = answered?.[at] ?? null
      at += 1
      // Behind what others found there was no room for it. Of an order at least the first is told.
      if (nth === 0 && at > 1 && hadNoRoom(outcome, gathered.order.registrations[place])) {
        gathered.unsent.push(place)
        again.push(gathered)
        continue
      }
      gathered.outcomes[place] = outcome
      gathered.unanswered -= 1
      if (outcome === null) gathered.refusal = worse(gathered.refusal, refusal)
      else gathered.isBegun = true
    }
    if (gathered.unanswered === 0) finish(gathered)
  }
  return again
}

/** It stands in the chain already, and its record did not fit into the answer any more. */
function hadNoRoom(outcome: RegisterOutcome | null, registration: Registration | undefined): boolean {
  const isTooLarge = outcome?.kind === 'refused' && outcome.why === 'too-large'
  return isTooLarge && registration !== undefined && refusalOf(registration) === null
}

function finish({ outcomes, refusal, isBegun, done }: Gathered): void {
  if (refusal === null) return done(ok(outcomes.filter((outcome) => outcome !== null)))
  // A refusal promises that nothing of the order happened. Of this one a part did.
  if (isBegun) return done(fail('timed-out', 'a part of it was registered, of the rest nobody knows'))
  done({ ok: false, failure: refusal })
}

/** What nobody knows outweighs what certainly did not happen. */
export function worse(known: Failure | null, other: Failure): Failure {
  return known === null || failures[known.code].definite ? other : known
}

/** What cannot fit is not even sent; the machine judges everything else. */
function outcomeBefore({ document, title, registrant, id }: Registration): RegisterOutcome | null {
  const { textBytesMax, titleBytesMax, registrantBytesMax, idBytesMax } = notaryLimits
  const isTooLarge =
    (document.kind === 'text' && document.text.length > textBytesMax) ||
    title.length > titleBytesMax ||
    registrant.length > registrantBytesMax ||
    (id?.length ?? 0) > idBytesMax
  return isTooLarge ? { kind: 'refused', why: 'too-large' } : null
}

/** At most: no letter takes more than three bytes. */
function weightOf({ document, title, registrant, id }: Registration): number {
  const letters = title.length + registrant.length + (id?.length ?? 0)
  return 96 + 3 * (letters + (document.kind === 'text' ? document.text.length : 0))
}
