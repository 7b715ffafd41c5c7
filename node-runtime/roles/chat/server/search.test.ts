import { describe, expect, it } from 'vitest'
import type { ChatQuery } from '#cores/chat/messages'
import { OneChat } from '#cores/chat/testing/one-chat'
import type { Result } from '#kit/result'
import { StoreFailure } from '#ports/store'
import { VirtualTextIndex } from '#sim/virtual-text-index'
import { Later } from '../../testing/fake-ports.ts'
import type { AskBody } from '../ask-bodies.ts'
import type { SearchPage } from '../service.ts'
import { exportedBy } from '../testing/exported.ts'
import { VirtualChat } from '../testing/virtual-chat.ts'
import { search, searchLimits } from './search.ts'

type Order = Extract<AskBody, { readonly kind: 'search' }>['order']

const any: Order = { words: '', from: null, in: null, beforeMs: null, cursor: null, limit: 10 }

function found(chat: VirtualChat, token: string, order: Partial<Order>): readonly string[] {
  const answer = chat.ask({ kind: 'search', token, order: { ...any, ...order } })
  if (answer.kind !== 'page') throw new Error(JSON.stringify(answer))
  return answer.page.messages.map(({ text }) => text)
}

/** Until whoever leads has all words. */
function untilIndexed(chat: VirtualChat): void {
  chat.hosts.until(() => {
    const { leader } = chat
    const facts = leader === null ? null : chat.role(leader).facts().chat
    return facts?.kind === 'server' && facts.searchLag === 0
  })
}

function talkative() {
  const chat = new VirtualChat()
  chat.untilLed()
  const [ana, bia] = [chat.signUp('ana'), chat.signUp('bia')]
  for (const token of [ana, bia]) chat.act(token, { kind: 'join', channel: 'general' })
  const id = chat.nextId()
  chat.say(ana, 'general', 'Pão de queijo', id)
  chat.say(bia, 'general', 'pao com café')
  const to = { kind: 'user', name: 'ana' } as const
  chat.act(ana, { kind: 'say', to, text: 'pão só meu', replyTo: null, through: 'native' })
  return { chat, ana, bia, id }
}

describe('a search', () => {
  it('finds what may be seen, newest first, page by page', () => {
    const { chat, ana, bia } = talkative()
    untilIndexed(chat)
    expect(found(chat, ana, { words: 'pao' })).toEqual(['pão só meu', 'pao com café', 'Pão de queijo'])
    expect(found(chat, bia, { words: 'pão' })).toEqual(['pao com café', 'Pão de queijo'])
    expect(found(chat, bia, { words: 'pão', from: 'ana' })).toEqual(['Pão de queijo'])
    expect(found(chat, ana, { words: 'pão', in: 'general' })).toHaveLength(2)
    const first = chat.ask({ kind: 'search', token: ana, order: { ...any, words: 'pão', limit: 1 } })
    const cursor = first.kind === 'page' ? first.page.next : null
    expect(found(chat, ana, { words: 'pão', limit: 2, cursor })).toEqual(['pao com café', 'Pão de queijo'])
    for (const wrong of [{ limit: 0 }, { limit: 101 }, { cursor: 'x' }, { words: 'x'.repeat(600) }]) {
      const answer = chat.ask({ kind: 'search', token: ana, order: { ...any, ...wrong } })
      expect(answer).toMatchObject({ kind: 'failed', failure: { code: 'bad-request' } })
    }
  })

  it('finds a message as it reads now, and not what was deleted', () => {
    const { chat, ana, bia, id } = talkative()
    chat.act(ana, { kind: 'edit', message: id, text: 'bolo de fubá' })
    untilIndexed(chat)
    expect(found(chat, bia, { words: 'queijo' })).toEqual([])
    expect(found(chat, bia, { words: 'fubá' })).toEqual(['bolo de fubá'])
    chat.act(ana, { kind: 'delete', message: id })
    expect(found(chat, bia, { words: 'fubá' })).toEqual([])
    untilIndexed(chat)
    for (const member of chat.members) {
      const { texts } = chat.hosts.host(member).ports()
      const order = { ...any, words: ['fubá'], author: null, group: null, beforePlace: null }
      chat.hosts.until(() => texts.find(order).length === 0)
    }
  })

  it('finds everything at a server that lost its index', () => {
    const { chat, ana } = talkative()
    untilIndexed(chat)
    const leader = chat.leader!
    const { texts } = chat.hosts.host(leader).ports()
    const lost = Array.from({ length: 60 }, (_, place) => ({
      ...{ place, id: '', group: '', author: '', atMs: 0, text: null },
    }))
    texts.write(lost, 0)
    expect(found(chat, ana, { words: 'pao' })).toEqual([])
    chat.powerOff(leader)
    chat.boot(leader)
    chat.hosts.until(
      () => texts.find({ ...any, words: ['pao'], author: null, group: null, beforePlace: null }).length === 3,
    )
  })
})

