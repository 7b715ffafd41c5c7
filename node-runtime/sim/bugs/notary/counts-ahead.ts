import { notaryMachine } from '#cores/notary/machine'
import { assert } from '#kit/assert'
import { plainSha256 } from '#kit/sha256'
import { Replica } from '#roles/replica/replica'
import { oneRootASize } from '../../properties/notary/one-root-a-size.ts'
import { method, type Replacement } from '../raft/replaced.ts'
import { Scratch } from './machine-with-bug.ts'
import type { NotaryBug } from './notary-bug.ts'

/** What a peer has proposed and has no answer to. */
const waitingAt = new WeakMap<Replica, Set<Uint8Array>>()

/** Who leads answers as if all that it has proposed were committed already. */
export const answersAhead: readonly Replacement[] = [
  method(
    Replica,
    'ask',
    (right) =>
      function (this: Replica, request, cause) {
        if (request.kind !== 'propose') return right.call(this, request, cause)
        const waiting = waitingAt.get(this) ?? new Set()
        waitingAt.set(this, waiting)
        const command = request.command.slice()
        waiting.add(command)
        const done: typeof request.done = (result) => {
          waiting.delete(command)
          request.done(result)
        }
        right.call(this, { ...request, done }, cause)
      },
  ),
  method(
    Replica,
    'look',
    (right) =>
      function (this: Replica, query) {
        const waiting = waitingAt.get(this) ?? new Set()
        if (this.view.role !== 'leader' || waiting.size === 0) return right.call(this, query)
        let answer: Uint8Array | null = null
        this.spoil((state) => {
          const machine = notaryMachine({ sha256: plainSha256 })
          const ahead = new Scratch(state)
          for (const bytes of waiting) machine.apply({ index: 0, atMs: aheadMs, lamport: 0, bytes }, ahead)
          answer = machine.query(query, ahead)
        })
        assert(answer !== null, 'a state is spoilt at once')
        return { answer, appliedIndex: this.appliedIndex }
      },
  ),
]

/** Later than all that is committed in a run. */
const aheadMs = 1_800_000_000_000

export const countsAhead: NotaryBug = {
  name: 'counts-ahead',
  property: oneRootASize.name,
  rules: answersAhead,
}
