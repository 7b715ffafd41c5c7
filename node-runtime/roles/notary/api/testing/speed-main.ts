import { createHash } from 'node:crypto'
import { blockHash, blockOf } from '#cores/notary/index'
import type { NotaryRecord, RegisterOutcome } from '#cores/notary/messages'
import { madeRecord } from '#cores/notary/receipt/testing/made-notary'
import { nodeId } from '#kit/ids'
import { ok } from '#kit/result'
import type { Sha256 } from '#kit/sha256'
import type { EndpointAnswer, EndpointRequest } from '#ports/endpoint'
import type { NotaryService, NotaryStanding } from '../../service.ts'
import { notaryApi } from '../index.ts'

/** How much the handler itself costs: a service that answers at once, with a record of the usual size. */
const sha256: Sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest())
const roundMs = 1_000
const rounds = 3

const made = madeRecord(1_234_567, { document: { kind: 'text', text: 'Contrato nº 1234567 de compra e venda' } })
const record: NotaryRecord = { ...made, hash: blockHash(sha256, blockOf(made)) }
const one: readonly RegisterOutcome[] = [{ kind: 'registered', record }]
const standing: NotaryStanding = {
  nodeId: nodeId('notary-1'),
  isLeader: true,
  leader: nodeId('notary-1'),
  term: 2,
  hearsMajority: true,
  lagEntries: 0,
  broken: null,
  leaderSilentMs: 0,
  members: [{ nodeId: nodeId('notary-1'), isVoter: true, address: '127.0.0.1:5001' }],
}
const service: NotaryService = {
  standing,
  witnessed: null,
  register: ({ registrations }, done) =>
    done(ok(registrations.length === 1 ? one : registrations.map(() => ({ kind: 'registered', record })))),
  ask: () => {},
  evidence: () => {},
  onChange: () => () => {},
}
const handler = notaryApi({ service, dialect: 'B', sha256 })

const hash = 'ab'.repeat(32)
const file = { sha256: hash, bytes: 123_456, title: 'Contrato nº 1234567.pdf', registrant: 'Ana' }
measure('POST /register', 1, post('/register', { document: 'Contrato nº 1234567 de compra e venda' }))
measure('POST /api/v1/registrations, one', 1, post('/api/v1/registrations', file))
const batch = { registrations: Array.from({ length: 1_000 }, (_, id) => ({ ...file, id: `order-${id}` })) }
measure('POST /api/v1/registrations, 1,000', 1_000, post('/api/v1/registrations', batch))

function post(path: string, body: unknown): EndpointRequest {
  const headers = { 'content-type': 'application/json' }
  return { method: 'POST', path, query: new Map(), headers, body: new TextEncoder().encode(JSON.stringify(body)) }
}

/** The best of some rounds: others may be at work on the same machine. */
function measure(what: string, each: number, request: EndpointRequest): void {
  let best = 0
  let bytes = 0
  const count: Parameters<typeof handler>[1] = ({ body }) => {
    bytes += lengthOf(body)
  }
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now()
    let done = 0
    while (performance.now() - from < roundMs) {
      for (let nth = 0; nth < 16; nth += 1) handler(request, count)
      done += 16 * each
    }
    best = Math.max(best, (done * 1_000) / (performance.now() - from))
  }
  if (bytes === 0) throw new Error('nothing was answered')
  process.stdout.write(`${what.padEnd(36)} ${Math.round(best).toLocaleString('en').padStart(10)} documents/s\n`)
}

function lengthOf(body: EndpointAnswer['body']): number {
  if (typeof body === 'string' || body instanceof Uint8Array) return body.length
  let length = 0
  let isOver = false
  while (!isOver) {
    body.next((piece) => {
      isOver = !piece.ok || piece.value === null
      length += piece.ok ? (piece.value?.length ?? 0) : 0
    })
  }
  return length
}
