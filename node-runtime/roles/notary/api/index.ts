import type { NotaryDialect } from '#dialects/notary/index'
import { page } from '#dialects/notary/index'
import type { EndpointAnswer, Handler } from '#ports/endpoint'
import { type Found, methodsOf, routerOf } from '../../api-router.ts'
import { consistencyProblem } from './asking.ts'
import { chainRoutes } from './chain-routes.ts'
import { withDescription } from './describe-routes.ts'
import { dialectRoutes, shownAs } from './dialect-routes.ts'
import { documentRoutes } from './document-routes.ts'
import { problem } from './problems.ts'
import { proofRoutes } from './proof-routes.ts'
import { receiptRoutes } from './receipt-routes.ts'
import { registerRoutes } from './register-routes.ts'
import type { NotaryApiParts, Route } from './route.ts'
import { statusRoutes } from './status-routes.ts'
import { tileRoutes } from './tile-routes.ts'

export type { NotaryApiParts } from './route.ts'

/** All that a peer of a notary answers over HTTP, for any carrier of it. */
export function notaryApi(parts: NotaryApiParts): Handler {
  const find = routerOf(notaryRoutes(parts.dialect))
  return (request, answer) => {
    const { method, path } = request
    const found = find(path)
    if (found === null) return answer(noPath(path))
    // Who carries the answer keeps the body of a HEAD back.
    const route = found.byMethod.get(method === 'HEAD' ? 'GET' : method)
    if (route === undefined) return answer(otherMethod(method, { path, found }))
    const asked = { parts, request, places: found.places, answer }
    const refusal = route.reads === 'state' ? consistencyProblem(asked) : null
    if (refusal === null) route.serve(asked)
    else answer(refusal)
  }
}

export function notaryRoutes(dialect: NotaryDialect): readonly Route[] {
  return withDescription([
    ...dialectRoutes(dialect),
    ...registerRoutes,
    ...documentRoutes,
    ...chainRoutes,
    ...proofRoutes,
    ...receiptRoutes,
    ...tileRoutes,
    ...statusRoutes,
  ])
}

/** Below these, refusals are for programs; elsewhere the dialects' pages. */
function isOurs(path: string): boolean {
  return path.startsWith('/api/') || path.startsWith('/tile/') || path === '/checkpoint'
}

function noPath(path: string): EndpointAnswer {
  if (!isOurs(path)) return shownAs(page(404))
  return problem({ code: 'unknown-call', detail: 'nothing is served under this address; see /api/v1' })
}

function otherMethod(
  method: string,
  { path, found }: { readonly path: string; readonly found: Found<Route> },
): EndpointAnswer {
  const allow = methodsOf(found)
  if (method === 'OPTIONS') return { status: 200, headers: { allow }, body: '' }
  const refusal = isOurs(path)
    ? problem({
        code: 'unknown-call',
        status: 405,
        title: 'Not by this method',
        detail: `${method} does nothing here; this address takes ${allow}`,
      })
    : shownAs(page(405))
  return { ...refusal, headers: { ...refusal.headers, allow } }
}
