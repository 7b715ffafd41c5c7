import { describe, expect, it } from 'vitest'
import { decodeChatQueryAnswer } from '#cores/chat/index'
import type { Message } from '#cores/chat/messages'
import { sayIn, VirtualChat } from '../testing/virtual-chat.ts'

function messagesIn(chat: VirtualChat, conversation: string): readonly Message[] {
  const query = { kind: 'history', as: null, conversation, from: 0, order: 'up', limit: 100 } as const
  return chat.found(query)?.messages ?? []
}

describe('a server of the chat', () => {
  it('signs people up, and does what they say once', () => {
    const chat = new VirtualChat()
    chat.untilLed()
    const ana = chat.signUp('ana')
    expect(chat.act(ana, { kind: 'join', channel: 'general' }).kind).toBe('done')
    const id = chat.nextId()
    expect(chat.say(ana, 'general', 'olá', id)).toMatchObject({ kind: 'done', event: { deed: id } })
    expect(chat.say(ana, 'general', 'olá', id)).toMatchObject({ kind: 'done-before', event: { deed: id } })
    expect(messagesIn(chat, 'c:general').map(({ text, author }) => [author, text])).toEqual([['ana', 'olá']])
  })

  it('hands back what it does not lead, and does nothing of it', () => {
    const chat = new VirtualChat()
    const leader = chat.untilLed()
    const ana = chat.signUp('ana')
    const follower = chat.members.find((id) => id !== leader)!
    const what = { kind: 'join', channel: 'general' } as const
    const id = chat.nextId()
    const answer = chat.send(follower, { kind: 'act', token: ana, deed: { id, actor: null, what } }, { id })
    chat.hosts.run(500)
    expect(answer()).toEqual({ kind: 'handed-back', leader })
    expect(chat.act(ana, what, id).kind).toBe('done')
  })

  it('goes on under the next leader with the same ids and the same tokens', () => {
    const chat = new VirtualChat()
    const first = chat.untilLed()
    const ana = chat.signUp('ana')
    chat.act(ana, { kind: 'join', channel: 'general' })
    const id = chat.nextId()
    // The leader does it, and its power goes before anybody hears so.
    chat.send(first, { kind: 'act', token: ana, deed: { id, actor: null, what: sayIn('general', 'um') } }, { id })
    chat.hosts.until(() => chat.members.some((one) => chat.position(one) > 0 && chat.events.some((e) => e.deed === id)))
    chat.powerOff(first)
    expect(chat.say(ana, 'general', 'um', id)).toMatchObject({ kind: 'done-before', event: { deed: id } })
    expect(chat.leader).not.toBe(first)
    expect(chat.say(ana, 'general', 'dois').kind).toBe('done')
    expect(messagesIn(chat, 'c:general').map(({ text }) => text)).toEqual(['um', 'dois'])
    chat.hosts.run(20)
    const told = new Set(chat.events.map(({ position }) => position))
    expect(told.size).toBe(chat.found({ kind: 'status' }).position)
  })

  it('believes who the token says, and not what the deed says', () => {
    const chat = new VirtualChat()
    chat.untilLed()
    const ana = chat.signUp('ana')
    chat.signUp('bia')
    chat.act(ana, { kind: 'join', channel: 'general' })
    const id = chat.nextId()
    chat.ask(
      { kind: 'act', token: ana, deed: { id: chat.nextId(), actor: 'bia', what: sayIn('general', 'eu') } },
      { id },
    )
    expect(messagesIn(chat, 'c:general')).toMatchObject([{ author: 'ana', id, through: 'native' }])
    expect(chat.act(ana, { ...sayIn('general', 'x'), through: 'course' }).kind).toBe('done')
    const forged = chat.ask({ kind: 'act', token: `${ana}x`, deed: { id, actor: null, what: sayIn('general', 'x') } })
    expect(forged).toMatchObject({ kind: 'failed', failure: { code: 'not-signed-in' } })
  })

  it.each([
    { kind: 'token-key', key: new Uint8Array(32) },
    { kind: 'expire-locks' },
    { kind: 'sign-up', user: 'x', password: null, isBot: false },
    { kind: 'log-in', user: 'ana', through: 'course' },
    { kind: 'set-password', password: '$x' },
  ] as const)('lets nobody from outside do $kind', (what) => {
    const chat = new VirtualChat()
    chat.untilLed()
    const keys = chat.found({ kind: 'token-keys' }).keys
    expect(chat.act(chat.signUp('ana'), what)).toEqual({ kind: 'refused', why: 'malformed' })
    expect(chat.found({ kind: 'token-keys' }).keys).toEqual(keys)
  })

  it('shows nobody a hash, a key or what is not theirs', () => {
    const chat = new VirtualChat()
    chat.untilLed()
    const [ana, bia] = [chat.signUp('ana'), chat.signUp('bia')]
    const made = chat.act(ana, { kind: 'create-channel', name: 'só nós', title: '', isPrivate: true, fence: null })
    const conversation =
      made.kind === 'done' && made.event?.what.kind === 'conversation' ? made.event.what.conversation.id : ''
    expect(conversation).toMatch(/^p:/)
    const users = chat.ask({
      kind: 'query',
      token: bia,
      consistency: 'stale',
      query: { kind: 'users', after: null, limit: 9 },
    })
    const shown = users.kind === 'found' ? decodeChatQueryAnswer('users', users.answer)?.answer.users : []
    expect(shown?.map(({ password }) => password)).toEqual(['', ''])
    const query = { kind: 'history', as: 'ana', conversation, from: 0, order: 'up', limit: 9 } as const
    const history = chat.ask({ kind: 'query', token: bia, consistency: 'linearizable', query })
    expect(history.kind === 'found' && decodeChatQueryAnswer('history', history.answer)).toEqual({ answer: null })
    for (const secret of [{ kind: 'token-keys' }, { kind: 'log-ins', before: null, limit: 5 }] as const) {
      const answer = chat.ask({ kind: 'query', token: ana, consistency: 'stale', query: secret })
      expect(answer).toMatchObject({ kind: 'failed', failure: { code: 'not-trusted' } })
    }
  })

  it('has published what it answers', () => {
    const chat = new VirtualChat()
    const leader = chat.untilLed()
    const marks: (readonly [number, number])[] = []
    const deed = { id: chat.nextId(), actor: null, what: { kind: 'log-in', user: 'ana', through: 'course' } } as const
    chat.hosts.live(chat.hosts.host(leader), () =>
      chat.service(leader).act(deed, (result) => {
        const { chat: facts } = chat.role(leader).facts()
        const event = result.ok && result.value.kind === 'done' ? result.value.event : null
        marks.push([event?.position ?? -1, facts?.kind === 'server' ? facts.publishedUpTo : -2])
      }),
    )
    chat.hosts.until(() => marks.length === 1)
    expect(marks[0]![1]).toBeGreaterThanOrEqual(chat.position(leader))
    expect(marks[0]![1]).toBeGreaterThan(0)
  })

  it('counts what is no request, and goes on', () => {
    const chat = new VirtualChat()
    const leader = chat.untilLed()
    const before = chat.role(leader).facts().anomalies
    const wrong = [[], [0], [99], [1, 255, 255, 255, 255], [2, 1, 4, 0, 0, 0, 255, 255, 255, 255]]
    for (const bytes of wrong) chat.sendBytes(leader, Uint8Array.from(bytes))
    chat.hosts.run(50)
    expect(chat.role(leader).facts().anomalies).toBe(before + wrong.length)
    expect(chat.signUp('ana')).not.toBe('')
    expect(chat.role(leader).facts().chat).toMatchObject({ openRequests: 0 })
  })
})
