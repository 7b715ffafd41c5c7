import { Replica } from '#roles/replica/replica'
import { listsAreLinearizable } from '../../properties/replica/what-clients-see.ts'
import { method } from '../raft/replaced.ts'
import type { ReplicaBug } from './replica-bug.ts'

/** Whoever is asked for a fresh read gives what it has. */
export const readsAtOnce: ReplicaBug = {
  name: 'reads-at-once',
  property: listsAreLinearizable.name,
  rules: [
    method(
      Replica,
      'ask',
      (right) =>
        function (this: Replica, request, cause) {
          right.call(this, request.kind === 'read' ? { ...request, consistency: 'stale' } : request, cause)
        },
    ),
  ],
}
