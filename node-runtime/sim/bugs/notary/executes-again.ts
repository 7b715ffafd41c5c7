import { notaryMachine } from '#cores/notary/machine'
import { plainSha256 } from '#kit/sha256'
import { decodePayload } from '#roles/replica/entry-payload'
import { Sessions } from '#roles/replica/sessions'
import { askedOnceThereOnce } from '../../properties/notary/asked-once-there-once.ts'
import { method } from '../raft/replaced.ts'
import type { NotaryBug } from './notary-bug.ts'

const termsOf = new WeakMap<Sessions, Map<number, number>>()

/** A command that is asked for again under another leader is carried out again, and answered as it was before. */
export const executesAgain: NotaryBug = {
  name: 'executes-again',
  property: askedOnceThereOnce.name,
  rules: [
    method(
      Sessions,
      'apply',
      (right) =>
        function (this: Sessions, entry, state) {
          const terms = termsOf.get(this) ?? new Map<number, number>()
          termsOf.set(this, terms.set(entry.index, entry.term))
          const outcome = right.call(this, entry, state)
          const payload = outcome.kind === 'repeated' ? decodePayload(entry.payload) : null
          if (outcome.kind !== 'repeated' || payload?.kind !== 'command') return outcome
          if (terms.get(outcome.applied.index) === entry.term) return outcome
          const { index, atMs, lamport } = entry
          notaryMachine({ sha256: plainSha256 }).apply({ index, atMs, lamport, bytes: payload.bytes }, state)
          return outcome
        },
    ),
  ],
}
