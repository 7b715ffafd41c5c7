import { oneRegistry } from '../../properties/notary/one-registry.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { NotaryBug } from './notary-bug.ts'
import { toldOtherwise } from './told.ts'

/** Whoever asks again is told that it was registered just now. */
export const callsTheOldNew: NotaryBug = {
  name: 'calls-the-old-new',
  property: oneRegistry.name,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) =>
      toldOtherwise(right.apply(entry, state), (outcome) =>
        outcome.kind === 'same-id' ? { ...outcome, kind: 'registered' } : outcome,
      ),
  })),
}
