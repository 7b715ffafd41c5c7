import { describe, expect, it } from 'vitest'
import type { MessageId } from '#kit/ids'
import { id } from '../../../testing/cards.ts'
import { eventOf, received } from '../../../testing/events.ts'
import { batchPatienceMs, flightKind, flightsOf } from '../../../ui/flights/flight.ts'
import { dotsPerSecondMax, gapsFadeMs, messageMode } from '../../../ui/flights/message-mode.ts'
import { columnsOf } from './columns.ts'
import { card, fitting, placeClusters } from './layout.ts'
import { lineBetween } from './line.ts'

const peers = (count: number) => Array.from({ length: count }, (_, index) => `notary-${index + 1}`)

describe('the layout', () => {
  it.each([1, 2, 3, 5, 9])('lets no two of %i cards touch, and keeps all inside the frame', (count) => {
    const [cluster] = placeClusters([{ id: 'notary', nodeIds: peers(count) }], { width: 700, height: 520 })
    const nodes = cluster?.nodes ?? []
    expect(nodes).toHaveLength(count)
    for (const [index, one] of nodes.entries()) {
      expect(one.x).toBeGreaterThanOrEqual(cluster?.x ?? 0)
      expect(one.x + one.width).toBeLessThanOrEqual((cluster?.x ?? 0) + (cluster?.width ?? 0))
      for (const other of nodes.slice(index + 1)) {
        const isApart = Math.abs(one.x - other.x) >= card.width || Math.abs(one.y - other.y) >= card.height
        expect(isApart, `${one.id} and ${other.id}`).toBe(true)
      }
    }
  })

  it('lets no two clusters touch, however small the room is', () => {
    const shapes = [3, 1, 7, 1].map((count, index) => ({ id: `cluster-${index}`, nodeIds: peers(count) }))
    for (const room of [
      { width: 1400, height: 900 },
      { width: 300, height: 200 },
    ]) {
      const placed = placeClusters(shapes, room)
      for (const [index, one] of placed.entries()) {
        for (const other of placed.slice(index + 1)) {
          const beside = one.x + one.width <= other.x || other.x + other.width <= one.x
          const below = one.y + one.height <= other.y || other.y + other.height <= one.y
          expect(beside || below, `${one.id} and ${other.id}`).toBe(true)
        }
      }
    }
  })

  it('stays the same for the same nodes, and shrinks only when the room is too small', () => {
    const clusters = [{ id: 'notary', nodeIds: peers(3) }]
    const room = { width: 900, height: 620 }
    expect(placeClusters(clusters, room)).toEqual(placeClusters(clusters, room))
    expect(fitting(placeClusters(clusters, room), room).zoom).toBe(1)
    const small = { width: 360, height: 300 }
    expect(fitting(placeClusters(clusters, small), small).zoom).toBeLessThan(1)
  })
})

describe('a line', () => {
  const left = { id: 'a', x: 0, y: 0, ...card }
  const right = { id: 'b', x: 500, y: 0, ...card }

  it('leaves room between its two directions, and ends at the borders', () => {
    const there = lineBetween(left, right)
    const back = lineBetween(right, left)
    expect(there?.from.y).not.toBe(back?.from.y)
    expect(there?.from.x).toBeGreaterThan(left.x + left.width)
    expect(there?.to.x).toBeLessThan(right.x)
  })

  it('is none between cards that overlap', () => {
    expect(lineBetween(left, { ...left, id: 'c', x: 10 })).toBeNull()
  })
})

