import {
  decodeCatalogueAnswer,
  decodeCatalogueQueryAnswer,
  encodeCatalogueCommand,
  encodeCatalogueQuery,
} from '#cores/shop/index'
import { shopLimits } from '#cores/shop/limits'
import type { CatalogueAnswers, CatalogueDeed, CatalogueQuery } from '#cores/shop/messages'
import { fail, ok, type Result } from '#kit/result'
import type { Consistency, ReplicatedLog } from '#ports/replicated-log'
import type { CatalogueDone, ShopCatalogue } from '#ports/shop-catalogue'
import { Lanes } from '../replica/lanes.ts'

export const loggedCatalogueLimits = {
  /** Past that those who ask wait, and what waits becomes one command: the busier, the larger. */
  commandsUnderWayMax: 4,
  /** Deeds that wait. Past that: busy. */
  waitingMax: 8_192,
  /** Of a command, less what stands around its deeds. */
  bytesPerCommand: shopLimits.commandBytesMax - 4_096,
} as const

interface Job {
  readonly deeds: readonly CatalogueDeed[]
  readonly bytes: number
  readonly done: (result: Result<CatalogueDone>) => void
}

export interface LoggedCatalogueParts {
  readonly log: Pick<ReplicatedLog, 'openSession' | 'propose' | 'read'>
  readonly soon: (work: () => void) => void
}

/** The catalogue as a replicated log keeps it, whether the log is in this process or asked over the wire. */
export class LoggedCatalogue implements ShopCatalogue {
  readonly #parts: LoggedCatalogueParts
  readonly #lanes: Lanes
  readonly #waiting: Job[] = []
  #deeds = 0
  #underWay = 0
  #isDue = false

  constructor(parts: LoggedCatalogueParts) {
    this.#parts = parts
    const lanesMax = loggedCatalogueLimits.commandsUnderWayMax
    this.#lanes = new Lanes({ ...parts, lanesMax, waitingMax: lanesMax })
  }

  act(deeds: readonly CatalogueDeed[], done: (result: Result<CatalogueDone>) => void): void {
    const { soon } = this.#parts
    const bytes = deeds.reduce((sum, deed) => sum + weightOf(deed), 0)
    const { bytesPerCommand, waitingMax } = loggedCatalogueLimits
    if (deeds.length > shopLimits.deedsPerCommandMax || bytes > bytesPerCommand) {
      return soon(() => done(fail('too-large', 'deeds that fit into no command')))
    }
    if (this.#deeds + deeds.length > waitingMax) return soon(() => done(fail('busy', 'too many deeds wait already')))
    this.#deeds += deeds.length
    this.#waiting.push({ deeds, bytes, done })
    this.#flushSoon()
  }

  ask<Query extends CatalogueQuery>(
    query: Query,
    consistency: Consistency,
    done: (result: Result<CatalogueAnswers[Query['kind']]>) => void,
  ): void {
    this.#parts.log.read(encodeCatalogueQuery(query), consistency, (result) => {
      if (!result.ok) return done(result)
      const kind: Query['kind'] = query.kind
      const decoded = decodeCatalogueQueryAnswer(kind, result.value.answer)
      done(decoded === null ? fail('internal', `the catalogue answers ${kind} otherwise`) : ok(decoded.answer))
    })
  }

  #flushSoon(): void {
    if (this.#isDue || this.#waiting.length === 0) return
    this.#isDue = true
    this.#parts.soon(() => {
      this.#isDue = false
      while (this.#waiting.length > 0 && this.#underWay < loggedCatalogueLimits.commandsUnderWayMax) {
        this.#propose(this.#take())
      }
    })
  }

  /** From the front, as many as go into one command. */
  #take(): readonly Job[] {
    let bytes = 0
    let deeds = 0
    let count = 0
    for (const job of this.#waiting) {
      bytes += job.bytes
      deeds += job.deeds.length
      const isTooMuch = deeds > shopLimits.deedsPerCommandMax || bytes > loggedCatalogueLimits.bytesPerCommand
      if (count > 0 && isTooMuch) break
      count += 1
    }
    return this.#waiting.splice(0, count)
  }

  #propose(jobs: readonly Job[]): void {
    const deeds = jobs.flatMap((job) => job.deeds)
    this.#underWay += 1
    this.#lanes.propose(encodeCatalogueCommand({ deeds }), (result) => {
      this.#underWay -= 1
      this.#deeds -= deeds.length
      const answer = result.ok ? decodeCatalogueAnswer(result.value.answer) : null
      let from = 0
      for (const job of jobs) {
        const to = from + job.deeds.length
        if (!result.ok) job.done(result)
        else if (answer?.kind !== 'done') job.done(fail('internal', 'the catalogue took it for no command'))
        else job.done(ok({ outcomes: answer.outcomes.slice(from, to), position: result.value.index }))
        from = to
      }
      this.#flushSoon()
    })
  }
}

/** At most: no letter takes more than three bytes. */
function weightOf(deed: CatalogueDeed): number {
  if (deed.kind === 'reserve') return 160 + 32 * deed.lines.length
  const texts = Object.values(deed).filter((value) => typeof value === 'string')
  return 96 + texts.reduce((sum, text) => sum + 3 * text.length, 0)
}
