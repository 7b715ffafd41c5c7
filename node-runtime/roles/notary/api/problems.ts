import { type FailureCode, failures } from '#kit/failures'
import type { EndpointAnswer } from '#ports/endpoint'
import type { NotaryStanding } from '../service.ts'

interface Known {
  readonly status: number
  readonly title: string
  /** What whoever asked can do, whatever the detail was. */
  readonly advice?: string
}

const again = 'ask again in a moment, with the same Idempotency-Key if there is one'
const elsewhere = 'ask another peer'

/** How a refusal looks over HTTP (RFC 9457). Codes that are not here are bugs of ours, as far as strangers can tell. */
const problems: Partial<Record<FailureCode, Known>> = {
  'bad-request': { status: 400, title: 'The request has the wrong shape' },
  'not-leader': { status: 403, title: 'This peer does not lead' },
  'not-found': { status: 404, title: 'There is nothing of this name or number' },
  'unknown-call': { status: 404, title: 'Nothing is served under this address' },
  'too-large': { status: 413, title: 'Too large' },
  busy: { status: 503, title: 'Too much is waiting already', advice: again },
  'not-ready': { status: 503, title: 'Not ready yet', advice: 'ask again in a moment' },
  'node-down': { status: 503, title: 'This peer does not serve now', advice: elsewhere },
  'store-damaged': {
    status: 503,
    title: 'The file of this peer is damaged',
    advice: `${elsewhere}; /api/v1/chain shows what lies here`,
  },
  'disk-full': { status: 503, title: 'The disk of this peer takes nothing more', advice: again },
  'session-expired': { status: 503, title: 'Not carried out; ask again' },
  'answer-forgotten': { status: 503, title: 'Carried out before; ask what became of it' },
  'timed-out': {
    status: 504,
    title: 'Nobody knows whether it happened',
    advice: 'look, or ask again with the same Idempotency-Key',
  },
  internal: { status: 500, title: 'Something is wrong here' },
}

export const problemType = 'application/problem+json'
/** What the page at `/api/v1` explains. */
export const problemTitles = Object.entries(problems).map(([code, { status, title }]) => ({ code, status, title }))

export interface ProblemFacts {
  readonly code: FailureCode
  /** Where the code leaves a choice. */
  readonly status?: number
  readonly title?: string
  readonly detail: string
  /** Members beside those that every problem has. */
  readonly more?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

export function problem({ code, status, title, detail, more, headers }: ProblemFacts): EndpointAnswer {
  const known: Known = problems[code] ?? { status: 500, title: 'Something is wrong here' }
  const { definite } = failures[code]
  const shown = status ?? known.status
  const said = known.advice === undefined ? detail : `${detail}; ${known.advice}`
  const body = {
    ...{ type: `/api/v1#${code}`, title: title ?? known.title, status: shown, detail: said, code, definite },
    ...more,
  }
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
  if (code !== 'not-leader') return problem({ code, detail, more })
  const leader = leaderOf(standing)
  return problem({ code, detail: whomToAsk(leader, standing), more: { leader, ...more } })
}

function whomToAsk(leader: ReturnType<typeof leaderOf>, { nodeId }: NotaryStanding): string {
  if (leader === null) return `${nodeId} does not lead, and knows nobody who does; ask again in a moment`
  const where = leader.address === null ? leader.nodeId : `${leader.nodeId} at ${leader.address}`
  return `${nodeId} does not lead; ask ${where}, with the same Idempotency-Key if there is one`
}

/** Who leads, and where strangers reach it. */
export function leaderOf({ leader, members }: NotaryStanding): { nodeId: string; address: string | null } | null {
  if (leader === null) return null
  // An address that was not heard yet is empty.
  return { nodeId: leader, address: members.find(({ nodeId }) => nodeId === leader)?.address || null }
}
