import { encodeDeed } from '#cores/chat/index'
import { chatLimits } from '#cores/chat/limits'
import type { ChatCommand, ChatCommandAnswer, Deed, DeedOutcome } from '#cores/chat/messages'
import { fail, ok, type Result } from '#kit/result'

export interface GathererParts {
  readonly propose: (command: ChatCommand, done: (result: Result<ChatCommandAnswer>) => void) => void
  readonly head: () => Omit<ChatCommand, 'deeds'>
  readonly soon: (work: () => void) => void
}

export const gathererLimits = {
  /** Past that those who ask wait, and what waits becomes one command: the busier, the larger. */
  commandsUnderWayMax: 4,
  /** The same for one that is not full: each costs every server a write to its disk, be it small or large. */
  partialUnderWayMax: 1,
  /** A command is applied in one go, by every server, and nobody hears of a server meanwhile. */
  deedsPerCommand: 256,
  /** Of a command, less what stands around its deeds. */
  bytesPerCommand: chatLimits.commandBytesMax - 1_024,
  /** Deeds that wait or are under way. Past that: busy. */
  deedsMax: 8_192,
  bytesMax: 32 * 1024 * 1024,
} as const

interface Gathered {
  readonly deed: Deed
  readonly bytes: number
  readonly done: (result: Result<DeedOutcome>) => void
}

/** Turns what is asked in one moment into one command, and the answer of the command into theirs. */
export class Gatherer {
  readonly #parts: GathererParts
  readonly #waiting: Gathered[] = []
  #isFlushDue = false
  #underWay = 0
  #deeds = 0
  #bytes = 0

  constructor(parts: GathererParts) {
    this.#parts = parts
  }

  /** Deeds that wait or are under way. */
  get open(): number {
    return this.#deeds
  }

  act(deed: Deed, done: (result: Result<DeedOutcome>) => void): void {
    const { bytesPerCommand, deedsMax, bytesMax } = gathererLimits
    const bytes = weightOf(deed)
    if (bytes > bytesPerCommand) return this.#parts.soon(() => done(fail('too-large', 'a deed fits into no command')))
    if (this.#deeds >= deedsMax || this.#bytes + bytes > bytesMax) {
      return this.#parts.soon(() => done(fail('busy', 'too many deeds wait already')))
    }
    this.#deeds += 1
    this.#bytes += bytes
    this.#waiting.push({
      deed,
      bytes,
      done: (result) => {
        this.#deeds -= 1
        this.#bytes -= bytes
        done(result)
      },
    })
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
      const taken = this.#take()
      this.#underWay += 1
      this.#parts.propose({ ...this.#parts.head(), deeds: taken.map(({ deed }) => deed) }, (result) => {
        this.#underWay -= 1
        settle(taken, result)
        this.#flushSoon()
      })
    }
  }

  get #underWayMax(): number {
    const { deedsPerCommand, commandsUnderWayMax, partialUnderWayMax } = gathererLimits
    return this.#waiting.length >= deedsPerCommand ? commandsUnderWayMax : partialUnderWayMax
  }

  /** From the front, as many as go into one command. */
  #take(): readonly Gathered[] {
    let bytes = 0
    let count = 0
    for (const gathered of this.#waiting) {
      bytes += gathered.bytes
      if (count === gathererLimits.deedsPerCommand || bytes > gathererLimits.bytesPerCommand) break
      count += 1
    }
    return this.#waiting.splice(0, count)
  }
}

/** The answer to a command is the answers to its deeds. */
function settle(taken: readonly Gathered[], result: Result<ChatCommandAnswer>): void {
  const outcomes = result.ok && result.value.kind === 'done' ? result.value.outcomes : []
  const refusal = result.ok ? fail('internal', 'the chat answered something else') : result
  for (const [place, { done }] of taken.entries()) {
    const outcome = outcomes[place]
    done(outcome === undefined ? refusal : ok(outcome))
  }
}

/** At most, for what comes in thousands: no letter takes more than three bytes. Everything else is written to see. */
function weightOf(deed: Deed): number {
  const { what, actor } = deed
  if (what.kind !== 'say') return encodeDeed(deed).length
  const to = what.to.kind === 'conversation' ? what.to.conversation : what.to.name
  return 128 + 3 * (what.text.length + to.length + (actor?.length ?? 0))
}
