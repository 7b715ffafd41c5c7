import { type FailureCode, failures } from '#kit/failures'
import type { EndpointAnswer } from '#ports/endpoint'
import type { NotaryStanding } from '../service.ts'

/** How a refusal looks over HTTP (RFC 9457). Codes that are not here are bugs of ours, as far as strangers can tell. */
const problems: Partial<Record<FailureCode, { readonly status: number; readonly title: string }>> = {
  'bad-request': { status: 400, title: 'The request has the wrong shape' },
  'not-leader': { status: 403, title: 'This peer does not lead' },
  'not-found': { status: 404, title: 'There is nothing of this name or number' },
  'unknown-call': { status: 404, title: 'Nothing is served under this address' },
  'too-large': { status: 413, title: 'Too large' },
  busy: { status: 503, title: 'Too much is waiting already' },
  'not-ready': { status: 503, title: 'Not ready yet' },
  'node-down': { status: 503, title: 'This peer does not serve now' },
  'store-damaged': { status: 503, title: 'The file of this peer is damaged' },
  'disk-full': { status: 503, title: 'The disk of this peer takes nothing more' },
  'session-expired': { status: 503, title: 'Not carried out; ask again' },
  'answer-forgotten': { status: 503, title: 'Carried out before; ask what became of it' },
  'timed-out': { status: 504, title: 'Nobody knows whether it happened' },
  internal: { status: 500, title: 'Something is wrong here' },
}

export const problemType = 'application/problem+json'
/** What the page at `/api/v1` explains. */
export const problemTitles = Object.entries(problems).map(([code, { status, title }]) => ({ code, status, title }))

export interface ProblemFacts {
  readonly code: FailureCode
  /** Where the code leaves a choice. */
  readonly status?: number
  readonly detail: string
  /** Members beside those that every problem has. */
  readonly more?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

export function problem({ code, status, detail, more, headers }: ProblemFacts): EndpointAnswer {
  const known = problems[code] ?? { status: 500, title: 'Something is wrong here' }
  const { definite } = failures[code]
  const shown = status ?? known.status
  const body = { type: `/api/v1#${code}`, title: known.title, status: shown, detail, code, definite, ...more }
  return {
    status: shown,
    headers: { 'content-type': problemType, ...(shown === 503 ? { 'retry-after': '1' } : {}), ...headers },
    body: JSON.stringify(body),
  }
}

export function badRequest(detail: string): EndpointAnswer {
  return problem({ code: 'bad-request', detail })
}

/** What a service refused, with who would not refuse. */
export function failureProblem(
  { code, message: detail }: { readonly code: FailureCode; readonly message: string },
  standing: NotaryStanding,
  more: Readonly<Record<string, unknown>> = {},
): EndpointAnswer {
  return problem({ code, detail, more: code === 'not-leader' ? { leader: leaderOf(standing), ...more } : more })
}

/** Who leads, and where strangers reach it. */
export function leaderOf({ leader, members }: NotaryStanding): { nodeId: string; address: string | null } | null {
  if (leader === null) return null
  // An address that was not heard yet is empty.
  return { nodeId: leader, address: members.find(({ nodeId }) => nodeId === leader)?.address || null }
}
