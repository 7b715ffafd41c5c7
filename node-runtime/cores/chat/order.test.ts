import { beforeEach, describe, expect, it } from 'vitest'
import { chatMachine, decodeChatQueryAnswer, encodeChatCommand } from './index.ts'
import { chatLimits } from './limits.ts'
import type { Deed } from './messages.ts'
import { by, OneChat } from './testing/one-chat.ts'

let chat: OneChat

beforeEach(() => {
  chat = new OneChat()
  chat.signUp('ana', 'rui')
})

const saying = (actor: string, text: string, id = chat.id()): Deed => ({
  id,
  actor,
  what: { kind: 'say', to: { kind: 'channel', name: 'sala' }, text, replyTo: null, through: 'native' },
})

describe('a chat', () => {
  it('CH1 gives each event the next position, and the next number of its feed', () => {
    chat.channel('sala', ['ana', 'rui'])
    const before = chat.ask({ kind: 'status' }).position
    const { events } = chat.apply([saying('ana', 'a'), saying('nobody', 'b'), saying('rui', 'c')])
    expect(events.map(({ position }) => position)).toEqual([before + 1, before + 2])
    for (const feed of ['all', 'u:ana', 'u:rui', 'c:sala']) {
      const numbers = chat.events(null, feed).map(({ number }) => number)
      expect(numbers.length, feed).toBeGreaterThan(0)
      expect(numbers, feed).toEqual(numbers.map((_, at) => at + 1))
    }
    const all = ['all', 'u:ana', 'u:rui', 'c:sala', 'c:general'].flatMap((feed) => chat.events(null, feed))
    expect(all.map(({ position }) => position).sort((one, other) => one - other)).toEqual(all.map((_, at) => at + 1))
  })

  it('CH2 says of an event what the log entry says', () => {
    chat.channel('sala', ['ana'])
    chat.atMs += 0.7
    const { events } = chat.apply([saying('ana', 'a'), saying('ana', 'b')])
    const [one, other] = events
    const entry = { atMs: Math.floor(chat.atMs), lamport: one?.lamport, logIndex: one?.logIndex }
    expect(one).toMatchObject(entry)
    expect(other).toMatchObject(entry)
    expect(one?.lamport).toBe((one?.logIndex ?? 0) * 2)
    expect(one?.what.kind === 'message' && one.what.message).toMatchObject({
      ...entry,
      position: one?.position,
      number: 2,
    })
  })

  it('CH3 does a deed once, whoever asks again and how often', () => {
    chat.channel('sala', ['ana', 'rui'])
    const deed = saying('ana', 'once')
    const first = chat.apply([deed, deed])
    expect(first.outcomes.map(({ kind }) => kind)).toEqual(['done', 'done-before'])
    expect(first.events.length).toBe(1)
    const [again] = chat.apply([deed]).outcomes
    expect(again).toEqual({ kind: 'done-before', event: first.events[0], fence: null })
    expect(chat.history('ana', 'c:sala')).toEqual(['once'])
  })

  it('CH3 answers what was done before as it stands now', () => {
    chat.channel('sala', ['ana'])
    const deed = saying('ana', 'regret')
    chat.apply([deed])
    const edit = chat.id()
    chat.do('ana', { kind: 'edit', message: deed.id, text: 'better' }, edit)
    chat.do('ana', { kind: 'delete', message: deed.id })
    const outcomes = chat.apply([
      deed,
      { id: edit, actor: 'ana', what: { kind: 'edit', message: deed.id, text: 'better' } },
    ]).outcomes
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done-before', 'done-before'])
    expect(JSON.stringify(outcomes)).not.toMatch(/regret|better/)
  })

  it("CH3 tells nobody of another's deed", () => {
    const conversation = chat.channel('secret', ['ana'], true)
    const { id } = chat.say('ana', conversation, 'quiet')
    expect(chat.try('rui', saying('rui', 'x').what, id)).toBe('malformed')
    expect(chat.try(null, { kind: 'sign-up', user: 'eva', password: null, isBot: false }, id)).toBe('malformed')
    expect(chat.try('nobody', saying('rui', 'x').what, id)).toBe('unknown-user')
    expect(chat.try('ana', saying('ana', 'x').what, '0'.repeat(32))).toBe('unknown-channel')
  })

  it('CH3 takes an id of zeros for an id like any other', () => {
    chat.channel('sala', ['ana'])
    const deed = { ...saying('ana', 'once'), id: '0'.repeat(32) }
    expect([...chat.apply([deed]).outcomes, ...chat.apply([deed]).outcomes].map(({ kind }) => kind)).toEqual([
      'done',
      'done-before',
    ])
  })

  it('CH3 leaves the id of a refused deed free', () => {
    const deed = saying('ana', 'too early')
    expect(chat.apply([deed]).outcomes).toEqual([{ kind: 'refused', why: 'unknown-channel' }])
    chat.channel('sala', ['ana'])
    expect(chat.apply([deed]).outcomes[0]?.kind).toBe('done')
  })

  it('CH4 changes nothing by what it refuses', () => {
    chat.channel('sala', ['ana'])
    const before = chat.state.text()
    const command = { by, term: 2, publishedUpTo: 0, deeds: [saying('ana', 'x')] }
    const sound = encodeChatCommand(command)
    for (let length = 0; length < sound.length; length += 1) {
      expect(chat.applyBytes(sound.subarray(0, length)), `${length} bytes`).toEqual({ kind: 'refused' })
    }
    const deeds = Array.from({ length: chatLimits.deedsPerCommandMax + 1 }, () => saying('ana', 'x'))
    expect(chat.applyBytes(encodeChatCommand({ ...command, deeds }))).toEqual({ kind: 'refused' })
    expect(chat.applyBytes(new Uint8Array(chatLimits.commandBytesMax + 1))).toEqual({ kind: 'refused' })
    expect(chat.applyBytes(encodeChatCommand({ ...command, term: -1 }))).toEqual({ kind: 'refused' })
    expect(chat.state.text()).toBe(before)
    expect(decodeChatQueryAnswer('status', chat.machine.query(Uint8Array.of(99), chat.state))).toBeNull()
  })

  it('CH4 does what stands beside something refused', () => {
    chat.channel('sala', ['ana'])
    const { outcomes } = chat.apply([saying('ana', 'a'), saying('rui', 'b'), saying('ana', ' '), saying('ana', 'c')])
    expect(outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.why : outcome.kind))).toEqual([
      'done',
      'not-a-member',
      'empty',
      'done',
    ])
    expect(chat.history('ana', 'c:sala')).toEqual(['a', 'c'])
  })

  it('CH5 remembers nothing that the rows do not say', () => {
    const other = new OneChat()
    const both = [chat, other]
    other.signUp('ana', 'rui')
    const known: Deed[] = []
    for (let round = 0; round < 700; round += 1) {
      if (round === 0) for (const one of both) one.channel('sala', ['ana', 'rui'])
      const deed = saying(
        round % 2 === 0 ? 'ana' : 'rui',
        `text ${round}`,
        (1_000 + round).toString(16).padStart(32, '0'),
      )
      known.push(deed)
      // One of them begins anew all the time.
      other.machine = chatMachine()
      const deeds = round % 3 === 0 ? [deed, known[Math.floor(round / 2)] ?? deed] : [deed]
      expect(other.apply(deeds)).toEqual(chat.apply(deeds))
    }
    chat.apply([{ id: chat.id(), actor: null, what: { kind: 'token-key', key: new Uint8Array(32).fill(7) } }])
    expect(chat.apply(known.slice(0, 500)).outcomes.every(({ kind }) => kind === 'done-before')).toBe(true)
    expect(chat.apply(known.slice(200)).outcomes.every(({ kind }) => kind === 'done-before')).toBe(true)
    expect(chat.ask({ kind: 'status' }).messages).toBe(700)
  })

  it('CH5 finds ids that came many at once', () => {
    chat.channel('sala', ['ana'])
    const batches = [400, 400, 500, 1].map((count) => Array.from({ length: count }, () => saying('ana', 'x')))
    for (const batch of batches) chat.apply(batch)
    chat.machine = chatMachine()
    for (const batch of batches) {
      expect(new Set(chat.apply(batch).outcomes.map(({ kind }) => kind))).toEqual(new Set(['done-before']))
    }
    expect(chat.ask({ kind: 'status' }).messages).toBe(1_301)
  })

  it('CH6 begins with three channels', () => {
    const { channels } = chat.ask({ kind: 'channels', after: null, limit: 10 })
    expect(channels.map(({ id, createdBy, members }) => [id, createdBy, members])).toEqual([
      ['c:dev', null, 0],
      ['c:general', null, 0],
      ['c:random', null, 0],
    ])
  })

  it('CH32 remembers what was published, and believes no more than can be', () => {
    const published = (upTo: number) => {
      chat.apply([], upTo)
      return chat.ask({ kind: 'status' }).publishedUpTo
    }
    const { position } = chat.ask({ kind: 'status' })
    expect([published(2), published(1), published(position + 50)]).toEqual([2, 2, position])
    expect(chat.ask({ kind: 'status' }).servedBy).toEqual({ node: by, term: 2 })
  })
})
