import type { EndpointAnswer, EndpointRequest } from '#ports/endpoint'

/** One request on its way to its answer. */
export interface Asked {
  readonly request: EndpointRequest
  /** What stands in the places of the route's path, in their order. */
  readonly places: readonly string[]
  /** Called once. */
  readonly answer: (answer: EndpointAnswer) => void
}

/** Something that can be asked, and how it is described: both from here, so that neither can know more than the other. */
export interface RouteOf<Parts> extends RouteFacts {
  readonly serve: (asked: Asked, parts: Parts) => void
}

/** With all that its node has for it. */
export interface Route extends RouteFacts {
  readonly serve: (asked: Asked) => void
}

export function routesWith<Parts>(parts: Parts, routes: readonly RouteOf<Parts>[]): readonly Route[] {
  return routes.map((route) => ({ ...route, serve: (asked) => route.serve(asked, parts) }))
}

export interface RouteFacts {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `{name}` is one part of the path. */
  readonly path: string
  readonly about: string
  /** Only for the staff, where others than this machine can ask. */
  readonly isStaff: boolean
  /** Of the query, each with what it means. */
  readonly query: Readonly<Record<string, string>>
  /** What is sent, as an example; null: nothing. */
  readonly body: Readonly<Record<string, unknown>> | null
  /** By status. */
  readonly answers: Readonly<Record<number, string>>
}
