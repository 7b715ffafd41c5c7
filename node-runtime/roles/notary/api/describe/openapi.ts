import { problemType } from '../problems.ts'
import type { Route } from '../route.ts'
import { consistency, type Parameter } from './parameters.ts'
import { ref, schemas } from './schemas.ts'

type Json = Readonly<Record<string, unknown>>

/** OpenAPI 3.1, made of the routes that are served. */
export function openApiOf(routes: readonly Route[]): Json {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = shownPath(route)
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Colmeia notary',
      version: '1',
      description: 'What one peer of a notary answers. Only the leader registers; every peer answers reads.',
    },
    paths,
    components: { schemas },
  }
}

/** The document has no way to say that a place takes the rest of a path. */
export function shownPath({ path }: Pick<Route, 'path'>): string {
  return path.replaceAll('...}', '}')
}

export function parametersOf({ parameters, reads }: Route): readonly Parameter[] {
  return reads === 'state' ? [...parameters, consistency] : parameters
}

/** A state can be asked for in a word that is no consistency, be asked to make sure where it cannot, and not be ready. */
export function problemsOf({ problems, reads }: Route): readonly number[] {
  return reads === 'state' ? [...problems, 400, 403, 503, 504] : problems
}

function operationOf(route: Route): Json {
  const { body } = route
  return {
    summary: route.about,
    parameters: parametersOf(route).map((parameter) => ({
      name: parameter.name,
      in: parameter.in,
      description: parameter.about,
      required: parameter.isRequired,
      schema: parameter.schema,
    })),
    ...(body === null
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: ref(body) } } } }),
    responses: responsesOf(route),
  }
}

function responsesOf(route: Route): Json {
  const responses: Record<string, { description: string; headers?: Json; content: Record<string, Json> }> = {}
  for (const { status, about, contentType, schema } of route.answers) {
    const known = responses[status]
    responses[status] = {
      description: known === undefined ? about : `${known.description} ${about}`,
      ...(route.reads !== null && status === 200 ? { headers: readHeaders } : {}),
      content: { ...known?.content, [contentType]: schema === null ? {} : { schema: ref(schema) } },
    }
  }
  for (const status of problemsOf(route)) {
    const known = responses[status]
    responses[status] = {
      description: known?.description ?? 'A problem, with its code.',
      content: { ...known?.content, [problemType]: { schema: ref('Problem') } },
    }
  }
  return responses
}

const readHeaders = {
  'colmeia-node': { description: 'Who answered.', schema: { type: 'string' } },
  'colmeia-lag-entries': {
    description: 'Entries that this peer knows to be committed and has not applied yet; unknown: it hears no leader.',
    schema: { type: 'string', pattern: '^([0-9]+|unknown)$' },
  },
}
