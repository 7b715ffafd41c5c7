import { decodeChatQuery, encodeChatQuery } from '#cores/chat/index'
import { privateStaysPrivate } from '../../properties/chat/private-stays-private.ts'
import type { ChatBug } from './chat-bug.ts'
import { spoiltMachine } from './machine-with-bug.ts'

/** Takes whoever asks for the members of a conversation for somebody who may see it. */
export const showsToEverybody: ChatBug = {
  name: 'shows-to-everybody',
  property: privateStaysPrivate.name,
  parts: spoiltMachine((right) => ({
    query: (bytes, state) => {
      const query = decodeChatQuery(bytes)
      return right.query(query?.kind === 'members' ? encodeChatQuery({ ...query, as: null }) : bytes, state)
    },
  })),
}