describe('flying messages', () => {
  it('count each message once, where it arrived, and keep the distances within a batch', () => {
    const batch = [received(1, 'notary-2', 'notary-1'), received(6, 'notary-2', 'notary-1')]
    const flights = flightsOf(batch, 1_000)
    expect(flights.map(({ link }) => link)).toEqual(['notary-1>notary-2', 'notary-1>notary-2'])
    expect((flights[1]?.startMs ?? 0) - (flights[0]?.startMs ?? 0)).toBe(50)
    expect(flights[1]?.startMs).toBe(1_000 + batchPatienceMs)
  })

  it('fly from whoever sent them, whichever end dropped them', () => {
    const message = 'notary-1:7' as MessageId
    const what = { kind: 'dropped', message, messageKind: 'vote', why: 'cut' } as const
    const atSender = eventOf(1, 'notary-1', { ...what, peer: id('notary-3') })
    const atReceiver = eventOf(2, 'notary-3', { ...what, peer: id('notary-1'), why: 'paused' })
    expect(flightsOf([atSender, atReceiver], 0).map(({ link, isDropped }) => [link, isDropped])).toEqual([
      ['notary-1>notary-3', true],
      ['notary-1>notary-3', true],
    ])
  })

  it('have a shape for what they carry: entries, votes, or only an answer', () => {
    const kinds = ['heartbeat', 'append', 'snapshot-chunk', 'append-refusal', 'vote-request', 'stand-now', null]
    expect(kinds.map(flightKind)).toEqual(['heartbeat', 'entries', 'entries', 'answer', 'vote', 'other', 'other'])
  })

  it('are drawn only while that is true and wanted', () => {
    const calm = { isWanted: true, isMotionReduced: false, messagesPerSecond: 80, skippedMsAgo: null }
    expect(messageMode(calm)).toBe('dots')
    expect(messageMode({ ...calm, messagesPerSecond: dotsPerSecondMax + 1 })).toBe('rate')
    expect(messageMode({ ...calm, skippedMsAgo: gapsFadeMs - 1 })).toBe('gaps')
    expect(messageMode({ ...calm, skippedMsAgo: gapsFadeMs + 1 })).toBe('dots')
    expect(messageMode({ ...calm, isMotionReduced: true })).toBe('reduced')
    expect(messageMode({ ...calm, isWanted: false })).toBe('off')
  })
})

describe('the columns of a chat', () => {
  const nodes = [
    ['chat-broker', 'chat-broker'],
    ['chat-proxy', 'chat-proxy'],
    ['chat-reference', 'chat-reference'],
    ['chat-server-1', 'chat-server'],
    ['chat-server-2', 'chat-server'],
    ['chat-bot-1', 'chat-bot'],
  ].map(([name, role]) => ({ id: id(name ?? ''), role: role as 'chat-server' }))

  it('stand in the order of a message’s way, and no two cards touch', () => {
    const columns = columnsOf({ kind: 'chat', nodes }) ?? []
    expect(columns.map((column) => column[0])).toEqual(['chat-bot-1', 'chat-broker', 'chat-server-1', 'chat-proxy'])
    const nodeIds = nodes.map((node) => node.id)
    const [cluster] = placeClusters([{ id: 'chat', nodeIds, columns }], { width: 500, height: 300 })
    const placed = cluster?.nodes ?? []
    expect(placed.map((one) => one.id).sort()).toEqual([...nodeIds].sort())
    for (const [index, one] of placed.entries()) {
      for (const other of placed.slice(index + 1)) {
        const isApart = Math.abs(one.x - other.x) >= card.width || Math.abs(one.y - other.y) >= card.height
        expect(isApart, `${one.id} and ${other.id}`).toBe(true)
      }
    }
  })
})

describe('the columns of a shop', () => {
  it('lead from its one address to what stands behind it, and from there to the catalogue', () => {
    const nodes = (['shop-catalog', 'shop-catalog', 'shop-orders', 'shop-gateway', 'shop-cart'] as const).map(
      (role, index) => ({ id: id(`${role}-${index}`), role }),
    )
    expect(columnsOf({ kind: 'shop', nodes })).toEqual([
      ['shop-gateway-3'],
      ['shop-cart-4', 'shop-orders-2'],
      ['shop-catalog-0', 'shop-catalog-1'],
    ])
    expect(columnsOf({ kind: 'notary', nodes })).toBeNull()
  })
})
