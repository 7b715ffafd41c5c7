import { acknowledgedSurvives } from '#check/acknowledged-survives'
import { atMostOnce } from '#check/at-most-once'
import { checkLinearizable } from '#check/linearizable'
import { type ListAnswer, type ListOp, list } from '#check/models/list'
import { HistoryRecorder } from '#check/recorder'
import { Random } from '#kit/random'
import { openCourseProgram } from './course-program.ts'
import type { NativeGuest } from './native-guest.ts'
import type { RealChat } from './real-chat.ts'

/** A channel is left alone after so many, while one page still holds all of it. */
const messagesPerChannel = 60
const saysUnderWay = 6
const programs = 3
/** Between two things that one of them does: the files of the course hold so many messages in the end. */
const restMsMax = 60

/** What desks and programs of the course say at once into channels of their own, and what they read meanwhile. */
export class RealLoad {
  readonly #chat: RealChat
  readonly #guests: readonly NativeGuest[]
  readonly #history = new HistoryRecorder<ListOp, ListAnswer>()
  readonly #random = new Random('load')
  readonly #channels: Promise<string>[] = []
  readonly #stops: (() => Promise<void>)[] = []
  readonly #ended: Promise<unknown>
  #said = 0
  #acknowledged = 0
  #isStopping = false
  #waiting: { readonly count: number; readonly done: () => void } | null = null

  constructor(chat: RealChat, guests: readonly NativeGuest[]) {
    this.#chat = chat
    this.#guests = guests
    const says = guests.flatMap((guest) => Array.from({ length: saysUnderWay }, (_, lane) => ({ guest, lane })))
    this.#ended = Promise.all([
      ...says.map(({ guest, lane }) => this.#live(`${guest.id}/${lane}`, (name) => this.#sayNatively(name, guest))),
      ...guests.map((guest) => this.#live(`${guest.id}/reads`, (name) => this.#read(name, guest, this.#anyKey()))),
      ...Array.from({ length: programs }, (_, number) => this.#beProgram(`program-${number + 1}`)),
    ])
  }

  get acknowledged(): number {
    return this.#acknowledged
  }

  /** So many more than now. */
  async further(count: number): Promise<void> {
    const reached = new Promise<void>((done) => {
      this.#waiting = { count: this.#acknowledged + count, done }
    })
    await Promise.race([reached, this.#ended])
  }

  /** When everything that was asked is answered. */
  async stop(): Promise<void> {
    this.#isStopping = true
    await this.#ended
    for (const stop of this.#stops) await stop()
  }

  /** Reads everything once more, and says what is wrong with what was told; the texts of each channel, in order. */
  async judged(): Promise<{
    readonly wrong: readonly string[]
    readonly finals: ReadonlyMap<string, readonly string[]>
  }> {
    const [guest] = this.#guests
    if (guest === undefined) throw new Error('nobody reads')
    const finals = new Map<string, readonly string[]>()
    for (const channel of this.#channels) {
      const key = await channel
      finals.set(key, await this.#read('last', guest, Promise.resolve(key)))
    }
    const history = this.#history.history()
    const verdict = checkLinearizable(list, history)
    const wrong = [
      verdict.kind === 'valid'
        ? null
        : verdict.kind === 'unknown'
          ? 'nobody can judge it'
          : verdict.counterExample.text,
      atMostOnce(history, finals),
      acknowledgedSurvives(history, finals),
    ]
    return { wrong: wrong.filter((one) => one !== null), finals }
  }

  async #live(name: string, does: (name: string) => Promise<unknown>): Promise<void> {
    const random = this.#random.fork(name)
    while (!this.#isStopping) {
      await does(name)
      await new Promise((resolve) => setTimeout(resolve, random.below(restMsMax)))
    }
  }

  /** A channel for the next message, which all are in. */
  #key(): Promise<string> {
    const index = Math.floor(this.#said / messagesPerChannel)
    this.#said += 1
    this.#channels[index] ??= this.#opened(`k${index}`)
    return this.#channels[index]
  }

  #anyKey(): Promise<string> {
    return this.#channels[this.#random.below(Math.max(1, this.#channels.length))] ?? this.#key()
  }

  async #opened(name: string): Promise<string> {
    const [first, ...others] = this.#guests
    await first?.does({ kind: 'create-channel', name, title: name, isPrivate: false, fence: null })
    for (const guest of others) await guest.does({ kind: 'join', channel: name })
    return name
  }

  async #sayNatively(name: string, guest: NativeGuest): Promise<void> {
    const key = await this.#key()
    const value = `${name} ${this.#said}`
    const token = this.#history.begin(name, key, { kind: 'append', value })
    await guest.does({ kind: 'say', to: { kind: 'channel', name: key }, text: value, replyTo: null, through: 'native' })
    this.#history.end(token, { kind: 'ok', answer: null })
    this.#counted()
  }

  async #read(name: string, guest: NativeGuest, channel: Promise<string>): Promise<readonly string[]> {
    const key = await channel
    const token = this.#history.begin(name, key, { kind: 'read' })
    const page = { from: 0, order: 'up', limit: 500 } as const
    const found = await guest.query({ kind: 'history', as: null, conversation: `c:${key}`, ...page })
    // Bots choose among all channels.
    const said = found?.messages.flatMap(({ author, text }) => (author.startsWith('bot-') ? [] : [text])) ?? []
    this.#history.end(token, { kind: 'ok', answer: said })
    return said
  }

  async #beProgram(name: string): Promise<void> {
    const program = await openCourseProgram(this.#chat.address('clients'), name.endsWith('1') ? 'json' : 'messagepack')
    this.#stops.push(() => program.close())
    await this.#live(name, async () => {
      const key = await this.#key()
      const value = `${name} ${this.#said}`
      const token = this.#history.begin(name, key, { kind: 'append', value })
      const reply = await program.ask({ kind: 'publish', user: name, channel: key, message: value })
      const isDone = reply?.isRefused === false
      // What is refused may have been done all the same, as far as a program can tell.
      this.#history.end(token, isDone ? { kind: 'ok', answer: null } : { kind: 'unknown' })
      if (isDone) this.#counted()
      else await program.ask({ kind: 'login', user: name })
    })
  }

  #counted(): void {
    this.#acknowledged += 1
    if (this.#waiting !== null && this.#acknowledged >= this.#waiting.count) this.#waiting.done()
  }
}
