import { beforeEach, describe, expect, it } from 'vitest'
import type { ChatEvent, Deed } from './messages.ts'
import { OneChat } from './testing/one-chat.ts'

let chat: OneChat

beforeEach(() => {
  chat = new OneChat()
})

/** Somebody who was told some things, and catches up on the rest by numbers. */
class Reader {
  readonly seen: ChatEvent[] = []
  readonly #as: string
  readonly #feed: string

  constructor(as: string, feed: string) {
    this.#as = as
    this.#feed = feed
  }

  catchUp(): void {
    this.seen.push(...chat.events(this.#as, this.#feed, this.seen.at(-1)?.number ?? 0))
  }
}

describe('a chat', () => {
  it('is read on from where it was left, by whoever was away', () => {
    chat.signUp('ana', 'rui')
    const sala = chat.channel('sala', ['ana', 'rui'])
    const rui = new Reader('rui', sala)
    rui.catchUp()
    const { id } = chat.say('ana', sala, 'one')
    chat.say('ana', sala, 'two')
    rui.catchUp()
    chat.do('ana', { kind: 'delete', message: id })
    chat.say('rui', sala, 'three')
    rui.catchUp()
    rui.catchUp()
    expect(rui.seen.map(({ what }) => what.kind)).toEqual([
      'joined',
      'joined',
      'message',
      'message',
      'deleted',
      'message',
    ])
    expect(rui.seen.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('serves a program of the course as it expects', () => {
    const as = (user: string, text: string) =>
      chat.try(user, { kind: 'say', to: { kind: 'channel', name: 'aula' }, text, replyTo: null, through: 'course' })
    for (const user of ['ana', 'rui', 'ana'])
      expect(chat.try(null, { kind: 'log-in', user, through: 'course' })).toBe('done')
    expect(as('ana', 'x')).toBe('unknown-channel')
    const aula = { kind: 'create-channel', name: 'aula', title: '', isPrivate: false, fence: null } as const
    expect([chat.try(null, aula), chat.try(null, aula)]).toEqual(['done', 'name-taken'])
    expect([as('ana', 'oi'), as('ninguem', 'oi')]).toEqual(['done', 'unknown-user'])
    const to = (name: string) =>
      ({ kind: 'say', to: { kind: 'user', name }, text: 'oi', replyTo: null, through: 'course' }) as const
    expect([chat.try('ana', to('rui')), chat.try('ana', to('ninguem'))]).toEqual(['done', 'unknown-user'])
    expect(chat.history('ana', 'c:aula')).toEqual(['oi'])
  })

  it('lets two make one channel, one after the other', () => {
    chat.signUp('ana', 'rui')
    const lock = 'channel:sala'
    const asked = (actor: string) => chat.outcome(actor, { kind: 'ask-lock', lock, holder: `${actor}/1` })
    const create = (actor: string, fence: number) =>
      chat.try(actor, { kind: 'create-channel', name: 'sala', title: '', isPrivate: false, fence })
    expect([asked('ana'), asked('rui')]).toMatchObject([{ fence: 1 }, { fence: null }])
    expect([create('rui', 1), create('ana', 1)]).toEqual(['locked', 'done'])
    chat.do('ana', { kind: 'give-lock', lock, holder: 'ana/1', fence: 1 })
    expect(create('rui', 2)).toBe('name-taken')
  })

  it('answers an outbox that sends everything again after a crash', () => {
    chat.signUp('ana', 'rui')
    const sala = chat.channel('sala', ['ana', 'rui'])
    const to = { kind: 'conversation', conversation: sala } as const
    const outbox: readonly Deed[] = Array.from({ length: 9 }, (_, at) => ({
      id: chat.id(),
      actor: 'ana',
      what: { kind: 'say', to, text: `text ${at}`, replyTo: null, through: 'native' },
    }))
    const told = outbox.slice(0, 6).map((deed) => chat.apply([deed]).outcomes[0])
    const again = chat.apply(outbox).outcomes
    expect(again.map(({ kind }) => kind)).toEqual([...Array(6).fill('done-before'), ...Array(3).fill('done')])
    expect(again.slice(0, 6)).toMatchObject(told.map((outcome) => ({ ...outcome, kind: 'done-before' })))
    expect(chat.history('rui', sala)).toEqual(outbox.map((_, at) => `text ${at}`))
  })
})
