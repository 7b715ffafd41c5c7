import type { EndpointRequest } from '#ports/endpoint'

const encoder = new TextEncoder()
const nothing = new Uint8Array(0)
const root = '/api/v1'

export function get(path: string, query: Readonly<Record<string, string>> = {}): EndpointRequest {
  return { method: 'GET', path: `${root}${path}`, query: new Map(Object.entries(query)), headers: {}, body: nothing }
}

export function post(path: string, json: unknown): EndpointRequest {
  return {
    method: 'POST',
    path: `${root}${path}`,
    query: new Map(),
    headers: { 'content-type': 'application/json' },
    body: encoder.encode(JSON.stringify(json)),
  }
}
