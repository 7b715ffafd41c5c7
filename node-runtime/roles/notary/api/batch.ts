import { notaryLimits, type RegisterOutcome, type Registration } from '#cores/notary/messages'
import { refusalOf } from '#cores/notary/registration-limits'
import { assert } from '#kit/assert'
import type { Failure } from '#kit/failures'
import { worse } from '../gatherer.ts'
import type { NotaryService } from '../service.ts'
import { notaryApiLimits } from './limits.ts'

export type BatchEnd =
  /** In the order of the registrations. */
  | { readonly kind: 'done'; readonly outcomes: readonly RegisterOutcome[] }
  /** `registered`: so many are known to be in the chain all the same. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly registered: number }

/** Registers more than one command takes: several commands, a few of them at a time. Made for one batch. */
export class Batch {
  readonly #service: Pick<NotaryService, 'register'>
  readonly #registrations: readonly Registration[]
  readonly #done: (end: BatchEnd) => void
  readonly #outcomes: (RegisterOutcome | undefined)[]
  /** Places in the batch, one list for each command that was not sent yet. */
  readonly #waiting: (readonly number[])[]
  #underWay = 0
  /** Letters of the texts that were found. */
  #found = 0
  #failure: Failure | null = null
  #isOver = false

  constructor(
    service: Pick<NotaryService, 'register'>,
    registrations: readonly Registration[],
    done: (end: BatchEnd) => void,
  ) {
    this.#service = service
    this.#registrations = registrations
    this.#done = done
    this.#outcomes = registrations.map((registration) => {
      const why = refusalOf(registration)
      return why === null ? undefined : { kind: 'refused', why }
    })
    this.#waiting = commandsOf(registrations, this.#outcomes)
  }

  run(): void {
    while (this.#underWay < notaryApiLimits.commandsUnderWayMax && this.#failure === null) {
      const places = this.#waiting.shift()
      if (places === undefined) break
      this.#send(places)
    }
    if (this.#underWay === 0 && !this.#isOver) this.#finish()
  }

  #send(places: readonly number[]): void {
    this.#underWay += 1
    const registrations = places.flatMap((place) => this.#registrations[place] ?? [])
    this.#service.register({ registrations, duplicates: 'found' }, (result) => {
      this.#underWay -= 1
      if (result.ok) this.#answered(places, result.value)
      else this.#failure = worse(this.#failure, result.failure)
      this.run()
    })
  }

  #answered(places: readonly number[], outcomes: readonly RegisterOutcome[]): void {
    this.#found += outcomes.reduce((letters, outcome) => letters + foundLetters(outcome), 0)
    const hasRoom = this.#found < notaryApiLimits.foundLettersMax
    const again: number[] = []
    for (const [nth, place] of places.entries()) {
      const outcome = outcomes[nth]
      // What is too long itself was not sent. The first is never left out, so each command tells of one more.
      const isLeftOut = nth > 0 && outcome?.kind === 'refused' && outcome.why === 'too-large'
      if (isLeftOut && hasRoom) again.push(place)
      else this.#outcomes[place] = outcome
    }
    if (again.length > 0) this.#waiting.push(again)
  }

  #finish(): void {
    this.#isOver = true
    const outcomes = this.#outcomes.flatMap((outcome) => outcome ?? [])
    if (this.#failure !== null) {
      const registered = outcomes.filter(({ kind }) => kind !== 'refused').length
      return this.#done({ kind: 'failed', failure: this.#failure, registered })
    }
    assert(outcomes.length === this.#registrations.length, 'a service answers for each registration')
    this.#done({ kind: 'done', outcomes })
  }
}

function foundLetters(outcome: RegisterOutcome): number {
  if (outcome.kind === 'refused' || outcome.kind === 'registered') return 0
  const { document } = outcome.record
  return document.kind === 'text' ? document.text.length : 0
}

/** Cuts what is not refused already into commands that are neither too many nor too heavy. */
function commandsOf(
  registrations: readonly Registration[],
  outcomes: readonly (RegisterOutcome | undefined)[],
): number[][] {
  const commands: number[][] = []
  let bytes = 0
  for (const [place, registration] of registrations.entries()) {
    if (outcomes[place] !== undefined) continue
    const weight = weightOf(registration)
    const last = commands.at(-1)
    const isFull =
      last === undefined ||
      last.length === notaryLimits.registrationsPerCommandMax ||
      bytes + weight > notaryApiLimits.commandBytesMax
    if (isFull) commands.push([place])
    else last.push(place)
    bytes = isFull ? weight : bytes + weight
  }
  return commands
}

/** No letter takes more than three bytes for each of its units. */
function weightOf({ document, title, registrant, id }: Registration): number {
  const texts = title.length + registrant.length + (id?.length ?? 0)
  return notaryApiLimits.registrationBytes + 3 * (texts + (document.kind === 'text' ? document.text.length : 0))
}
