import { htmlType, jsonType } from '#dialects/shop/index'
import type { Route, RouteFacts } from './route.ts'

/** All routes, with those that describe them. `facts`: of nodes behind this one too. */
export function withDescription(routes: readonly Route[], facts: readonly RouteFacts[] = []): readonly Route[] {
  const common = { method: 'GET', isStaff: false, query: {}, body: null } as const
  const own: readonly Route[] = [
    {
      ...common,
      path: '/api/v1',
      about: 'This page.',
      answers: { 200: 'A page for people.' },
      serve: ({ answer }) => answer({ status: 200, headers: { 'content-type': htmlType }, body: pageOf(described) }),
    },
    {
      ...common,
      path: '/api/v1/openapi.json',
      about: 'All that is served here, as OpenAPI 3.1.',
      answers: { 200: 'The document.' },
      serve: ({ answer }) =>
        answer({ status: 200, headers: { 'content-type': jsonType }, body: JSON.stringify(openApiOf(described)) }),
    },
  ]
  const described: readonly RouteFacts[] = [...facts, ...routes, ...own]
  return [...routes, ...own]
}

export function openApiOf(routes: readonly RouteFacts[]): unknown {
  const paths = new Map<string, Record<string, unknown>>()
  for (const route of routes) {
    const known = paths.get(route.path) ?? {}
    paths.set(route.path, { ...known, [route.method.toLowerCase()]: operationOf(route) })
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Colmeia: the shop', version: '1' },
    paths: Object.fromEntries(paths),
    components: { securitySchemes: { staff: { type: 'http', scheme: 'bearer' } } },
  }
}

function operationOf({ path, about, isStaff, query, body, answers }: RouteFacts): unknown {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
  }))
  const inQuery = Object.entries(query).map(([name, description]) => ({
    ...{ name, in: 'query', description, schema: { type: 'string' } },
  }))
  const content = { [jsonType]: { schema: { type: 'object' }, example: body } }
  return {
    summary: about,
    parameters: [...inPath, ...inQuery],
    ...(body === null ? {} : { requestBody: { required: true, content } }),
    ...(isStaff ? { security: [{ staff: [] }] } : {}),
    responses: Object.fromEntries(Object.entries(answers).map(([status, description]) => [status, { description }])),
  }
}

function pageOf(routes: readonly RouteFacts[]): string {
  const rows = routes.map(
    ({ method, path, about, answers }) =>
      `<tr><td>${method}</td><td><code>${path}</code></td><td>${about}</td><td>${Object.entries(answers)
        .map(([status, meaning]) => `${status}: ${meaning}`)
        .join('<br>')}</td></tr>`,
  )
  return `<!doctype html>\n<html lang="en">\n<title>The shop's API</title>\n<h1>The shop's API</h1>\n<p>As OpenAPI: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a></p>\n<table>\n${rows.join('\n')}\n</table>\n`
}
