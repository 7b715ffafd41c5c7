import type { ForeignEvent, ForeignPage } from '#contract/worker/chat'
import { judge, type Observed } from '#dialects/chat/index'
import { Ring } from '#kit/ring'
import type { Clock } from '#ports/clock'

export const foreignLimits = {
  /** Messages that are kept, as they are shown. */
  keptMax: 2_000,
  /** A flood is counted, but not looked at: that would take the time of all others. */
  judgedPerSecondMax: 300,
  judgedBytesPerSecondMax: 1024 * 1024,
  /** Senders whose last clock is known. The one that was silent for longest is forgotten. */
  sendersMax: 1_000,
  perPageMax: 200,
  /** Of a sender's name as it is shown. */
  fromCharsMax: 64,
} as const

type Heard = Observed extends infer Each ? (Each extends unknown ? Omit<Each, 'clockBefore'> : never) : never

/** What foreign programs sent to a node lately, each message judged by the rules of its protocol. In memory only. */
export class ForeignLog {
  readonly #clock: Pick<Clock, 'now' | 'wall'>
  readonly #addresses: ForeignPage['addresses']
  readonly #kept = new Ring<ForeignEvent>(foreignLimits.keptMax)
  readonly #clocks = new Map<string, number>()
  #last = 0
  #second = 0
  #judged = 0
  #judgedBytes = 0

  constructor(clock: Pick<Clock, 'now' | 'wall'>, addresses: ForeignPage['addresses']) {
    this.#clock = clock
    this.#addresses = addresses
  }

  note(from: string, heard: Heard): void {
    this.#last += 1
    const bytes = heard.frames.reduce((sum, { length }) => sum + length, 0)
    if (!this.#mayJudge(bytes)) return
    const { at } = heard
    // Which of several servers answered, nobody can tell: their clocks are not held against each other.
    const sender = at === 'server' ? null : `${at} ${from}`
    const clockBefore = sender === null ? null : (this.#clocks.get(sender) ?? null)
    // The kinds of what is observed are the same with this field, which the compiler cannot see through `Omit`.
    const judged = judge({ ...heard, clockBefore } as Observed)
    if (sender !== null && judged.clock !== null) this.#keepClock(sender, judged.clock)
    const { dialect, codec, service, payload, answer, findings: rules } = judged
    const shown = from.slice(0, foreignLimits.fromCharsMax)
    const wallMs = this.#clock.wall()
    this.#kept.push({ number: this.#last, wallMs, at, from: shown, dialect, codec, service, payload, answer, rules })
  }

  /** `last`: where the next page begins. Whoever asks for more than there ever was has asked another life of this node. */
  page({ after, limit }: { readonly after: number; readonly limit: number }): ForeignPage {
    const from = after > this.#last ? 0 : after
    const later = [...this.#kept.newestFirst()].filter(({ number }) => number > from).reverse()
    const events = later.slice(0, Math.min(limit, foreignLimits.perPageMax))
    const last = events.length < later.length ? (events.at(-1)?.number ?? from) : this.#last
    return { addresses: this.#addresses, events, last, skipped: last - from - events.length }
  }

  #mayJudge(bytes: number): boolean {
    const second = Math.floor(this.#clock.now() / 1_000)
    if (second !== this.#second) [this.#second, this.#judged, this.#judgedBytes] = [second, 0, 0]
    this.#judged += 1
    this.#judgedBytes += bytes
    const { judgedPerSecondMax, judgedBytesPerSecondMax } = foreignLimits
    return this.#judged <= judgedPerSecondMax && this.#judgedBytes <= judgedBytesPerSecondMax
  }

  #keepClock(sender: string, clock: number): void {
    this.#clocks.delete(sender)
    this.#clocks.set(sender, clock)
    if (this.#clocks.size <= foreignLimits.sendersMax) return
    const [oldest] = this.#clocks.keys()
    if (oldest !== undefined) this.#clocks.delete(oldest)
  }
}
