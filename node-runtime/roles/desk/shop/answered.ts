import type { Answered } from '#contract/worker/shop-shapes'
import type { WholeAnswer } from '../../api-codec.ts'
import { shopHeaders } from '../../shop/api/shown.ts'
import { countOf, nodeOf } from '../json-values.ts'

/** What stands beside an answer, for the ribbon. Each of these may be missing. */
export function answeredIn(
  { headers }: WholeAnswer,
  at: { readonly tookMs: number; readonly atWallMs: number },
): Answered {
  const count = (name: string): number | null => {
    const text = headers[name]
    return text === undefined || text === '' ? null : countOf(Number(text))
  }
  return {
    ...at,
    from: nodeOf(headers[shopHeaders.node]),
    lagEntries: count(shopHeaders.lagEntries),
    ageMs: count(shopHeaders.ageMs),
    position: count(shopHeaders.position),
    isStale: headers[shopHeaders.stale] === 'true',
  }
}
