import type { NotaryRecord } from '#cores/notary/messages'
import { notaryLimits } from '#cores/notary/messages'
import { encodeText } from '#kit/bytes'
import { fromHex } from '#kit/hex'
import type { EndpointAnswer } from '#ports/endpoint'
import { anyIndex, give, jsonType, look, numberIn } from './asking.ts'
import {
  indexInPath,
  limit as limitParameter,
  numberInQuery,
  search as searchParameter,
  textIn,
} from './describe/parameters.ts'
import { notaryApiLimits } from './limits.ts'
import { badRequest, problem } from './problems.ts'
import { recordView } from './record-json.ts'
import type { Asked, Route } from './route.ts'

export const documentRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/documents',
    about: 'Records, newest first; with from, oldest first from there on; with sha256, all of one document.',
    reads: 'state',
    parameters: [
      searchParameter,
      textIn('query', 'sha256', 'Of a document: all its records, oldest first.', '^[0-9A-Fa-f]{64}$'),
      textIn('query', 'cursor', 'The `next` of the page before.', '^[0-9]{1,15}$'),
      numberInQuery('from', 'Counts upwards from this index; a cursor goes on from there.'),
      limitParameter,
    ],
    body: null,
    answers: [{ status: 200, about: 'A page.', contentType: jsonType, schema: 'RecordPage' }],
    problems: [],
    serve: serveDocuments,
  },
  {
    method: 'GET',
    path: '/api/v1/documents/{index}',
    about: 'One record.',
    reads: 'state',
    parameters: [indexInPath],
    body: null,
    answers: [{ status: 200, about: 'The record.', contentType: jsonType, schema: 'Record' }],
    problems: [404],
    serve: serveDocument,
  },
]

interface Page {
  readonly records: readonly NotaryRecord[]
  readonly next: number | null
  readonly size: number
}

function serveDocuments(asked: Asked): void {
  const { query } = asked.request
  const limit = numberIn(query.get('limit') ?? String(notaryApiLimits.pageRecords), limits)
  const cursor = numberIn(query.get('cursor'), anyIndex)
  const from = numberIn(query.get('from'), anyIndex)
  const text = query.get('search') ?? ''
  if (limit === null || limit === undefined) return asked.answer(badLimit)
  if (cursor === null) return asked.answer(badRequest('cursor is the next of an earlier page'))
  if (from === null) return asked.answer(badRequest('from is a place in the chain'))
  const sha256 = query.get('sha256')
  if ([sha256, from, text || undefined].filter((way) => way !== undefined).length > 1) return asked.answer(oneWay)
  if (sha256 !== undefined) return byHash(asked, sha256, { from: cursor ?? 0, limit })
  if (from !== undefined) return upwards(asked, cursor ?? from, limit)
  if (text === '') return downwards(asked, cursor, limit)
  if (encodeText(text).length > notaryLimits.searchTextBytesMax) {
    return asked.answer(
      problem({
        code: 'too-large',
        status: 400,
        detail: `a search has ${notaryLimits.searchTextBytesMax} bytes at most`,
      }),
    )
  }
  look(asked, { kind: 'status' }, ({ size }) => {
    searchOn(asked, {
      text,
      limit,
      size,
      found: [],
      before: cursor ?? null,
      roundsLeft: notaryApiLimits.searchRoundsMax,
    })
  })
}

const limits = { min: 1, max: notaryApiLimits.pageRecordsMax }
const oneWay = badRequest('records are looked for by one of search, sha256 and from')
const badLimit = badRequest(`limit is a whole number from ${limits.min} to ${limits.max}`)

/** A cursor is the place of the next one. */
function byHash(asked: Asked, text: string, { from, limit }: { readonly from: number; readonly limit: number }): void {
  const sha256 = text.length === 64 ? fromHex(text.toLowerCase()) : null
  if (sha256 === null) return asked.answer(badRequest('sha256 is 64 hexadecimal letters'))
  look(asked, { kind: 'status' }, ({ size }) => {
    look(asked, { kind: 'by-hash', sha256, limit, from }, ({ records, next }) =>
      givePage(asked, { records, next, size }),
    )
  })
}

function upwards(asked: Asked, from: number, limit: number): void {
  look(asked, { kind: 'records', from, limit, order: 'up' }, ({ records, size }) => {
    const after = (records.at(-1)?.index ?? size) + 1
    givePage(asked, { records, next: after < size ? after : null, size })
  })
}

/** A cursor is the place before which a page ends. */
function downwards(asked: Asked, cursor: number | undefined, limit: number): void {
  if (cursor === 0)
    return look(asked, { kind: 'status' }, ({ size }) => givePage(asked, { records: [], next: null, size }))
  const from = cursor === undefined ? anyIndex.max : cursor - 1
  look(asked, { kind: 'records', from, limit, order: 'down' }, ({ records, size }) => {
    const last = records.at(-1)?.index ?? 0
    givePage(asked, { records, next: last > 0 ? last : null, size })
  })
}

interface Search {
  readonly text: string
  readonly limit: number
  readonly size: number
  readonly found: readonly NotaryRecord[]
  readonly before: number | null
  readonly roundsLeft: number
}

/** The state looks through a part of the chain at a time, so that nobody else waits for long. */
function searchOn(asked: Asked, search: Search): void {
  const { text, before, found, limit, size } = search
  look(asked, { kind: 'search', text, before, limit: limit - found.length }, ({ records, next }) => {
    const all = [...found, ...records]
    const roundsLeft = search.roundsLeft - 1
    if (next === null || all.length >= limit || roundsLeft === 0) return givePage(asked, { records: all, next, size })
    searchOn(asked, { ...search, found: all, before: next, roundsLeft })
  })
}

function givePage(asked: Asked, { records, next, size }: Page): void {
  const { service, sha256 } = asked.parts
  const { nodeId, lagEntries } = service.standing
  const page = {
    records: records.map((record) => recordView(record, sha256)),
    next: next === null ? null : String(next),
    size,
    from: nodeId,
    lagEntries,
  }
  give(asked, jsonType, JSON.stringify(page))
}

function serveDocument(asked: Asked): void {
  withRecord(asked, (record) => give(asked, jsonType, JSON.stringify(recordView(record, asked.parts.sha256))))
}

/** The record that the path names. */
export function withRecord(asked: Asked, then: (record: NotaryRecord, size: number) => void): void {
  const index = numberIn(asked.places[0], anyIndex)
  if (index === null || index === undefined) return asked.answer(badIndex)
  look(asked, { kind: 'records', from: index, limit: 1, order: 'up' }, ({ records: [record], size }) => {
    if (record?.index !== index) return asked.answer(noRecord(index))
    then(record, size)
  })
}

const badIndex = badRequest('an index is a whole number')

function noRecord(index: number): EndpointAnswer {
  return problem({ code: 'not-found', detail: `there is no record ${index} here` })
}
