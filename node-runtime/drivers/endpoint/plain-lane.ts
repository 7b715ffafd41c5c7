import type { Socket } from 'node:net'
import type { EndpointAnswer } from '#ports/endpoint'
import type { Door } from './door.ts'
import { pour } from './give-answer.ts'
import type { Limits } from './limits.ts'
import { ChunkedBody, headOf } from './plain-answer.ts'
import { type PlainHead, readPlainHead } from './plain-head.ts'
import { readRequest } from './read-request.ts'

export interface LaneParts {
  readonly socket: Socket
  readonly door: Door
  readonly limits: Limits
  /** Takes over a connection, with what it has said and nobody has read. */
  readonly handOn: () => void
}

/**
 * Serves a connection as long as each of its requests comes whole, in one piece and in plain words, one after the other:
 * so come those of a busy program, and Node's way for all that HTTP can be takes twice as long. The first that is
 * anything else goes that way, and so does the connection from there on.
 */
export class PlainLane {
  readonly #parts: LaneParts
  readonly #keepAlive: string
  #isAsked = false
  #isPouring = false
  /** The endpoint is about to close. */
  #isLast = false
  /** What came before the answer was out: it has to wait. */
  #held: Buffer | null = null

  constructor(parts: LaneParts) {
    this.#parts = parts
    const { socket, limits } = parts
    this.#keepAlive = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(limits.idleMs / 1_000)}`
    socket.setTimeout(limits.idleMs)
    socket.on('data', this.#heard).on('end', this.#ended).on('timeout', this.#timedOut).on('error', ignore)
  }

  /** What is under way is answered still. */
  close(): void {
    this.#isLast = true
    if (!this.#isAsked) this.#parts.socket.destroy()
  }

  cut(): void {
    this.#parts.socket.destroy()
  }

  readonly #heard = (chunk: Buffer): void => {
    const { socket } = this.#parts
    if (this.#isAsked) {
      this.#held = this.#held === null ? chunk : Buffer.concat([this.#held, chunk])
      socket.pause()
      return
    }
    const head = chunk.length > bytesMax ? null : readPlainHead(chunk.toString('latin1'))
    if (head === null || head.headBytes + head.bodyBytes !== chunk.length) return this.#handOn(chunk)
    this.#ask(head, chunk.subarray(head.headBytes))
  }

  #ask(head: PlainHead, body: Uint8Array): void {
    const { socket, door } = this.#parts
    this.#isAsked = true
    const entered = door.admit(head)
    if (typeof entered !== 'function') return this.#answer(entered, () => {})
    let forget = (): void => {}
    const leave = (): void => {
      forget()
      entered()
    }
    // Whatever becomes of it, one of these two is its end.
    socket.once('close', leave)
    const answered = (): void => {
      socket.off('close', leave)
      leave()
    }
    forget = door.hand(readRequest(head, body), (answer) => this.#answer(answer, answered))
  }

  #answer(answer: EndpointAnswer, end: () => void): void {
    const { socket, limits } = this.#parts
    if (!socket.writable) return
    const { body } = answer
    const connection = this.#isLast ? 'Connection: close' : this.#keepAlive
    const answered = (): void => {
      end()
      this.#answered()
    }
    if (typeof body === 'string') {
      const length = Buffer.byteLength(body)
      const text = headOf(answer, { length, connection }) + body
      // Letters of ASCII only, as nearly always: then there is nothing to be turned into bytes first.
      socket.write(text, length === body.length ? 'latin1' : 'utf8')
      answered()
    } else if (body instanceof Uint8Array) {
      socket.cork()
      socket.write(headOf(answer, { length: body.length, connection }), 'latin1')
      socket.write(body)
      socket.uncork()
      answered()
    } else {
      this.#isPouring = true
      socket.setTimeout(limits.stillMs)
      socket.write(headOf(answer, { length: 'chunked', connection }), 'latin1')
      pour(new ChunkedBody(socket, answered), body)
    }
  }

  #answered(): void {
    const { socket, limits } = this.#parts
    if (this.#isPouring) socket.setTimeout(limits.idleMs)
    this.#isPouring = false
    this.#isAsked = false
    if (this.#isLast) return void socket.end()
    const held = this.#held
    if (held === null) return
    this.#held = null
    socket.resume()
    this.#heard(held)
  }

  #handOn(chunk: Buffer): void {
    const { socket, handOn } = this.#parts
    socket.off('data', this.#heard).off('end', this.#ended).off('timeout', this.#timedOut).off('error', ignore)
    socket.setTimeout(0)
    socket.pause()
    socket.unshift(chunk)
    handOn()
    socket.resume()
  }

  /** Who says nothing more does not wait for an answer either, by Node's lights. */
  readonly #ended = (): void => void this.#parts.socket.end()

  readonly #timedOut = (): void => {
    // Somebody who waits for our answer has every reason to be silent.
    if (!this.#isAsked || this.#isPouring) this.#parts.socket.destroy()
  }
}

/** A connection that breaks is closed, and that is told by itself. */
function ignore(): void {}

/** Node takes no longer head, and who sends a longer body has time. */
const bytesMax = 16 * 1024
