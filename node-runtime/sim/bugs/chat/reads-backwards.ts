import { decodeChatCommand } from '#cores/chat/index'
import { decodeMember, encodeMember, memberKey, spaces } from '#cores/chat/rows'
import { conversationFor } from '#cores/chat/sight'
import { readingGoesForward } from '../../properties/chat/reading-goes-forward.ts'
import type { ChatBug } from './chat-bug.ts'
import { spoiltMachine } from './machine-with-bug.ts'

/** Believes the last position that a user names, though another window of theirs has come further. */
export const readsBackwards: ChatBug = {
  name: 'reads-backwards',
  property: readingGoesForward.name,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) => {
      for (const { actor, what } of decodeChatCommand(entry.bytes)?.deeds ?? []) {
        const [first] = what.kind === 'read' ? what.upTo : []
        const conversation = first === undefined ? null : conversationFor(state, null, first.conversation)
        const key = conversation === null ? '' : memberKey(conversation, actor ?? '')
        const row = state.get(spaces.members, key)
        if (row !== null) state.put(spaces.members, key, encodeMember({ ...decodeMember(row), readNumber: 0 }))
      }
      return right.apply(entry, state)
    },
  })),
}
