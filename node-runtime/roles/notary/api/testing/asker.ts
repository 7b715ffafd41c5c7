import type { NotaryDialect } from '#dialects/notary/index'
import { plainSha256 } from '#kit/sha256'
import type { EndpointAnswer, EndpointRequest, Handler } from '#ports/endpoint'
import { notaryApi } from '../index.ts'
import type { FakePeer } from './fake-notary.ts'

export interface Heard {
  readonly status: number
  readonly headers: EndpointAnswer['headers']
  readonly body: string
  readonly bytes: Uint8Array
  readonly json: () => unknown
}

export interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A text goes as it is, anything else as JSON. */
  readonly body?: unknown
}

export function handlerOf(peer: FakePeer, dialect: NotaryDialect = 'B'): Handler {
  return notaryApi({ service: peer, dialect, sha256: plainSha256 })
}

/** Asks as an HTTP server would, and waits for the whole answer. */
export function asker(handler: Handler): (address: string, question?: Question) => Promise<Heard> {
  return (address, { method, headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const json = body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }
      const request = requestOf(address, { method: method ?? (body === undefined ? 'GET' : 'POST') })
      const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
      handler({ ...request, headers: { ...json, ...headers }, body: encoder.encode(text) }, (answer) => {
        wholeBody(answer.body).then((bytes) => {
          const heard = decoder.decode(bytes)
          const { status } = answer
          resolve({ status, headers: answer.headers, body: heard, bytes, json: () => JSON.parse(heard) })
        }, reject)
      })
    })
}

export function requestOf(address: string, { method }: { readonly method: string }): EndpointRequest {
  const { pathname, searchParams } = new URL(address, 'http://peer')
  return {
    method,
    path: decodeURIComponent(pathname),
    query: new Map(searchParams),
    headers: {},
    body: new Uint8Array(0),
  }
}

async function wholeBody(body: EndpointAnswer['body']): Promise<Uint8Array> {
  if (typeof body === 'string') return encoder.encode(body)
  if (body instanceof Uint8Array) return body
  const pieces: Uint8Array[] = []
  for (;;) {
    const piece = await new Promise<string | Uint8Array | null>((resolve, reject) => {
      body.next((given) => (given.ok ? resolve(given.value) : reject(new Error(`broken off: ${given.failure.code}`))))
    })
    if (piece === null) return Buffer.concat(pieces)
    pieces.push(typeof piece === 'string' ? encoder.encode(piece) : piece)
  }
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
