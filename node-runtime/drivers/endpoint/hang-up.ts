import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type EndpointAnswer, endpointProblems } from '#ports/endpoint'

interface Asked {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/**
 * What was no request, or not in time. There is nobody to answer but the connection itself, and who has asked something
 * on it before would take this for the answer: so that comes first.
 */
export class HangUps {
  /** What was not answered yet, of each connection. */
  readonly #asked = new WeakMap<Socket, Set<Asked>>()
  readonly #hungUp = new WeakSet<Socket>()

  /** Of a server that was not heard from yet. */
  hear(server: Server): void {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const { socket } = request
      const all = this.#asked.get(socket) ?? new Set()
      const asked = { request, response }
      this.#asked.set(socket, all.add(asked))
      response.once('close', () => void all.delete(asked))
    })
  }

  readonly hangUp = (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (this.#hungUp.has(socket)) return
    this.#hungUp.add(socket)
    // Of which something is missing, that is what cannot be read.
    const before = [...(this.#asked.get(socket) ?? [])].filter(({ request }) => request.complete)
    const last = before.at(-1)
    if (last === undefined) tell(socket, problemOf(error))
    else last.response.once('finish', () => tell(socket, problemOf(error)))
  }
}

function problemOf({ code }: { readonly code?: string }): EndpointAnswer {
  const { halfAsked, longHeaders, garbled } = endpointProblems
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return halfAsked
  return code === 'HPE_HEADER_OVERFLOW' ? longHeaders : garbled
}

function tell(socket: Socket, problem: EndpointAnswer): void {
  if (socket.writable) socket.write(asBytes(problem))
  socket.destroySoon()
}

function asBytes({ status, headers, body }: EndpointAnswer): string {
  const text = String(body)
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(text), connection: 'close' })
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines.map(([name, value]) => `${name}: ${value}`)]
  return `${head.join('\r\n')}\r\n\r\n${text}`
}
