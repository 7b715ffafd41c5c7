import { page, staffOnly, tooLong } from '#dialects/shop/index'
import type { EndpointAnswer, EndpointRequest, Handler } from '#ports/endpoint'
import { methodsOf, routerOf } from '../../api-router.ts'
import type { Route } from './route.ts'
import { shownAs } from './shown.ts'

/** All that one node of a shop answers, for any carrier of it. */
export function shopApi(routes: readonly Route[], staffToken: string | null): Handler {
  const find = routerOf(routes)
  return (request, answer) => {
    if (isTooLong(request)) return answer(shownAs(tooLong))
    const found = find(request.path)
    if (found === null) return answer(shownAs(page(404)))
    // Who carries the answer keeps the body of a HEAD back.
    const route = found.byMethod.get(request.method === 'HEAD' ? 'GET' : request.method)
    if (route === undefined) return answer(otherMethod(request.method, methodsOf(found)))
    if (route.isStaff && !isOfStaff(request, staffToken)) return answer(shownAs(staffOnly))
    route.serve({ request, places: found.places, answer })
  }
}

/** Far more than the longest order. */
const bodyBytesMax = 256 * 1024

export function isTooLong({ body }: EndpointRequest): boolean {
  return body.length > bodyBytesMax
}

function otherMethod(method: string, allow: string): EndpointAnswer {
  return method === 'OPTIONS' ? { status: 200, headers: { allow }, body: '' } : shownAs(page(405), { allow })
}

export function isOfStaff({ headers }: EndpointRequest, token: string | null): boolean {
  return token === null || areSame(headers.authorization ?? '', `Bearer ${token}`)
}

/** In a time that does not tell how much of it was right. */
function areSame(told: string, wanted: string): boolean {
  let different = told.length ^ wanted.length
  for (let index = 0; index < wanted.length; index += 1) {
    different |= wanted.charCodeAt(index) ^ told.charCodeAt(index % Math.max(1, told.length))
  }
  return different === 0
}
