import { anyIndex, give, jsonType, numberIn } from './asking.ts'
import { numberInQuery } from './describe/parameters.ts'
import { notaryApiLimits } from './limits.ts'
import { badRequest, failureProblem } from './problems.ts'
import { recordView } from './record-json.ts'
import type { Asked, Route } from './route.ts'

const { evidenceRecordsMax } = notaryApiLimits
const limits = { min: 1, max: evidenceRecordsMax }

/** The one place where a peer shows what it cannot prove, because nobody could take it for an answer. */
export const chainRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/chain',
    about:
      'What lies in the file of this peer, as it stands, also where somebody changed it: `breaks` names each record that ' +
      'fails a check. Evidence, and proof of nothing.',
    reads: 'peer',
    parameters: [
      numberInQuery('from', 'The first record; 0 if it is left out.'),
      numberInQuery('limit', `Records of one answer, ${limits.min} to ${limits.max}.`),
    ],
    body: null,
    answers: [{ status: 200, about: 'A page of the chain.', contentType: jsonType, schema: 'Chain' }],
    problems: [400, 503],
    serve: serveChainAsItIs,
  },
]

function serveChainAsItIs(asked: Asked): void {
  const { request, parts, answer } = asked
  const { service, sha256 } = parts
  const from = numberIn(request.query.get('from') ?? '0', anyIndex)
  const limit = numberIn(request.query.get('limit') ?? String(notaryApiLimits.pageRecords), limits)
  if (from === null || from === undefined) return answer(badRequest('from is a place in the chain'))
  if (limit === null || limit === undefined) {
    return answer(badRequest(`limit is a whole number from ${limits.min} to ${limits.max}`))
  }
  service.evidence(from, limit, (result) => {
    const { nodeId, lagEntries, broken } = service.standing
    if (!result.ok) return answer(failureProblem(result.failure, service.standing))
    const { records, breaks, size } = result.value
    const next = from + records.length
    const page = {
      records: records.map((record) => recordView(record, sha256)),
      breaks,
      broken,
      next: records.length > 0 && next < size ? next : null,
      size,
      from: nodeId,
      lagEntries,
    }
    give(asked, jsonType, JSON.stringify(page))
  })
}
