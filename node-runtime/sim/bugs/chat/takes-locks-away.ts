import { decodeChatCommand } from '#cores/chat/index'
import { spaces } from '#cores/chat/rows'
import { locksAreExclusive } from '../../properties/chat/locks-are-exclusive.ts'
import type { ChatBug } from './chat-bug.ts'
import { spoiltMachine } from './machine-with-bug.ts'

/** Gives a lock to whoever asks last. */
export const takesLocksAway: ChatBug = {
  name: 'takes-locks-away',
  property: locksAreExclusive.name,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) => {
      for (const { what } of decodeChatCommand(entry.bytes)?.deeds ?? []) {
        if (what.kind === 'ask-lock') state.delete(spaces.locks, what.lock)
      }
      return right.apply(entry, state)
    },
  })),
}
