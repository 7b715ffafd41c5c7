import { decodeNotaryQueryAnswer, encodeNotaryQuery } from '#cores/notary/index'
import { oneRegistry } from '../../properties/notary/one-registry.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { NotaryBug } from './notary-bug.ts'
import { toldOtherwise } from './told.ts'

/** Of a document that stands there already it names the record before, which is a sound one of another document. */
export const namesAnotherDocument: NotaryBug = {
  name: 'names-another-document',
  property: oneRegistry.name,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) =>
      toldOtherwise(right.apply(entry, state), (outcome) => {
        if (outcome.kind !== 'same-document') return outcome
        const from = outcome.record.index - 1
        const query = encodeNotaryQuery({ kind: 'records', from, limit: 1, order: 'up' })
        const [record] = decodeNotaryQueryAnswer('records', right.query(query, state))?.records ?? []
        return record === undefined ? outcome : { ...outcome, record }
      }),
  })),
}
