import { describe, expect, it } from 'vitest'
import type { ChatEvent } from '#cores/chat/messages'
import { nodeId } from '#kit/ids'
import type { PublisherSocket } from '#ports/sockets'
import { eventsIn } from '../native-topics.ts'
import { Publisher, publisherLimits } from './publisher.ts'

function setUp({ publishedBefore = 0 } = {}) {
  const told: number[] = []
  const state = { term: null as number | null }
  const native: PublisherSocket = {
    dropped: 0,
    isWanted: true,
    onWanted: () => () => {},
    publish: (_, payload) => {
      told.push(...eventsIn(payload).map(({ position }) => position))
      return true
    },
  }
  const publisher = new Publisher({
    ...{ nodeId: nodeId('chat-1'), plan: { hasJsonPublications: true }, native, course: null, account: null },
    ...{
      isFollowed: () => true,
      isProtected: () => false,
      leads: () => state.term,
      publishedBefore: () => publishedBefore,
    },
  })
  return { publisher, told, state }
}

function eventsTo(last: number, first = 1): readonly ChatEvent[] {
  return Array.from({ length: last - first + 1 }, (_, place) => ({
    ...{ position: first + place, feed: 'all', number: first + place, deed: '0'.repeat(32) },
    ...{ atMs: 1, lamport: 1, logIndex: 1 },
    what: { kind: 'user', user: 'ana', isBot: false, isProtected: false },
  }))
}

describe('what is published', () => {
  it('is told by who leads, and remembered by the others', () => {
    const { publisher, told, state } = setUp()
    publisher.happened(eventsTo(3))
    expect([told, publisher.upTo]).toEqual([[], 0])
    state.term = 4
    publisher.happened(eventsTo(5, 4))
    expect([told, publisher.upTo]).toEqual([[1, 2, 3, 4, 5], 5])
  })

  it('begins where the log says that the last leader was', () => {
    const { publisher, told, state } = setUp({ publishedBefore: 2 })
    publisher.happened(eventsTo(4))
    state.term = 4
    publisher.lead()
    publisher.lead()
    expect(told).toEqual([3, 4])
  })

  it('is told once more by who led before, and not by who leads no more', () => {
    const { publisher, told, state } = setUp({ publishedBefore: 1 })
    state.term = 1
    publisher.happened(eventsTo(2))
    state.term = null
    publisher.happened(eventsTo(3, 3))
    state.term = 3
    publisher.lead()
    expect(told).toEqual([1, 2, 2, 3])
  })

  it('is remembered so far and no further', () => {
    const { publisher, told, state } = setUp()
    const { rememberedMax } = publisherLimits
    publisher.happened(eventsTo(3 * rememberedMax))
    state.term = 1
    publisher.lead()
    expect(told).toHaveLength(rememberedMax)
    expect(told.at(-1)).toBe(3 * rememberedMax)
  })
})
