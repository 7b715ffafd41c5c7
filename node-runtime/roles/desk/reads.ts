import { type DeskInput, type DeskOutput, deskLimits } from '#contract/worker/desk'
import { fail, ok, type Result } from '#kit/result'
import type { ApiClient, ApiReply } from './api-client.ts'
import { chainIn, recordIn, recordsIn, shapeLimits } from './api-shapes.ts'
import { countOf, jsonIn, nodeOf, textOf } from './json-values.ts'
import { get } from './requests.ts'

/** What is asked of the notary for people, within what their shell waits for an answer. */
export const readWithinMs = 4_000

type Client = Pick<ApiClient, 'ask'>
type Done<T> = (result: Result<T>) => void
type ReadName = 'notary.records' | 'notary.find' | 'notary.chain'
type Reads = {
  readonly [Name in ReadName]: (client: Client, input: DeskInput<Name>, done: Done<DeskOutput<Name>>) => void
}

const decoder = new TextDecoder()

export const reads: Reads = {
  'notary.records': (client, { search, before, limit }, done) => {
    const query = {
      limit: String(limit),
      ...(search === '' ? {} : { search }),
      ...(before === null ? {} : { cursor: String(before) }),
    }
    const request = get('/documents', query)
    client.ask({ request, to: 'leader', withinMs: readWithinMs }, (result) => {
      done(
        read(result, ({ from, answer }) => {
          const page = recordsIn(jsonIn(answer.body))
          if (page === null || page.records.length > limit) return null
          const next = page.cursor === null ? null : countOf(Number(page.cursor))
          return {
            records: page.records,
            next,
            size: page.size ?? 0,
            from: nodeOf(answer.headers['colmeia-node']) ?? from,
            lagEntries: countOf(Number(answer.headers['colmeia-lag-entries'] ?? 'unknown')),
          }
        }),
      )
    })
  },
  'notary.find': (client, { sha256 }, done) => {
    client.ask(
      {
        request: get('/documents', { sha256, limit: String(deskLimits.rowsPerPageMax) }),
        to: 'leader',
        withinMs: readWithinMs,
      },
      (result) => {
        done(
          read(result, ({ answer }) => {
            const records = recordsIn(jsonIn(answer.body))?.records
            return records?.every((record) => record.sha256 === sha256) ? { records } : null
          }),
        )
      },
    )
  },
  'notary.chain': (client, { nodeId, from, limit }, done) => {
    const request = get('/chain', { from: String(from), limit: String(limit) })
    client.ask({ request, to: nodeId, withinMs: readWithinMs }, (result) => {
      done(
        read(result, ({ answer }) => {
          const page = chainIn(jsonIn(answer.body))
          return page === null || page.records.length > limit ? null : page
        }),
      )
    })
  },
}

/** What proves a record, as a peer says. */
export function readReceipt(client: Client, index: number, done: Done<string>): void {
  client.ask({ request: get(`/receipts/${index}`), to: 'leader', withinMs: readWithinMs }, (result) => {
    done(read(result, ({ answer }) => textOf(decoder.decode(answer.body), shapeLimits.receiptCharsMax)))
  })
}

export function readRecord(client: Client, index: number, done: Done<NonNullable<ReturnType<typeof recordIn>>>): void {
  client.ask({ request: get(`/documents/${index}`), to: 'leader', withinMs: readWithinMs }, (result) => {
    done(read(result, ({ answer }) => recordIn(jsonIn(answer.body))))
  })
}

/** What a peer said that has not the shape of an answer is no answer; nothing of it is shown. */
function read<T>(result: Result<ApiReply>, take: (reply: ApiReply) => T | null): Result<T> {
  if (!result.ok) return result
  const value = take(result.value)
  return value === null ? fail('internal', `${result.value.from} gave an answer of another shape`) : ok(value)
}
