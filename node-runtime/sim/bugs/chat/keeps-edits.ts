import { besideNothing, encodeEventRow } from '#cores/chat/event-rows'
import { decodeChatAnswer } from '#cores/chat/index'
import { eventKey, spaces } from '#cores/chat/rows'
import { conversationFor } from '#cores/chat/sight'
import { deletedIsGone } from '../../properties/chat/deleted-is-gone.ts'
import type { ChatBug } from './chat-bug.ts'
import { spoiltMachine } from './machine-with-bug.ts'

/** Keeps the text of each edit where the edit stands, and does not think of it when the message is deleted. */
export const keepsEdits: ChatBug = {
  name: 'keeps-edits',
  property: deletedIsGone.name,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) => {
      const bytes = right.apply(entry, state)
      const answer = decodeChatAnswer(bytes)
      for (const event of answer?.kind === 'done' ? answer.events : []) {
        const conversation = event.what.kind === 'edited' ? conversationFor(state, null, event.feed) : null
        if (conversation === null) continue
        state.put(spaces.events, eventKey(conversation.feed, event.number), encodeEventRow(event, besideNothing))
      }
      return bytes
    },
  })),
}
