import { beforeEach, describe, expect, it } from 'vitest'
import type { NotaryDialect } from '#dialects/notary/index'
import { notaryRoutes } from './index.ts'
import { problemType } from './problems.ts'
import { asker, handlerOf, type Question } from './testing/asker.ts'
import { Described } from './testing/described.ts'
import { FakeGroup, type FakePeer } from './testing/fake-notary.ts'
import { wrongWith } from './testing/shape.ts'

let group: FakeGroup

beforeEach(() => {
  group = new FakeGroup()
})

interface Step extends Question {
  readonly to: string
  readonly status: number
  readonly peer?: number
  /** Before it is asked. */
  readonly given?: (peer: FakePeer, group: FakeGroup) => void
}

const hash = 'ab'.repeat(32)
const one = { document: 'Contrato nº 1', title: 'Contrato', registrant: 'Ana' }
const registrations = '/api/v1/registrations'
const asJson = { 'content-type': 'application/json' }
const refuses = (code: FakePeer['refusesToAnswer']) => (peer: FakePeer) => {
  peer.refusesToAnswer = code
  peer.refusesToRegister = code
}
const given = (work: (group: FakeGroup) => void) => (_: FakePeer, all: FakeGroup) => work(all)
const foundAndWitnessed = given((all) => {
  all.found()
  all.notary.fill(300)
  all.witness()
})

const stateReads = [
  '/blockchain?',
  '/status?',
  '/api/v1/status?',
  '/api/v1/documents?',
  '/api/v1/documents/0?',
  '/api/v1/proofs/inclusion?index=0&',
  '/api/v1/proofs/consistency?from=1&',
  '/api/v1/receipts/7?',
  '/api/v1/policy?',
  '/tile/0/000?',
]

