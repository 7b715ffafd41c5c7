import { spaces } from '#cores/notary/rows'
import type { StateTx } from '#kit/state-machine'
import { copiesAreSound } from '../../properties/notary/copies-are-sound.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { NotaryBug } from './notary-bug.ts'

/** Of a document that is recorded again, the later records cannot be found by it. */
export const listsTheFirstAlone: NotaryBug = {
  name: 'lists-the-first-alone',
  property: copiesAreSound.name,
  parts: spoiltMachine((right) => ({ apply: (entry, state) => right.apply(entry, withoutLaterOnes(state)) })),
}

function withoutLaterOnes(state: StateTx): StateTx {
  return {
    get: (space, key) => state.get(space, key),
    scan: (space, range) => state.scan(space, range),
    put: (space, key, value) => (space === spaces.again ? undefined : state.put(space, key, value)),
    delete: (space, key) => state.delete(space, key),
  }
}
