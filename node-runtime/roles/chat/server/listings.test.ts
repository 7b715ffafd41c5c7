import { describe, expect, it } from 'vitest'
import { chatLimits } from '#cores/chat/limits'
import type { ChatQuery, Conversation, UserRow } from '#cores/chat/messages'
import { OneChat } from '#cores/chat/testing/one-chat'
import { accountAnswer, courseAnswer } from '#dialects/chat/index'
import { ok } from '#kit/result'
import { socketLimits } from '#ports/sockets'
import type { ChatState } from './chat-state.ts'
import { listChannels, listingLimits, listUsers } from './listings.ts'

const stamp = { atMs: 1, clock: 1 }

function stateOf(chat: OneChat): Pick<ChatState, 'ask' | 'look'> {
  return {
    look: (query) => chat.ask(query),
    ask: <Query extends ChatQuery>(query: Query, _: string, done: (result: never) => void) =>
      // The compiler cannot see that the answer is the query's.
      done(ok(chat.ask(query)) as never),
  }
}

function usersOf(chat: OneChat): readonly UserRow[] {
  const found: UserRow[] = []
  listUsers(stateOf(chat), (result) => found.push(...(result.ok ? result.value : [])))
  return found
}

function channelsOf(chat: OneChat): readonly Conversation[] {
  const found: Conversation[] = []
  listChannels(stateOf(chat), (result) => found.push(...(result.ok ? result.value : [])))
  return found
}

describe('a list without pages', () => {
  it('has everybody, in order, over several pages', () => {
    const chat = new OneChat()
    const names = Array.from({ length: listingLimits.pageRows + 20 }, (_, place) => `u${1_000 + place}`)
    chat.signUp(...names)
    expect(usersOf(chat).map(({ name }) => name)).toEqual(names)
  })

  it('ends where an answer would reach nobody any more', () => {
    const chat = new OneChat()
    chat.signUp('ana')
    for (let place = 0; place < 900; place += 1) {
      const name = `${1_000 + place}${'ã'.repeat(chatLimits.nameCharsMax - 4)}`
      const title = '"\n'.repeat(chatLimits.titleCharsMax / 2)
      chat.do('ana', { kind: 'create-channel', name, title, isPrivate: false, fence: null })
    }
    const channels = channelsOf(chat)
    expect(channels.length).toBeGreaterThan(500)
    expect(channels.length).toBeLessThan(900)
    const course = { codec: 'json', dialect: 'course', service: 'channels' } as const
    const account = { codec: 'json', dialect: 'account', service: 'listChannels' } as const
    const named = channels.map(({ name, title: description }) => ({ name, description }))
    const answers = [
      courseAnswer(course, { kind: 'channels', channels: channels.map(({ name }) => name) }, stamp),
      accountAnswer(account, { kind: 'channels', channels: named }, stamp),
    ]
    for (const { length } of answers) expect(length).toBeLessThan(socketLimits.answerBytesMax)
  })
})
