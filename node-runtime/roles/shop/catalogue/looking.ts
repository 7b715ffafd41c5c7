import { decodeCatalogueQueryAnswer, encodeCatalogueQuery } from '#cores/shop/index'
import type { CatalogueAnswers, CatalogueQuery } from '#cores/shop/messages'
import { assert } from '#kit/assert'

/** What is applied on this node, at once. How fresh that is, `Reading` sees to. */
export type Look = <Query extends CatalogueQuery>(query: Query) => CatalogueAnswers[Query['kind']]

export function lookInto(state: (query: Uint8Array) => Uint8Array): Look {
  return <Query extends CatalogueQuery>(query: Query) => {
    const kind: Query['kind'] = query.kind
    const decoded = decodeCatalogueQueryAnswer(kind, state(encodeCatalogueQuery(query)))
    assert(decoded !== null, `the machine answers ${kind}`)
    return decoded.answer
  }
}
