import { Replica } from '#roles/replica/replica'
import { channelIsLinearizable } from '../../properties/chat/channel-is-linearizable.ts'
import { method } from '../raft/replaced.ts'
import type { ChatBug } from './chat-bug.ts'

/** Whoever is asked for a fresh history gives what it has. */
export const readsAtOnce: ChatBug = {
  name: 'reads-at-once',
  property: channelIsLinearizable.name,
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
