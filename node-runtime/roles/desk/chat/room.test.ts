import { expect, it } from 'vitest'
import type { ChatEvent, Message } from '#cores/chat/messages'
import { LooseFeed } from './loose-feed.ts'
import { placeFor } from './places.ts'
import { Room } from './room.ts'

function said(number: number): Extract<ChatEvent['what'], { kind: 'message' }> & { readonly message: Message } {
  const message: Message = {
    ...{ id: `${number}`, conversation: 'c:x', number, ordinal: number, author: 'ana', text: `text ${number}` },
    ...{ replyTo: null, mentions: [], through: 'native', atMs: 0, lamport: number, position: number, logIndex: 1 },
    ...{ origin: null, editedAtMs: null, isDeleted: false, reactions: [] },
  }
  return { kind: 'message', message }
}

function eventOf(what: ChatEvent['what'], number: number): ChatEvent {
  return { position: number, feed: 'c:x', number, deed: `${number}`, atMs: 0, lamport: 0, logIndex: 0, what }
}

function room(): Room {
  return new Room(new LooseFeed({ hear: () => {}, lost: () => {} }), placeFor('leader'), [])
}

it('a room has what happened while its newest messages were asked for, though the answer is from before', () => {
  const one = room()
  one.beginLoad()
  one.hear(eventOf(said(2), 2))
  one.hear(eventOf({ kind: 'edited', message: '1', number: 1, text: 'other' }, 3))
  one.load({ messages: [said(1).message], isBeginning: true, isEnd: true })
  expect(one.tail?.all.map(({ text }) => text)).toEqual(['other', 'text 2'])
})

it('a room says of which own messages more is known, when others read on', () => {
  const one = room()
  one.load({ messages: [1, 2, 3].map((number) => said(number).message), isBeginning: true, isEnd: true })
  const place = placeFor('leader')
  const upTo = (number: number) => new Map([['bia', place(said(number).message)]])
  expect(one.learnRead(upTo(2), 'ana').map(({ number }) => number)).toEqual([1, 2])
  expect(one.learnRead(upTo(3), 'ana').map(({ number }) => number)).toEqual([3])
  expect(one.learnRead(upTo(3), 'ana')).toEqual([])
  expect(one.learnRead(upTo(1), 'caio')).toEqual([])
  expect(one.readersOf(place(said(1).message))).toBe(1)
})
