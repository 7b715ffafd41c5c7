import type { ServerResponse } from 'node:http'
import type { EndpointAnswer, Pieces } from '#ports/endpoint'

/** Node keeps the body back by itself where none may be: for HEAD, 204 and 304. */
export function giveAnswer(response: ServerResponse, { status, headers, body }: EndpointAnswer): void {
  if (response.destroyed || response.headersSent) return
  if (typeof body === 'string' || body instanceof Uint8Array) {
    const length = status === 204 || status === 304 ? {} : { 'content-length': Buffer.byteLength(body) }
    response.writeHead(status, { ...headers, ...length })
    response.end(body)
    return
  }
  response.writeHead(status, headers)
  if (response.req.method === 'HEAD') response.end()
  else pour(response, body)
}

/** Where a long body goes. */
export interface Sink {
  readonly destroyed: boolean
  /** False: the other side does not read as fast; `drain` says when it does. */
  write(piece: string | Uint8Array): boolean
  once(event: 'drain', listener: () => void): unknown
  end(): unknown
  destroy(): unknown
}

/** As fast as the other side reads, and no faster: what it does not read, we need not have. */
export function pour(sink: Sink, pieces: Pieces): void {
  let isPulling = false
  let isWanted = false
  // In a loop, not by calling itself: many pieces may come at once.
  const pull = (): void => {
    isWanted = true
    if (isPulling) return
    isPulling = true
    while (isWanted) {
      isWanted = false
      pieces.next((piece) => {
        if (sink.destroyed) return
        if (!piece.ok) sink.destroy()
        else if (piece.value === null) sink.end()
        else if (sink.write(piece.value)) pull()
        else sink.once('drain', pull)
      })
    }
    isPulling = false
  }
  pull()
}
