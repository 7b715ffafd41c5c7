import { encodeHead, headKey, readHead, spaces } from '#cores/chat/rows'
import { copiesAgree } from '../../properties/chat/copies-agree.ts'
import type { ChatBug } from './chat-bug.ts'
import { spoiltMachine } from './machine-with-bug.ts'

/** Keeps in the common state how far it has come in this life of its own. */
export const marksWhatItPublishedItself: ChatBug = {
  name: 'marks-what-it-published-itself',
  property: copiesAgree.name,
  parts: spoiltMachine((right) => {
    let publishedUpTo = 0
    return {
      apply: (entry, state) => {
        const answer = right.apply(entry, state)
        publishedUpTo += 1
        const head = readHead(state)
        if (head !== null) state.put(spaces.chat, headKey, encodeHead({ ...head, publishedUpTo }))
        return answer
      },
    }
  }),
}
