import type { ChatEvent, Message } from '#cores/chat/messages'
import type { Stop } from '#kit/stop-stack'
import type { EventFeed } from './feed.ts'
import type { PlaceOf } from './places.ts'
import { type Stretch, Tail } from './tail.ts'

/** What is kept of one conversation whose feed is followed. */
export class Room {
  readonly feed: EventFeed
  readonly #placeOf: PlaceOf
  readonly #stops: readonly Stop[]
  #tail: Tail | null = null
  /** What happened while its newest messages were asked for: the answer may be from before. */
  #during: ChatEvent[] | null = null
  /** How far others have read: places, by name. */
  #read: ReadonlyMap<string, string> = new Map()

  constructor(feed: EventFeed, placeOf: PlaceOf, stops: readonly Stop[]) {
    this.feed = feed
    this.#placeOf = placeOf
    this.#stops = stops
  }

  get tail(): Tail | null {
    return this.#tail
  }

  /** Before the newest messages are asked for. */
  beginLoad(): void {
    this.#during ??= []
  }

  load(stretch: Stretch): void {
    this.#tail = new Tail(stretch, this.#placeOf)
    for (const event of this.#during ?? []) this.#keep(event)
    this.#during = null
  }

  /** The message as it stands after this; null: it is none, or one that is not here. */
  hear(event: ChatEvent): Message | null {
    this.#during?.push(event)
    return this.#keep(event)
  }

  /** Found when it was looked for. True: it belongs among the newest, and was not known. */
  learn(message: Message): boolean {
    if (this.#tail === null || this.#tail.find(message.id) !== null) return false
    this.#tail.add(message)
    return this.#tail.find(message.id) !== null
  }

  /**
   * Where the oldest of the newest is news, others may be missing above it: what is kept begins with it. False: there is no
   * hole.
   */
  beginsAnew(newest: Pick<Stretch, 'messages' | 'isBeginning'>): boolean {
    const [oldest] = newest.messages
    const tail = this.#tail
    if (tail === null || oldest === undefined || newest.isBeginning || tail.find(oldest.id) !== null) return false
    const place = this.#placeOf(oldest)
    if (!tail.isBeginning && tail.upTo(place) === null) return false
    this.#tail = new Tail(newest, this.#placeOf)
    // Whoever was asked may not have what another one has told.
    for (const message of tail.all) if (this.#placeOf(message) > place) this.#tail.add(message)
    return true
  }

  /** It has to be asked for anew. */
  forget(): void {
    this.#tail = null
  }

  /** How many others have read so far. */
  readersOf(place: string): number {
    return countOf(this.#read, place)
  }

  /** Own messages of which more is known now. */
  learnRead(read: ReadonlyMap<string, string>, author: string): readonly Message[] {
    const before = this.#read
    this.#read = read
    return (this.#tail?.all ?? []).filter((message) => {
      const place = this.#placeOf(message)
      return message.author === author && countOf(before, place) !== countOf(read, place)
    })
  }

  stop(): void {
    this.feed.stop()
    for (const stop of this.#stops) void stop()
  }

  #keep(event: ChatEvent): Message | null {
    if (event.what.kind !== 'message') return this.#tail?.change(event) ?? null
    this.#tail?.add(event.what.message)
    return event.what.message
  }
}

function countOf(read: ReadonlyMap<string, string>, place: string): number {
  let readers = 0
  for (const one of read.values()) if (one >= place) readers += 1
  return readers
}
