import { oneRegistry } from '../../properties/notary/one-registry.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { NotaryBug } from './notary-bug.ts'
import { toldOtherwise } from './told.ts'

/** Whoever asks again for the same is told that somebody else has taken its id. */
export const refusesItsOwnIds: NotaryBug = {
  name: 'refuses-its-own-ids',
  property: oneRegistry.name,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) =>
      toldOtherwise(right.apply(entry, state), (outcome) =>
        outcome.kind === 'same-id' ? { kind: 'refused', why: 'id-taken' } : outcome,
      ),
  })),
}
