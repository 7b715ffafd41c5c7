import { notaryLimits, type RegisterOutcome } from '#cores/notary/messages'
import { isJsonType, readJson } from '#dialects/notary/index'
import { ok } from '#kit/result'
import type { EndpointAnswer, Pieces } from '#ports/endpoint'
import { jsonType } from './asking.ts'
import { Batch } from './batch.ts'
import { idempotencyKey } from './describe/parameters.ts'
import { notaryApiLimits } from './limits.ts'
import { badRequest, failureProblem, problem } from './problems.ts'
import { outcomeJson } from './record-json.ts'
import { type Registrations, readKey, readRegistrations } from './registrations.ts'
import type { Asked, Route } from './route.ts'

export const registerRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v1/registrations',
    about:
      'Registers one document, or a batch. A document that stands in the chain already is found, not recorded again.',
    reads: null,
    parameters: [idempotencyKey],
    body: 'Registrations',
    answers: [
      {
        status: 201,
        about: 'At least one is new, on the disks of a majority.',
        contentType: jsonType,
        schema: 'Outcomes',
      },
      { status: 200, about: 'None is new, and at least one was found.', contentType: jsonType, schema: 'Outcomes' },
      { status: 422, about: 'All of a batch were refused; each says why.', contentType: jsonType, schema: 'Outcomes' },
    ],
    problems: [400, 403, 413, 415, 422, 503, 504],
    serve: serveRegistrations,
  },
]

function serveRegistrations({ parts, request, answer }: Asked): void {
  const { service, sha256 } = parts
  if (!service.standing.isLeader) return answer(notLeading(parts))
  const key = readKey(request.headers['idempotency-key'])
  if (key === null) return answer(badKey)
  const read = readBody(request, key ?? null)
  if (!('registrations' in read)) return answer(read.refusal)
  const { kind, registrations } = read
  if (kind === 'one') {
    service.register({ registrations, duplicates: 'found' }, (result) => {
      const outcome = result.ok ? result.value[0] : undefined
      if (!result.ok) answer(failureProblem(result.failure, service.standing))
      else if (outcome === undefined) answer(nothingCame)
      else if (outcome.kind === 'refused') answer(refusedProblem(outcome.why))
      else
        answer(done([outcome], outcomeJson(outcome, sha256), { location: `/api/v1/documents/${outcome.record.index}` }))
    })
    return
  }
  const batch = new Batch(service, registrations, (end) => {
    const { standing } = service
    if (end.kind === 'done') return answerBatch({ parts, answer }, end.outcomes)
    // What happened in part is not definite as a whole.
    const more = end.registered === 0 ? {} : { definite: false, registered: end.registered }
    answer(failureProblem(end.failure, standing, more))
  })
  batch.run()
}

function readBody(
  { headers, body }: Asked['request'],
  key: string | null,
): Registrations | { readonly refusal: EndpointAnswer } {
  const contentType = headers['content-type']
  const json = readJson(contentType, body)
  if (json === null) return { refusal: isJsonType(contentType) ? badRequest(noJson) : notJson }
  const read = readRegistrations(json.value, key)
  if ('registrations' in read) return read
  const code = read.kind === 'too-many' ? 'too-large' : 'bad-request'
  return { refusal: problem({ code, detail: read.detail }) }
}

const noJson = 'the body is no JSON, or has more values than the largest batch'
const notJson = problem({ code: 'bad-request', status: 415, detail: 'Content-Type has to be application/json' })
const nothingCame = problem({ code: 'internal', detail: 'the registration was answered with nothing' })
export const badKey = badRequest(
  `an Idempotency-Key is 1 to ${notaryApiLimits.keyCharsMax} letters of printable ASCII without spaces`,
)

export function notLeading({ service }: Asked['parts']): EndpointAnswer {
  return failureProblem({ code: 'not-leader', message: 'only the leader registers' }, service.standing)
}

const { textBytesMax, titleBytesMax, registrantBytesMax, idBytesMax } = notaryLimits
const longest =
  'too long, in bytes of UTF-8: ' +
  `a text has ${textBytesMax} at most (register a file by its sha256), a title ${titleBytesMax}, ` +
  `a registrant ${registrantBytesMax}, an id ${idBytesMax}`

/** Why a single registration was refused for good. */
export function refusedProblem(why: Extract<RegisterOutcome, { kind: 'refused' }>['why']): EndpointAnswer {
  switch (why) {
    case 'too-large':
      return problem({ code: 'too-large', detail: longest })
    case 'id-taken':
      return problem({
        ...{ code: 'bad-request', status: 422 },
        detail: 'this Idempotency-Key or id stands for another registration already; take a new one',
      })
    case 'empty':
      return badRequest('the document is empty; a text has at least one letter')
    case 'malformed':
      return badRequest('the registration is malformed: its id is empty, or its sha256 has not 32 bytes')
    default:
      return badRequest(why satisfies never)
  }
}

function done(
  outcomes: readonly RegisterOutcome[],
  body: EndpointAnswer['body'],
  headers: Readonly<Record<string, string>> = {},
): EndpointAnswer {
  const isNew = outcomes.some(({ kind }) => kind === 'registered')
  const status = isNew ? 201 : areRefused(outcomes) ? 422 : 200
  return { status, headers: { 'content-type': jsonType, ...headers }, body }
}

function areRefused(outcomes: readonly RegisterOutcome[]): boolean {
  return outcomes.length > 0 && outcomes.every(({ kind }) => kind === 'refused')
}

/** Refusals name no record, so how long the chain is has to be asked for. */
function answerBatch({ parts, answer }: Pick<Asked, 'parts' | 'answer'>, outcomes: readonly RegisterOutcome[]): void {
  if (!areRefused(outcomes)) return answer(done(outcomes, batchJson(outcomes, parts, 0)))
  parts.service.ask({ kind: 'status' }, 'stale', (result) => {
    if (!result.ok) return answer(failureProblem(result.failure, parts.service.standing))
    answer(done(outcomes, batchJson(outcomes, parts, result.value.size)))
  })
}

/** In pieces: thousands of outcomes at once would keep everything else of the peer waiting. */
function batchJson(outcomes: readonly RegisterOutcome[], { sha256 }: Asked['parts'], sizeAtLeast: number): Pieces {
  let size = sizeAtLeast
  for (const outcome of outcomes) if (outcome.kind !== 'refused') size = Math.max(size, outcome.record.index + 1)
  let next = 0
  return {
    next: (give) => {
      if (next >= outcomes.length) return give(ok(null))
      const from = next
      next = Math.min(from + notaryApiLimits.batchSliceOutcomes, outcomes.length)
      const list = outcomes.slice(from, next).map((outcome) => outcomeJson(outcome, sha256))
      const before = from === 0 ? `{"size":${size},"outcomes":[` : ','
      give(ok(`${before}${list.join(',')}${next === outcomes.length ? ']}' : ''}`))
    },
  }
}
