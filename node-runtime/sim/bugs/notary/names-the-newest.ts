import { decodeNotaryQueryAnswer, encodeNotaryQuery } from '#cores/notary/index'
import { firstIsNamed } from '../../properties/notary/first-is-named.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { NotaryBug } from './notary-bug.ts'
import { toldOtherwise } from './told.ts'

const recordsMax = 100

/** Of a document that has several records it names the last one. */
export const namesTheNewest: NotaryBug = {
  name: 'names-the-newest',
  property: firstIsNamed.name,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) =>
      toldOtherwise(right.apply(entry, state), (outcome) => {
        if (outcome.kind !== 'same-document') return outcome
        const query = encodeNotaryQuery({ kind: 'by-hash', sha256: outcome.record.sha256, limit: recordsMax })
        const newest = decodeNotaryQueryAnswer('by-hash', right.query(query, state))?.records.at(-1)
        return newest === undefined ? outcome : { ...outcome, record: newest }
      }),
  })),
}
