import { htmlType, jsonType } from '#dialects/notary/index'
import { openApiOf } from './describe/openapi.ts'
import { pageOf } from './describe/page.ts'
import type { Route } from './route.ts'

/** All routes, with those that describe them. */
export function withDescription(routes: readonly Route[]): readonly Route[] {
  // Made when somebody asks: a peer that is never asked is spared the work.
  let openApi: string | null = null
  let page: string | null = null
  const common = { method: 'GET', reads: null, parameters: [], body: null, problems: [] } as const
  const all: readonly Route[] = [
    ...routes,
    {
      ...common,
      path: '/api/v1',
      about: 'This page.',
      answers: [{ status: 200, about: 'A page for people.', contentType: htmlType, schema: null }],
      serve: ({ answer }) => {
        page ??= pageOf(all)
        answer({ status: 200, headers: { 'content-type': htmlType }, body: page })
      },
    },
    {
      ...common,
      path: '/api/v1/openapi.json',
      about: 'All that is served here, as OpenAPI 3.1.',
      answers: [{ status: 200, about: 'The document.', contentType: jsonType, schema: 'OpenApi' }],
      serve: ({ answer }) => {
        openApi ??= JSON.stringify(openApiOf(all))
        answer({ status: 200, headers: { 'content-type': jsonType }, body: openApi })
      },
    },
  ]
  return all
}
