import { beforeEach, describe, expect, it } from 'vitest'
import type { OutboxState } from '#contract/worker/desk'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import { Outbox } from './outbox.ts'
import { orders } from './testing/desk-world.ts'
import { record } from './testing/fake-notary.ts'

let disk: VirtualDisk
const open = (itemsMax?: number) => new Outbox(new VirtualStore(disk), itemsMax)
beforeEach(() => {
  disk = new VirtualDisk()
})

const batch = { itemsMax: 500, charsMax: 1_000_000 }
const positions = (outbox: Outbox, state: OutboxState | null = null) =>
  outbox.page({ before: null, limit: 100, state }).items.map(({ position }) => position)

function send(outbox: Outbox, count: number) {
  const rows = outbox.nextToSend({ ...batch, itemsMax: count })
  expect(outbox.markSent(rows).ok).toBe(true)
  return rows
}

function log(outbox: Outbox, count: number) {
  const changes = send(outbox, count).map(({ position }) => ({
    position,
    outcome: { kind: 'in-log', record: record(position, 'a') } as const,
    attempts: 1,
  }))
  expect(outbox.settle(changes).ok).toBe(true)
}

describe('an outbox', () => {
  it('takes an order once, however often and in whatever company it comes', () => {
    const outbox = open()
    outbox.take(orders(2), 0)
    outbox.take([...orders(3), ...orders(3)], 0)
    expect(outbox.counts.waiting).toBe(3)
    expect(positions(outbox)).toEqual([2, 1, 0])
    log(outbox, 3)
    outbox.take(orders(3), 0)
    expect(outbox.counts).toMatchObject({ waiting: 0, 'in-log': 3 })
  })

  it('gives out first what was sent before, then what waits', () => {
    const outbox = open()
    outbox.take(orders(5), 0)
    send(outbox, 2)
    const again = open()
    expect(again.counts).toMatchObject({ sent: 2, waiting: 3 })
    expect(again.nextToSend(batch).map(({ position, state }) => [position, state])).toEqual([
      [0, 'sent'],
      [1, 'sent'],
      [2, 'waiting'],
      [3, 'waiting'],
      [4, 'waiting'],
    ])
  })

  it('gives out one that is too long by itself, and no more than fits', () => {
    const outbox = open()
    const [first, ...rest] = orders(4)
    outbox.take([{ ...first!, document: { kind: 'text', text: 'x'.repeat(5_000) } }, ...rest], 0)
    expect(outbox.nextToSend({ itemsMax: 10, charsMax: 1_000 })).toHaveLength(1)
    log(outbox, 1)
    const length = JSON.stringify(rest[0]).length
    expect(outbox.nextToSend({ itemsMax: 10, charsMax: 2 * length + 10 })).toHaveLength(2)
  })

  it('settles only what is on its way: an answer that comes twice changes nothing', () => {
    const outbox = open()
    outbox.take(orders(1), 0)
    const refused = [{ position: 0, outcome: { kind: 'refused', why: 'empty' } as const, attempts: 1 }]
    outbox.settle(refused)
    expect(outbox.counts.waiting).toBe(1)
    log(outbox, 1)
    outbox.settle(refused)
    outbox.settle([{ ...refused[0]!, position: 77 }])
    expect(outbox.counts).toMatchObject({ 'in-log': 1, refused: 0 })
  })

  it('moves on what is below the size that was signed for, a part at a time', () => {
    const outbox = open()
    outbox.take(orders(5), 0)
    log(outbox, 5)
    expect(outbox.coSign({ size: 3, after: null, limit: 2 })).toEqual({ changed: 2, next: 1 })
    expect(outbox.coSign({ size: 3, after: 1, limit: 2 })).toEqual({ changed: 1, next: 3 })
    expect(outbox.coSign({ size: 3, after: 3, limit: 2 })).toEqual({ changed: 0, next: null })
    expect([positions(outbox, 'in-log'), positions(outbox, 'co-signed')]).toEqual([
      [4, 3],
      [2, 1, 0],
    ])
    expect(open().counts).toMatchObject({ 'in-log': 2, 'co-signed': 3 })
  })

  it('is read page by page, the newest first, all or of one state', () => {
    const outbox = open()
    outbox.take(orders(5), 0)
    send(outbox, 2)
    const page = outbox.page({ before: null, limit: 2, state: null })
    expect([page.items.map(({ position }) => position), page.next]).toEqual([[4, 3], 3])
    expect(outbox.page({ before: 3, limit: 3, state: null })).toMatchObject({ next: null })
    const sent = outbox.page({ before: null, limit: 1, state: 'sent' })
    expect([sent.items[0]?.position, sent.next]).toEqual([1, 1])
    expect(outbox.page({ before: 1, limit: 1, state: 'sent' }).items[0]?.position).toBe(0)
  })

  it('that is full lets the oldest finished go, and refuses when none is finished', () => {
    const outbox = open(4)
    outbox.take(orders(4), 0)
    expect(outbox.take(orders(1, 10), 0)).toMatchObject({ ok: false, failure: { code: 'busy' } })
    log(outbox, 2)
    outbox.coSign({ size: 10, after: null, limit: 10 })
    expect(outbox.take(orders(3, 10), 0)).toMatchObject({ ok: false })
    expect(outbox.take(orders(1, 10), 0)).toMatchObject({ ok: true })
    expect(positions(outbox)).toEqual([4, 3, 2, 1])
    expect(open(4).counts).toEqual(outbox.counts)
  })

  it('is cleared of what is finished, or also of what was never sent, a part at a time', () => {
    const outbox = open()
    outbox.take(orders(6), 0)
    log(outbox, 2)
    outbox.coSign({ size: 10, after: null, limit: 10 })
    send(outbox, 1)
    expect(outbox.clear('finished', 1)).toEqual({ ok: true, value: false })
    expect(outbox.clear('finished', 5)).toEqual({ ok: true, value: true })
    expect(positions(outbox)).toEqual([5, 4, 3, 2])
    expect(outbox.clear('all', 5)).toEqual({ ok: true, value: true })
    expect(positions(outbox)).toEqual([2])
    // What was taken out may come again.
    outbox.take(orders(1), 0)
    expect(outbox.counts).toMatchObject({ sent: 1, waiting: 1 })
  })

  it('has changed nothing when the disk is full', () => {
    const outbox = open()
    outbox.take(orders(2), 0)
    disk.isFull = true
    expect(outbox.take(orders(2, 5), 0)).toMatchObject({ failure: { code: 'disk-full' } })
    expect(outbox.markSent(outbox.nextToSend(batch))).toMatchObject({ ok: false })
    expect([outbox.counts.waiting, outbox.canWrite]).toEqual([2, false])
    disk.isFull = false
    send(outbox, 2)
    expect(outbox.canWrite).toBe(true)
  })
})
