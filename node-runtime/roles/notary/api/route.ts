import type { NotaryDialect } from '#dialects/notary/index'
import type { Sha256 } from '#kit/sha256'
import type { EndpointAnswer, EndpointRequest } from '#ports/endpoint'
import type { NotaryService } from '../service.ts'
import type { Parameter } from './describe/parameters.ts'
import type { SchemaName } from './describe/schemas.ts'

export interface NotaryApiParts {
  readonly service: NotaryService
  readonly dialect: NotaryDialect
  readonly sha256: Sha256
}

/** One request on its way to its answer. */
export interface Asked {
  readonly parts: NotaryApiParts
  readonly request: EndpointRequest
  /** What stands in the places of the route's path, in their order. */
  readonly places: readonly string[]
  /** Called once. */
  readonly answer: (answer: EndpointAnswer) => void
}

/** Something that can be asked, and how it is described: both from here, so that neither can know more than the other. */
export interface Route {
  readonly method: 'GET' | 'POST'
  /** `{name}` is one part of the path, `{name...}` all the rest of it. */
  readonly path: string
  readonly about: string
  /** What any peer answers, and says how far behind it is; of its state it can be told to make sure. */
  readonly reads: 'state' | 'peer' | null
  readonly parameters: readonly Parameter[]
  readonly body: SchemaName | null
  readonly answers: readonly AnswerShape[]
  /** Statuses of RFC 9457 problems that may be answered instead, beside those that every read of the state has. */
  readonly problems: readonly number[]
  readonly serve: (asked: Asked) => void
}

export interface AnswerShape {
  readonly status: number
  readonly about: string
  readonly contentType: string
  /** null: no JSON. */
  readonly schema: SchemaName | null
}
