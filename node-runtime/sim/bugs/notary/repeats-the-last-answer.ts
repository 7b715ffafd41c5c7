import { Sessions } from '#roles/replica/sessions'
import { retriesAreAnsweredAlike } from '../../properties/notary/retries-are-answered-alike.ts'
import { method } from '../raft/replaced.ts'
import type { NotaryBug } from './notary-bug.ts'

const lastOf = new WeakMap<Sessions, Uint8Array>()

/** Keeps one answer for all sessions: who asks again hears what somebody else was told. */
export const repeatsTheLastAnswer: NotaryBug = {
  name: 'repeats-the-last-answer',
  property: retriesAreAnsweredAlike.name,
  rules: [
    method(
      Sessions,
      'apply',
      (right) =>
        function (this: Sessions, entry, state) {
          const outcome = right.call(this, entry, state)
          if (outcome.kind === 'executed') lastOf.set(this, outcome.answer)
          if (outcome.kind !== 'repeated') return outcome
          return { ...outcome, answer: lastOf.get(this) ?? outcome.answer }
        },
    ),
  ],
}
