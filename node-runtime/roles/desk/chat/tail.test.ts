import { describe, expect, it } from 'vitest'
import type { Message } from '#cores/chat/messages'
import { placeFor, readPlace } from './places.ts'
import { Tail, tailLimits } from './tail.ts'

const placeOf = placeFor('leader')

function messageAt(number: number, more: Partial<Message> = {}): Message {
  return {
    ...{ id: number.toString(16).padStart(32, '0'), conversation: 'c:x', number, ordinal: number, author: 'ana' },
    ...{ text: `text ${number}`, replyTo: null, mentions: [], through: 'native', atMs: number, lamport: number },
    ...{ position: number, logIndex: number, origin: null, editedAtMs: null, isDeleted: false, reactions: [] },
    ...more,
  }
}

const range = (from: number, to: number): readonly Message[] =>
  Array.from({ length: to - from + 1 }, (_, index) => messageAt(from + index))
const at = (number: number): string => placeOf(messageAt(number))

function numbers(page: ReturnType<Tail['page']>): readonly number[] | null {
  return page?.messages.map(({ number }) => number) ?? null
}

describe('the newest messages of a conversation', () => {
  it('are paged from either side, as far as they are here', () => {
    const tail = new Tail({ messages: range(11, 20), isBeginning: false }, placeOf)
    expect(numbers(tail.page('end', 3))).toEqual([18, 19, 20])
    expect(numbers(tail.page({ place: at(15), order: 'down', isIncluded: false }, 2))).toEqual([13, 14])
    expect(numbers(tail.page({ place: at(15), order: 'down', isIncluded: true }, 2))).toEqual([14, 15])
    expect(numbers(tail.page({ place: at(15), order: 'up' }, 2))).toEqual([16, 17])
    expect(tail.page({ place: at(19), order: 'up' }, 5)).toMatchObject({ isBeginning: false, isEnd: true })
    expect(tail.page({ place: at(12), order: 'down', isIncluded: false }, 5)).toBeNull()
    expect(tail.page({ place: at(5), order: 'up' }, 5)).toBeNull()
    expect(tail.page('end', 11)).toBeNull()
  })

  it('are all there are when they begin at the beginning', () => {
    const tail = new Tail({ messages: range(1, 3), isBeginning: true }, placeOf)
    expect(tail.page('end', 10)).toMatchObject({ isBeginning: true, isEnd: true })
    expect(tail.page({ place: at(2), order: 'down', isIncluded: false }, 10)).toMatchObject({ isBeginning: true })
    expect(numbers(tail.page({ place: at(3), order: 'up' }, 10))).toEqual([])
    expect(numbers(new Tail({ messages: [], isBeginning: true }, placeOf).page('end', 5))).toEqual([])
  })

  it('grow at the end, each once, and forget the oldest', () => {
    const tail = new Tail({ messages: [], isBeginning: true }, placeOf)
    for (const message of range(1, 2 * tailLimits.messagesMax + 1)) {
      tail.add(message)
      tail.add(message)
    }
    expect(tail.all.length).toBe(tailLimits.messagesMax)
    expect(tail.page('end', tailLimits.messagesMax + 1)).toBeNull()
    tail.add(messageAt(1))
    expect(tail.all[0]?.number).toBeGreaterThan(1)
  })

  it('change where they stand', () => {
    const tail = new Tail({ messages: range(1, 2), isBeginning: true }, placeOf)
    const { id } = messageAt(1)
    const event = { position: 9, feed: 'c:x', number: 9, deed: 'd', atMs: 77, lamport: 9, logIndex: 9 }
    tail.change({ ...event, what: { kind: 'edited', message: id, number: 1, text: 'other' } })
    expect(tail.find(id)).toMatchObject({ text: 'other', editedAtMs: 77 })
    const react = (user: string, isOn: boolean) =>
      tail.change({ ...event, what: { kind: 'reacted', message: id, number: 1, emoji: '👍', user, isOn } })
    react('ana', true)
    react('bia', true)
    react('ana', false)
    expect(react('bia', true)?.reactions).toEqual([{ emoji: '👍', users: ['bia'] }])
    expect(react('bia', false)?.reactions).toEqual([])
    expect(tail.change({ ...event, what: { kind: 'deleted', message: id, number: 1 } })).toMatchObject({
      ...{ text: '', isDeleted: true, reactions: [] },
    })
    expect(tail.change({ ...event, what: { kind: 'deleted', message: 'elsewhere', number: 1 } })).toBeNull()
  })

  it('take what comes late at its place, where everyone answers', () => {
    const everyone = placeFor('everyone')
    const tail = new Tail({ messages: [], isBeginning: true }, everyone)
    for (const [lamport, origin] of [
      [5, 'b'],
      [9, 'a'],
      [5, 'a'],
      [7, 'c'],
    ] as const) {
      tail.add(messageAt(lamport * 10 + origin.charCodeAt(0), { lamport, origin }))
    }
    expect(tail.all.map(({ lamport, origin }) => `${lamport}${origin}`)).toEqual(['5a', '5b', '7c', '9a'])
  })
})

describe('a place', () => {
  it('sorts as what it stands for, and can be asked for again', () => {
    expect([at(9), at(10), at(100)].toSorted()).toEqual([at(9), at(10), at(100)])
    expect(readPlace(at(12))).toEqual({ number: 12 })
    const { id } = messageAt(3)
    expect(readPlace(placeFor('everyone')(messageAt(3, { origin: 'chat-1' })))).toEqual({ id })
    expect([readPlace(''), readPlace('12'), readPlace(`${at(1)} x y z`)]).toEqual([null, null, null])
  })
})

describe('a place where everyone answers', () => {
  it.each(['', 'chat-server-1', 'Servidor 1', 'two\nlines'])(
    'names its message, also of a server called %j',
    (origin) => {
      const id = 'ab'.repeat(16)
      expect(readPlace(placeFor('everyone')({ number: 1, lamport: 7, origin, id }))).toEqual({ id })
    },
  )

  it('is none of ours when it has no number or no id', () => {
    for (const text of ['', '7', 'x 1', `${'0'.repeat(16)} chat-server-1`, `${'0'.repeat(16)} a xyz`])
      expect(readPlace(text)).toBe(null)
  })
})