/** Of a problem: more than a word, and nothing that a program forgot to fill in. */
const aSentence = expect.stringMatching(/^(?!.*(undefined|null|NaN|\[object)).{20,}$/)

/** Every status of every route at least once; each step begins with a new group. */
const steps: readonly Step[] = [
  { to: '/register', body: { document: 'x' }, status: 201 },
  { to: '/register', body: { document: 'x', more: 'x'.repeat(512 * 1024) }, status: 413 },
  { to: '/register', body: {}, status: 400 },
  { to: '/register', body: 'nope', headers: asJson, status: 400 },
  { to: '/register', body: { document: 'x' }, headers: { 'idempotency-key': 'a b' }, status: 400 },
  { to: '/register', body: { document: 'x' }, peer: 2, status: 403 },
  { to: '/register', body: { document: 'x'.repeat(65 * 1024) }, status: 413 },
  {
    to: '/register',
    body: { document: 'x' },
    headers: { 'idempotency-key': 'k' },
    given: given(({ notary }) =>
      notary.register([{ id: 'k', document: { kind: 'text', text: 'y' }, title: '', registrant: '' }]),
    ),
    status: 422,
  },
  { to: '/register', body: { document: 'x' }, given: refuses('busy'), status: 503 },
  { to: '/register', body: { document: 'x' }, given: refuses('timed-out'), status: 504 },
  {
    to: '/sync',
    body: {
      block: {
        data: 'Genesis Block',
        hash: '2fe67b34b3f7407b189af5ae8715eb3d5f76deec57c08b4079cf8f329926076e',
        index: 0,
        previous_hash: '0',
        timestamp: '2022-12-31T21:00:00',
      },
    },
    status: 200,
  },
  { to: '/sync', body: {}, status: 400 },
  { to: '/sync', body: { more: 'x'.repeat(512 * 1024) }, status: 413 },
  { to: '/sync', body: 'nope', headers: asJson, status: 400 },
  { to: '/sync', body: { block: { data: '', hash: '', index: 0, previous_hash: '', timestamp: '' } }, status: 409 },
  {
    to: '/sync',
    body: { block: { data: '', hash: '', index: 0, previous_hash: '', timestamp: '' } },
    given: refuses('not-ready'),
    status: 503,
  },
  ...stateReads.flatMap((to) => [
    { to, given: foundAndWitnessed, status: 200 },
    { to: `${to}consistency=soon`, status: 400 },
    { to: `${to}consistency=linearizable`, peer: 2, status: 403 },
    { to, given: refuses('not-ready'), status: 503 },
    { to, given: refuses('timed-out'), status: 504 },
  ]),
  { to: '/health', status: 200 },
  { to: registrations, body: one, status: 201 },
  { to: registrations, body: { registrations: [one, { sha256: hash, bytes: 7 }, { document: '' }] }, status: 201 },
  {
    to: registrations,
    body: { registrations: [{ document: 'y' }] },
    given: given(({ notary }) =>
      notary.register([{ id: null, document: { kind: 'text', text: 'y' }, title: '', registrant: '' }]),
    ),
    status: 200,
  },
  { to: registrations, body: { registrations: [{ document: '' }] }, status: 422 },
  { to: registrations, body: {}, status: 400 },
  { to: registrations, body: one, peer: 3, status: 403 },
  { to: registrations, body: { ...one, title: 'x'.repeat(401) }, status: 413 },
  { to: registrations, body: 'x', headers: { 'content-type': 'text/plain' }, status: 415 },
  {
    to: registrations,
    body: one,
    headers: { 'idempotency-key': 'k' },
    given: given(({ notary }) =>
      notary.register([{ id: 'k', document: { kind: 'text', text: 'y' }, title: '', registrant: '' }]),
    ),
    status: 422,
  },
  { to: registrations, body: one, given: refuses('disk-full'), status: 503 },
  { to: registrations, body: { registrations: [one] }, given: refuses('timed-out'), status: 504 },
  { to: '/api/v1/chain', given: foundAndWitnessed, status: 200 },
  {
    to: '/api/v1/chain?from=5&limit=10',
    given: (peer, all) => {
      all.notary.fill(30)
      peer.broken = { index: 7, check: 'tree' }
    },
    status: 200,
  },
  { to: '/api/v1/chain?from=x', status: 400 },
  { to: '/api/v1/chain?limit=251', status: 400 },
  { to: '/api/v1/chain', given: refuses('not-ready'), status: 503 },
  { to: '/api/v1/documents/7', status: 404 },
  { to: '/api/v1/proofs/inclusion', status: 400 },
  { to: '/api/v1/proofs/inclusion?index=0&size=9', status: 404 },
  { to: '/api/v1/proofs/consistency?from=2&to=1', status: 400 },
  { to: '/api/v1/proofs/consistency?from=1&to=9', status: 404 },
  { to: '/api/v1/receipts/x', status: 400 },
  { to: '/api/v1/receipts/7', status: 404 },
  { to: '/api/v1/receipts/0', status: 503 },
  { to: '/api/v1/policy', status: 503 },
  ...['/api/v1/checkpoint', '/checkpoint'].flatMap((to) => [
    { to, given: foundAndWitnessed, status: 200 },
    { to, status: 503 },
  ]),
  { to: '/api/v1/policy?size=x', status: 400 },
  { to: '/api/v1/policy?size=0', status: 400 },
  {
    to: '/api/v1/policy?size=1',
    given: given((all) => {
      all.notary.fill(1)
      all.found()
    }),
    status: 404,
  },
  { to: '/tile/0/0', status: 400 },
  { to: '/tile/0/001', status: 404 },
  { to: '/tile/0/000.p/1', given: refuses('store-damaged'), status: 503 },
  { to: '/api/v1/members', status: 200 },
  { to: '/api/v1', status: 200 },
  { to: '/api/v1/openapi.json', status: 200 },
]

describe.each(['B', 'A'] as const)('what is described, with dialect %s', (dialect) => {
  it('is what is served, and all of it', async () => {
    const described = await describedBy(dialect)
    for (const { to, status, peer: number = 1, given: prepare, ...question } of steps) {
      const fresh = new FakeGroup()
      const peer = fresh.peer(number)
      prepare?.(peer, fresh)
      const heard = await described.ask(peer, to, { ...question, dialect })
      expect(`${to} ${heard.status} ${heard.wrong}`).toBe(`${to} ${status} `)
      if (heard.headers['content-type'] === problemType) expect(heard.json()).toMatchObject({ detail: aSentence })
    }
    expect(described.unseen).toEqual([])
  })

  it('names every route', async () => {
    const document = (await asker(handlerOf(group.first, dialect))('/api/v1/openapi.json')).json() as {
      paths: Record<string, Record<string, unknown>>
    } // read by names that are looked at here
    const named = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const served = notaryRoutes(dialect).map(({ method, path }) => `${method} ${path.replace('...', '')}`)
    expect(named.sort()).toEqual(served.sort())
  })
})

it('is a page for people, which needs nothing from elsewhere', async () => {
  const { body } = await asker(handlerOf(group.first))('/api/v1')
  for (const { method, path } of notaryRoutes('B')) expect(body).toContain(`${method} ${path.replace('...', '')}`)
  expect(body).toContain('id="not-leader"')
  expect(body).not.toMatch(/src=|<link|<script|@import|url\(/)
})

it('can be found wrong', () => {
  const shape = {
    type: 'object',
    properties: { a: { type: ['integer', 'null'] } },
    required: ['a'],
    additionalProperties: false,
  }
  expect(wrongWith({ a: 1 }, shape, {})).toEqual([])
  expect(wrongWith({ a: null }, shape, {})).toEqual([])
  expect(wrongWith({ a: 1.5 }, shape, {})).toHaveLength(1)
  expect(wrongWith({ b: 1 }, shape, {})).toHaveLength(2)
  expect(wrongWith([], shape, {})).toHaveLength(1)
  expect(wrongWith('A', { pattern: '^[a-z]$' }, {})).toHaveLength(1)
  expect(wrongWith({ a: [7] }, { properties: { a: { items: { enum: [1] } } } }, {})).toHaveLength(1)
  expect(wrongWith(1, { anyOf: [{ type: 'string' }, { type: 'null' }] }, {})).toHaveLength(1)
  expect(wrongWith(1, { $ref: '#/components/schemas/None' }, {})).toHaveLength(1)
})

async function describedBy(dialect: NotaryDialect): Promise<Described> {
  return new Described((await asker(handlerOf(group.first, dialect))('/api/v1/openapi.json')).json())
}
