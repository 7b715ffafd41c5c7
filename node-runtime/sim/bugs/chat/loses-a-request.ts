import { LogClient } from '#roles/replica/log-client'
import { settled } from '../../properties/chat/settled.ts'
import { method } from '../raft/replaced.ts'
import type { ChatBug } from './chat-bug.ts'

const countOf = new WeakMap<LogClient, number>()
const lostOneOf = 9

/** Now and then a request is neither sent nor answered. */
export const losesARequest: ChatBug = {
  name: 'loses-a-request',
  property: settled.name,
  rules: [
    method(
      LogClient,
      'propose',
      (right) =>
        function (this: LogClient, id, command, done) {
          const count = (countOf.get(this) ?? 0) + 1
          countOf.set(this, count)
          if (count % lostOneOf !== 0) right.call(this, id, command, done)
        },
    ),
  ],
}
