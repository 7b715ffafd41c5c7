import type { NotaryAnswers, NotaryQuery } from '#cores/notary/messages'
import type { EndpointAnswer } from '#ports/endpoint'
import { badRequest, failureProblem } from './problems.ts'
import type { Asked } from './route.ts'

export const jsonType = 'application/json'
export const textType = 'text/plain; charset=utf-8'

/** Asks this peer's state as freshly as the request wishes. What it refuses is answered here. */
export function look<Query extends NotaryQuery>(
  asked: Asked,
  query: Query,
  then: (answer: NotaryAnswers[Query['kind']]) => void,
): void {
  const { service } = asked.parts
  const consistency = asked.request.query.get('consistency') === 'linearizable' ? 'linearizable' : 'stale'
  service.ask(query, consistency, (result) => {
    if (result.ok) then(result.value)
    else asked.answer(failureProblem(result.failure, service.standing))
  })
}

/** null: it is one that we know, or none was asked for. */
export function consistencyProblem({ request }: Asked): EndpointAnswer | null {
  const consistency = request.query.get('consistency')
  const isKnown = consistency === undefined || consistency === 'stale' || consistency === 'linearizable'
  return isKnown ? null : badRequest('consistency is stale or linearizable')
}

/** Who answered, and how far behind it was: followers answer reads too. */
export function give(
  { parts, answer }: Asked,
  contentType: string,
  body: EndpointAnswer['body'],
  headers: Readonly<Record<string, string>> = {},
): void {
  const { nodeId, lagEntries } = parts.service.standing
  answer({
    status: 200,
    headers: {
      'content-type': contentType,
      'colmeia-node': nodeId,
      'colmeia-lag-entries': lagEntries === null ? 'unknown' : String(lagEntries),
      ...headers,
    },
    body,
  })
}

/** undefined: not given. null: no whole number within its limits. */
export function numberIn(
  text: string | undefined,
  { min, max }: { readonly min: number; readonly max: number },
): number | null | undefined {
  if (text === undefined) return undefined
  if (!/^(0|[1-9]\d{0,14})$/.test(text)) return null
  const value = Number(text)
  return value >= min && value <= max ? value : null
}

/** Places in a chain and sizes of it: any that can be counted with. */
export const anyIndex = { min: 0, max: 999_999_999_999_999 } as const
