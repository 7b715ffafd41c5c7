import { Chat } from '#cores/chat/chat'
import { feedsHaveNoGaps } from '../../properties/chat/feeds-have-no-gaps.ts'
import { method } from '../raft/replaced.ts'
import type { ChatBug } from './chat-bug.ts'

/** Takes a number for the waiting of somebody at a lock, though nothing stands there. */
export const countsWhatItRefuses: ChatBug = {
  name: 'counts-what-it-refuses',
  property: feedsHaveNoGaps.name,
  rules: [
    method(
      Chat,
      'tellAll',
      (right) =>
        function (this: Chat, deed, what) {
          if (what.kind === 'lock' && what.lock.waiting.length > 0) this.head.lastOfAll += 1
          return right.call(this, deed, what)
        },
    ),
  ],
}
