import { type CourseAsk, type CourseReply, courseRequest, readReply } from '#dialects/chat/index'
import type { NodeId } from '#kit/ids'
import type { Post } from '../../post.ts'
import type { NodePorts } from '../../role.ts'
import { decodeReference, encodeReference, referenceWire } from './wire.ts'

/** Several within the time after which the reference takes a silent server for gone. */
const beatEveryMs = 3_000

interface AtReferenceParts {
  readonly self: NodeId
  readonly reference: NodeId
  readonly post: Post
  readonly ports: Pick<NodePorts, 'clock' | 'lamport' | 'onChange'>
}

/** One of our servers at the reference: it says that it is here, and knows its rank and who else is. Best effort. */
export class AtReference {
  readonly #parts: AtReferenceParts
  #rank: number | null = null
  #servers: readonly { readonly name: string; readonly rank: number }[] = []
  #dueMs = 0

  constructor(parts: AtReferenceParts) {
    this.#parts = parts
    parts.post.read([referenceWire.answer], ({ from, body }) => {
      const reply = from === parts.reference ? readReply(decodeReference(body)?.frame ?? new Uint8Array(0)) : null
      if (reply === null) return 'malformed'
      this.#hears(reply)
      return null
    })
  }

  /** null: the reference has not said it in this life. */
  get rank(): number | null {
    return this.#rank
  }

  /** As it was told last, smallest rank first, itself among them. */
  get servers(): readonly { readonly name: string; readonly rank: number }[] {
    return this.#servers
  }

  /** While the node is awake. */
  tick(): void {
    const nowMs = this.#parts.ports.clock.now()
    if (nowMs < this.#dueMs) return
    this.#dueMs = nowMs + beatEveryMs
    const { self } = this.#parts
    this.#ask(this.#rank === null ? { kind: 'rank', user: self } : { kind: 'heartbeat', user: self })
    this.#ask({ kind: 'list' })
  }

  #ask(ask: CourseAsk): void {
    const { post, reference, ports } = this.#parts
    const stamp = { atMs: ports.clock.wall(), clock: ports.lamport.beforeSend() }
    const frame = courseRequest('messagepack', ask, stamp)
    post.send(reference, { kind: referenceWire.ask, body: encodeReference({ ref: 0, frame }), cause: null })
  }

  /** What it was asked for stands in the answer itself. */
  #hears({ rank, servers }: CourseReply): void {
    if (rank !== null) this.#rank = rank
    if (servers !== null) {
      this.#servers = servers.toSorted((one, other) => one.rank - other.rank)
      // A reference that lost its disk gave everybody another one.
      this.#rank = servers.find(({ name }) => name === this.#parts.self)?.rank ?? this.#rank
    }
    this.#parts.ports.onChange()
  }
}
