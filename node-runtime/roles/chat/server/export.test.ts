import { expect, it } from 'vitest'
import type { ChatAnswers, ChatQuery, Message } from '#cores/chat/messages'
import { Exports } from '../exports.ts'
import { exportedBy } from '../testing/exported.ts'
import { exported, readingLimits } from './export.ts'

const message: Message = {
  ...{ id: '0'.repeat(32), conversation: 'c:general', number: 1, ordinal: 1, author: 'ana', replyTo: null },
  ...{ mentions: [], through: 'course', atMs: 1, lamport: 1, position: 1, logIndex: 1, editedAtMs: null },
  ...{ origin: null, isDeleted: false, reactions: [], text: '' },
}

/** A chat of so many channels, in which was said by turns what stands at each position. */
function chatOf(channels: number, count: number) {
  let rowsMax = 0
  let [spoken, position] = [count, count]
  const answers: { readonly [Kind in ChatQuery['kind']]?: (query: ChatQuery) => unknown } = {
    status: () => ({ position }),
    channels: () => ({
      channels: Array.from({ length: channels }, (_, index) => ({ id: `c:${index}`, name: `${index}` })),
      next: null,
    }),
    users: () => ({ users: [], next: null }),
    history: (query) => {
      const { conversation, from, limit } = query as Extract<ChatQuery, { readonly kind: 'history' }>
      const own = Math.ceil((spoken - Number(conversation.slice(2))) / channels)
      const messages = Array.from({ length: Math.min(limit, own - from) }, (_, index) => {
        const place = (from + index) * channels + Number(conversation.slice(2)) + 1
        return { ...message, conversation, text: `${place}`, number: from + index + 1, position: place }
      })
      rowsMax = Math.max(rowsMax, messages.length)
      return { messages, isWhole: from + messages.length >= own }
    },
  }
  return {
    look: <Query extends ChatQuery>(query: Query) => answers[query.kind]?.(query) as ChatAnswers[Query['kind']],
    rowsMax: () => rowsMax,
    more: () => {
      spoken += 10_000
      position += 10_000
    },
  }
}

it.each([
  ['one channel', 1, 100_000],
  ['many channels', 1_500, 10_000],
])('all that was said in %s is read in its order, and little of it is held at once', (_, channels, count) => {
  const chat = chatOf(channels, count)
  const exports = new Exports()
  let pages = 0
  const [published] = exportedBy(({ after }) => {
    pages += 1
    // What is said meanwhile is not in it: otherwise whoever talks on and on would be read for ever.
    if (pages === 2) chat.more()
    return exports.page(after, () => exported(chat, 'chat'))
  })
  const texts = (published?.text ?? '')
    .trim()
    .split('\n')
    .map((line) => Number(JSON.parse(line).message))
  expect(texts).toEqual(Array.from({ length: count }, (_, index) => index + 1))
  expect(chat.rowsMax() * channels).toBeLessThanOrEqual(readingLimits.rowsHeldMax)
})
