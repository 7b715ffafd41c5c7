import { encodeText } from '#kit/bytes'
import type { EndpointRequest } from '#ports/endpoint'

const nothing = new Uint8Array(0)

type Pairs = Readonly<Record<string, string | null>>

/** What is null is not said. */
export function get(path: string, query: Pairs = {}, headers: Pairs = {}): EndpointRequest {
  return { method: 'GET', path, query: new Map(said(query)), headers: Object.fromEntries(said(headers)), body: nothing }
}

export function send(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  { json, key = null }: { readonly json?: unknown; readonly key?: string | null } = {},
): EndpointRequest {
  const headers = said({
    'content-type': json === undefined ? null : 'application/json',
    'idempotency-key': key,
  })
  const body = json === undefined ? nothing : encodeText(JSON.stringify(json))
  return { method, path, query: new Map(), headers: Object.fromEntries(headers), body }
}

export function withHeaders(request: EndpointRequest, headers: Pairs): EndpointRequest {
  return { ...request, headers: { ...request.headers, ...Object.fromEntries(said(headers)) } }
}

function said(pairs: Pairs): readonly (readonly [string, string])[] {
  return Object.entries(pairs).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
}
