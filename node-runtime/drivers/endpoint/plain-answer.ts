import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { assert } from '#kit/assert'
import type { EndpointAnswer } from '#ports/endpoint'
import type { Sink } from './give-answer.ts'

/** Status line and headers, as Node would write them, with the empty line behind them. */
export function headOf(
  { status, headers }: EndpointAnswer,
  { length, connection }: { readonly length: number | 'chunked'; readonly connection: string },
): string {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`
  for (const name in headers) {
    const value = headers[name] ?? ''
    assert(isValue.test(value), `a header ${name} that fits into a line`)
    head += `${name}: ${value}\r\n`
  }
  if (length === 'chunked') head += 'Transfer-Encoding: chunked\r\n'
  else if (status !== 204 && status !== 304) head += `content-length: ${length}\r\n`
  return `${head}Date: ${dateNow()}\r\n${connection}\r\n\r\n`
}

const isValue = /^[\t -~]*$/

/** Whole seconds are all that it tells, so it is written once in each. */
function dateNow(): string {
  const second = Math.floor(Date.now() / 1_000)
  if (second !== date.second) date = { second, text: new Date(second * 1_000).toUTCString() }
  return date.text
}

let date = { second: -1, text: '' }

/** A body of unknown length on its way, in chunks. */
export class ChunkedBody implements Sink {
  readonly #socket: Socket
  readonly #done: () => void

  constructor(socket: Socket, done: () => void) {
    this.#socket = socket
    this.#done = done
  }

  get destroyed(): boolean {
    return this.#socket.destroyed
  }

  destroy(): void {
    this.#socket.destroy()
  }

  write(piece: string | Uint8Array): boolean {
    const length = Buffer.byteLength(piece)
    // A chunk without bytes would be the end.
    if (length === 0) return true
    this.#socket.cork()
    this.#socket.write(`${length.toString(16)}\r\n`, 'latin1')
    this.#socket.write(piece)
    const isTaken = this.#socket.write('\r\n', 'latin1')
    this.#socket.uncork()
    return isTaken
  }

  once(event: 'drain', listener: () => void): void {
    this.#socket.once(event, listener)
  }

  end(): void {
    this.#socket.write('0\r\n\r\n', 'latin1')
    this.#done()
  }
}
