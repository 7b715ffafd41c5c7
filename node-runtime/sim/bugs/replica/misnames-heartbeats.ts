import { Post } from '#roles/post'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { method } from '../raft/replaced.ts'
import type { ReplicaBug } from './replica-bug.ts'

/** Writes another kind on the envelope of a heartbeat than the one inside. */
export const misnamesHeartbeats: ReplicaBug = {
  name: 'misnames-heartbeats',
  property: nobodyComplains.name,
  rules: [
    method(
      Post,
      'send',
      (right) =>
        function (this: Post, to, word) {
          return right.call(this, to, word.kind === 'heartbeat' ? { ...word, kind: 'commit' } : word)
        },
    ),
  ],
}
