import type { IncomingMessage } from 'node:http'
import type { EndpointRequest } from '#ports/endpoint'

const noQuery: ReadonlyMap<string, string> = new Map()
const noBody = new Uint8Array()

/** null: what it asks for cannot be read. */
export function readRequest(
  { method, url, headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: Uint8Array | undefined,
): EndpointRequest | null {
  const asked = url ?? ''
  const mark = asked.indexOf('?')
  const path = decoded(mark < 0 ? asked : asked.slice(0, mark))
  if (path === null) return null
  const query = mark < 0 ? noQuery : new Map(new URLSearchParams(asked.slice(mark + 1)))
  // Only set-cookie is ever a list, which a request has no business to bring.
  const named = headers as Readonly<Record<string, string | undefined>>
  return { method: method ?? '', path, query, headers: named, body: body ?? noBody }
}

function decoded(path: string): string | null {
  if (!path.includes('%')) return path
  try {
    return decodeURIComponent(path)
  } catch {
    // Signs of percent that are no UTF-8.
    return null
  }
}
