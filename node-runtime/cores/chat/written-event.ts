import { assert } from '#kit/assert'
import { ByteReader } from '#kit/bytes'
import { decodeChatEvent, encodeChatEvent, feedAt, messageByte, positionAt } from './event-codec.ts'
import type { ChatEvent } from './messages.ts'

/**
 * An event as one of our own wrote it. It is taken apart when somebody asks for more than its place: a server hands most
 * on as they are, and only keeps others.
 */
export class WrittenEvent implements ChatEvent {
  readonly bytes: Uint8Array
  #event: ChatEvent | null = null

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get isMessage(): boolean {
    return this.bytes[0] === messageByte
  }

  get position(): number {
    return new ByteReader(this.bytes.subarray(positionAt)).count()
  }

  get feed(): ChatEvent['feed'] {
    return new ByteReader(this.bytes.subarray(feedAt)).text()
  }

  get number(): number {
    return this.plain.number
  }

  get deed(): ChatEvent['deed'] {
    return this.plain.deed
  }

  get atMs(): number {
    return this.plain.atMs
  }

  get lamport(): number {
    return this.plain.lamport
  }

  get logIndex(): number {
    return this.plain.logIndex
  }

  get what(): ChatEvent['what'] {
    return this.plain.what
  }

  get plain(): ChatEvent {
    this.#event ??= decodeChatEvent(this.bytes)
    assert(this.#event !== null, 'what was written as an event is one')
    return this.#event
  }
}

export function bytesOfEvent(event: ChatEvent): Uint8Array {
  return event instanceof WrittenEvent ? event.bytes : encodeChatEvent(event)
}
