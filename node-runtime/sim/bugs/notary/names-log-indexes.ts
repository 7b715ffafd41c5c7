import { acknowledgedStands } from '../../properties/notary/acknowledged-stands.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { NotaryBug } from './notary-bug.ts'
import { toldOtherwise } from './told.ts'

/** Tells whoever registers the place in the log as if it were the place in the chain. */
export const namesLogIndexes: NotaryBug = {
  name: 'names-log-indexes',
  property: acknowledgedStands.name,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) =>
      toldOtherwise(right.apply(entry, state), (outcome) =>
        outcome.kind === 'registered' ? { ...outcome, record: { ...outcome.record, index: entry.index } } : outcome,
      ),
  })),
}
