import {
  type NotaryCommand,
  type NotaryCommandAnswer,
  notaryLimits,
  type Proposer,
  type RegisterOutcome,
  type Registration,
} from '#cores/notary/messages'
import { assert } from '#kit/assert'
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
  /** Registrations that went into no command yet begin here. */
  next: number
  unanswered: number
  refusal: Result<never> | null
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
    const unanswered = outcomes.filter((outcome) => outcome === null).length
    const gathered: Gathered = {
      order,
      outcomes,
      next: 0,
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
        settle(parts, result)
        this.#flushSoon()
      })
    }
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
      const { order, outcomes } = first
      for (; first.next < order.registrations.length; first.next += 1) {
        const registration = order.registrations[first.next]
        if (registration === undefined || outcomes[first.next] !== null) continue
        bytes += weightOf(registration)
        if (registrations.length > 0 && bytes > notaryLimits.commandBytesMax) break
        if (registrations.length === gathererLimits.registrationsPerCommand) break
        registrations.push(registration)
        places.push(first.next)
      }
      if (places.length > 0) parts.push({ gathered: first, places })
      if (first.next < order.registrations.length) break
      this.#waiting.shift()
    }
    this.#unsent -= registrations.length
    return { command: { kind: 'register', by: this.#parts.by(), duplicates, registrations }, parts }
  }
}

/** The answer to a command is the answers to its parts. */
function settle(parts: readonly Part[], result: Result<NotaryCommandAnswer>): void {
  const answered = result.ok && result.value.kind === 'registered' ? result.value.outcomes : null
  const refusal = result.ok ? fail('internal', 'the notary answered something else') : result
  let at = 0
  for (const { gathered, places } of parts) {
    for (const place of places) {
      const outcome = answered?.[at] ?? null
      at += 1
      gathered.outcomes[place] = outcome
      if (outcome === null) gathered.refusal = refusal
      else gathered.isBegun = true
    }
    gathered.unanswered -= places.length
    if (gathered.unanswered === 0) finish(gathered)
  }
}

function finish({ outcomes, refusal, isBegun, done }: Gathered): void {
  if (refusal === null) return done(ok(outcomes.filter((outcome) => outcome !== null)))
  // A refusal promises that nothing of the order happened. Of this one a part did.
  if (isBegun) return done(fail('timed-out', 'a part of it was registered, of the rest nobody knows'))
  done(refusal)
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