describe('a search among what others said in private', () => {
  it('looks at so much and no more, and goes on from there when it is asked', () => {
    const chat = new OneChat()
    chat.signUp('ana', 'bia')
    const texts = new VirtualTextIndex()
    const secret = chat.channel('segredo', ['ana'], true)
    const room = chat.channel('sala', ['bia'])
    const seen = chat.say('bia', room, 'pão da bia')
    const said = Array.from({ length: searchLimits.hitsMax + 10 }, () => chat.say('ana', secret, 'pão'))
    const rows = [seen, ...said].map(({ id, position: place, conversation: group, author, atMs, text }) => {
      return { place, id, group, author, atMs, text }
    })
    texts.write(rows, said.at(-1)!.position)
    const later = new Later()
    const parts = {
      state: { look: <Query extends ChatQuery>(query: Query) => chat.ask(query) },
      texts,
      soon: later.soon,
    }
    const pages: SearchPage[] = []
    const ask = (cursor: string | null) => {
      const order = { ...any, as: 'bia', words: 'pão', cursor }
      search(parts, order, (result) => pages.push(...(result.ok ? [result.value] : [])))
      later.run()
    }
    ask(null)
    expect(pages).toMatchObject([{ messages: [], next: String(said[10]!.position) }])
    ask(pages[0]!.next)
    expect(pages[1]).toMatchObject({ messages: [{ text: 'pão da bia' }], next: null })
    const failed: unknown[] = []
    const find = (): never => {
      throw new StoreFailure('store-damaged', 'a page of it cannot be read')
    }
    search({ ...parts, texts: { find } }, { ...any, as: 'bia', words: 'pão' }, (result) => failed.push(result))
    later.run()
    expect(failed).toMatchObject([{ failure: { code: 'store-damaged' } }])
  })
})

describe('what a server keeps', () => {
  it('is exported in the files of the course, without what is private', () => {
    const { chat, ana } = talkative()
    for (const user of ['caio', 'duda']) chat.program('login', { user })
    for (const dst of ['caio', 'ana']) chat.program('message', { src: 'duda', dst, message: `para ${dst}` })
    chat.act(ana, { kind: 'create-channel', name: 'aulas', title: '', isPrivate: false, fence: null })
    const leader = chat.leader!
    const texts = exportedBy((request) => {
      const answered: Result<unknown>[] = []
      chat.hosts.live(chat.hosts.host(leader), () =>
        chat.role(leader).answer(request, (result) => void answered.push(result)),
      )
      return answered[0] ?? null
    })
    expect(texts.map(({ name }) => name)).toEqual(['publications.jsonl', 'messages.jsonl', 'registry.json'])
    expect(
      texts[0]!.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).message),
    ).toEqual(['Pão de queijo', 'pao com café'])
    expect(JSON.parse(texts[1]!.text)).toMatchObject({
      dst: 'caio',
      src: 'duda',
      message: 'para caio',
      origin: 'virtual',
    })
    expect(JSON.parse(texts[2]!.text)).toEqual({
      channels: ['aulas', 'dev', 'general', 'random'],
      users: ['ana', 'bia', 'caio', 'duda'],
    })
  })
})
