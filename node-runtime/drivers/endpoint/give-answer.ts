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

/** As fast as the other side reads, and no faster: what it does not read, we need not have. */
function pour(response: ServerResponse, pieces: Pieces): void {
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
        if (response.destroyed) return
        if (!piece.ok) response.destroy()
        else if (piece.value === null) response.end()
        else if (response.write(piece.value)) pull()
        else response.once('drain', pull)
      })
    }
    isPulling = false
  }
  pull()
}
