import { beforeEach, describe, expect, it } from 'vitest'
import { chatLimits } from './limits.ts'
import type { ChatQuery } from './messages.ts'
import { OneChat } from './testing/one-chat.ts'

let chat: OneChat

beforeEach(() => {
  chat = new OneChat()
  chat.signUp('ana', 'rui', 'eva')
})

describe('questions', () => {
  it('CH29 show what is private to those who are in it', () => {
    const plan = chat.channel('plan', ['ana', 'rui'], true)
    const { id: message } = chat.say('ana', plan, 'quiet')
    const queries = (as: string | null): readonly ChatQuery[] => [
      { kind: 'conversation', as, conversation: plan },
      { kind: 'members', as, conversation: plan, after: null, limit: 5 },
      { kind: 'history', as, conversation: plan, from: 0, order: 'up', limit: 5 },
      { kind: 'history', as, conversation: plan, from: 99, order: 'down', limit: 5 },
      { kind: 'events', as, feed: plan, after: 0, limit: 5 },
      { kind: 'message', as, message },
    ]
    for (const as of ['ana', 'rui', null]) {
      for (const query of queries(as))
        expect(JSON.stringify(chat.ask(query)), query.kind).toMatch(/plan|quiet|rui|joined/)
    }
    const nothing = [{ conversation: null, isMember: false }, null, null, null, null, { message: null }]
    for (const as of ['eva', 'nobody', ''])
      expect(
        queries(as).map((query) => chat.ask(query)),
        as,
      ).toEqual(nothing)
    expect(chat.ask({ kind: 'conversations', as: 'eva', after: null, limit: 5 }).conversations).toEqual([])
    expect(chat.ask({ kind: 'channels', after: null, limit: 99 }).channels.map(({ name }) => name)).not.toContain(
      'plan',
    )
    expect(JSON.stringify(chat.events('eva', 'all'))).not.toContain('plan')
  })

  it('CH29 tell of a user what was meant for that user alone', () => {
    chat.channel('sala', ['ana'])
    expect(chat.events('ana', 'u:ana')).toHaveLength(1)
    expect(chat.ask({ kind: 'events', as: 'rui', feed: 'u:ana', after: 0, limit: 5 })).toBeNull()
    expect(chat.ask({ kind: 'events', as: null, feed: 'u:none', after: 0, limit: 5 })).toBeNull()
    const answer = chat.ask({ kind: 'history', as: 'rui', conversation: 'c:sala', from: 0, order: 'up', limit: 5 })
    expect(answer).toEqual({ messages: [], isWhole: true })
  })

  it('CH30 go through a history in both directions, over what is no message', () => {
    const sala = chat.channel('sala', ['ana', 'rui'])
    const said = Array.from({ length: 7 }, (_, at) => {
      const { id, number } = chat.say('ana', sala, `text ${at}`)
      if (at % 2 === 0)
        for (let time = 0; time < 3; time += 1)
          chat.do('rui', { kind: 'react', message: id, emoji: `${time}`, isOn: true })
      return number
    })
    for (const order of ['up', 'down'] as const) {
      const found: string[] = []
      for (let from = order === 'up' ? 0 : 1_000, isWhole = false; !isWhole; ) {
        const page = chat.ask({ kind: 'history', as: 'ana', conversation: sala, from, order, limit: 2 })
        if (page === null) throw new Error('no page')
        const texts = page.messages.map(({ text }) => text)
        found.splice(order === 'up' ? found.length : 0, 0, ...texts)
        from = page.messages.at(order === 'up' ? -1 : 0)?.number ?? from
        isWhole = page.isWhole
      }
      expect(found, order).toEqual(said.map((_, at) => `text ${at}`))
    }
    const around = { kind: 'history', as: 'ana', conversation: sala, from: said[3] ?? 0, limit: 2 } as const
    expect(chat.ask({ ...around, order: 'up' })?.messages.map(({ text }) => text)).toEqual(['text 4', 'text 5'])
    expect(chat.ask({ ...around, order: 'down' })?.messages.map(({ text }) => text)).toEqual(['text 1', 'text 2'])
  })

  it('CH30 end a page by its bytes, after one row at least', () => {
    const sala = chat.channel('sala', ['ana'])
    for (let done = 0; done < 60; done += 1) chat.say('ana', sala, '蜂'.repeat(10_000))
    const page = chat.ask({ kind: 'history', as: 'ana', conversation: sala, from: 0, order: 'up', limit: 100 })
    expect([page?.messages.length, page?.isWhole]).toEqual([17, false])
    const events = chat.ask({ kind: 'events', as: 'ana', feed: sala, after: 1, limit: 100 })
    expect([events?.events.length, events?.last, events?.isForgotten]).toEqual([17, 61, false])
  })

  it('CH30 leaf through users, channels, members and conversations', () => {
    chat.channel('a', ['ana', 'rui', 'eva'])
    chat.channel('b', ['ana'])
    const leaf = (
      ask: (after: string | null) => { names: readonly string[]; next: string | null },
    ): readonly string[] => {
      const first = ask(null)
      const second = ask(first.next)
      expect([first.names.length, second.next]).toEqual([2, null])
      return [...first.names, ...second.names]
    }
    const limit = 2
    expect(
      leaf((after) => {
        const { users, next } = chat.ask({ kind: 'users', after, limit })
        return { names: users.map(({ name }) => name), next }
      }),
    ).toEqual(['ana', 'eva', 'rui'])
    expect(
      leaf((after) => {
        const answer = chat.ask({ kind: 'members', as: 'ana', conversation: 'c:a', after, limit })
        return { names: answer?.members.map(({ user }) => user) ?? [], next: answer?.next ?? null }
      }),
    ).toEqual(['ana', 'eva', 'rui'])
    chat.do('ana', { kind: 'begin-direct', user: 'eva' })
    expect(
      leaf((after) => {
        const { conversations, next } = chat.ask({ kind: 'conversations', as: 'ana', after, limit })
        return { names: conversations.map(({ conversation }) => conversation.id), next }
      }),
    ).toEqual(['c:a', 'c:b', 'd:ana\neva'])
    const first = chat.ask({ kind: 'channels', after: null, limit: 3 })
    const second = chat.ask({ kind: 'channels', after: first.next, limit: 3 })
    expect([...first.channels, ...second.channels].map(({ name }) => name)).toEqual([
      'a',
      'b',
      'dev',
      'general',
      'random',
    ])
    expect([first.next, second.next]).toEqual(['dev', null])
  })

  it('CH31 say what they have forgotten', () => {
    const sala = chat.channel('sala', ['ana', 'rui'])
    const say = {
      kind: 'say',
      to: { kind: 'conversation', conversation: sala },
      text: 'x',
      replyTo: null,
      through: 'native',
    } as const
    for (let round = 0; round < chatLimits.eventsKeptOfUser; round += 1) {
      const { events } = chat.apply([{ id: chat.id(), actor: 'ana', what: say }])
      const upTo = [{ conversation: sala, number: events[0]?.number ?? 0 }]
      chat.apply([{ id: chat.id(), actor: 'rui', what: { kind: 'read', upTo } }])
    }
    const page = (after: number) => chat.ask({ kind: 'events', as: 'rui', feed: 'u:rui', after, limit: 2 })
    expect(page(0)).toMatchObject({ isForgotten: true, last: chatLimits.eventsKeptOfUser + 1 })
    expect(page(1)?.isForgotten).toBe(false)
    expect(page(chatLimits.eventsKeptOfUser + 1)).toMatchObject({ events: [], isForgotten: false })
  })

  it('CH33 change nothing, also before anything was', () => {
    const empty = new OneChat()
    const queries: readonly ChatQuery[] = [
      { kind: 'user', user: 'ana' },
      { kind: 'users', after: null, limit: 5 },
      { kind: 'channels', after: null, limit: 5 },
      { kind: 'conversations', as: 'ana', after: null, limit: 5 },
      { kind: 'events', as: 'ana', feed: 'all', after: 0, limit: 5 },
      { kind: 'message', as: 'ana', message: 'f'.repeat(32) },
      { kind: 'log-ins', before: null, limit: 5 },
      { kind: 'locks', after: null, limit: 5 },
      { kind: 'status' },
      { kind: 'token-keys' },
    ]
    const { writes } = chat.state
    for (const query of queries) for (const one of [chat, empty]) one.ask(query)
    expect([chat.state.writes, empty.state.writes]).toEqual([writes, 0])
  })
})
