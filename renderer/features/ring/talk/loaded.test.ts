import { describe, expect, it } from 'vitest'
import type { RingHistoryPage, RingHistoryRow } from '#contract/worker/ring'
import { ok } from '#kit/result'
import { isOwn } from './loaded.ts'
import { TalkReader } from './talk-reader.ts'

const row = (place: string, uuid = place): RingHistoryRow => ({
  place,
  uuid,
  author: 'Ana',
  text: place,
  peer: 'p',
  source: 'own',
  stamp: 1,
  atMs: 0,
  isLate: false,
})
const placeOf = (number: number): string => String(number).padStart(8, '0')

/** A peer that has `places`, and pages of a few rows. */
class Peer {
  rows: RingHistoryRow[]
  asked: (string | null)[] = []
  readonly #perPage: number

  constructor(count: number, perPage = 10) {
    this.rows = Array.from({ length: count }, (_, index) => row(placeOf(index * 10)))
    this.#perPage = perPage
  }

  page(before: string | null): RingHistoryPage {
    this.asked.push(before)
    const older = this.rows.filter(({ place }) => before === null || place < before).toReversed()
    const rows = older.slice(0, this.#perPage)
    return { rows, next: older.length > rows.length ? (rows.at(-1)?.place ?? null) : null, total: this.rows.length }
  }

  insert(...more: readonly RingHistoryRow[]): void {
    this.rows = [...this.rows, ...more].sort((one, other) => (one.place < other.place ? -1 : 1))
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

async function readerOf(peer: Peer) {
  const reader = new TalkReader((before) => Promise.resolve(ok(peer.page(before))))
  const change = async (): Promise<void> => {
    reader.changed()
    await settled()
  }
  const back = async (): Promise<void> => {
    reader.older()
    await settled()
  }
  const shown = () => reader.store.getState().loaded
  await change()
  peer.asked = []
  return { reader, change, back, shown }
}

describe('what a window has of a history', () => {
  it('opens at the newest, and puts older pages in front', async () => {
    const peer = new Peer(25)
    const { back, shown } = await readerOf(peer)
    expect([shown()?.rows.length, shown()?.rest]).toEqual([10, 15])
    await back()
    await back()
    expect(shown()?.rows).toEqual(peer.rows)
    expect([shown()?.older, shown()?.rest]).toEqual([null, 0])
  })

  it('asks for one page when one message came, however much is loaded', async () => {
    const peer = new Peer(50)
    const { back, change, shown } = await readerOf(peer)
    for (let page = 0; page < 4; page += 1) await back()
    peer.asked = []
    peer.insert(row(placeOf(9_000)))
    await change()
    expect(shown()?.rows).toEqual(peer.rows)
    expect(peer.asked).toEqual([null])
  })

  it('finds a message that came late, and one that moved, further back', async () => {
    const peer = new Peer(50)
    const { back, change, shown } = await readerOf(peer)
    for (let page = 0; page < 4; page += 1) await back()
    peer.insert(row(placeOf(123), 'late'))
    await change()
    expect(shown()?.rows).toEqual(peer.rows)
    const moved = peer.rows.at(-1)
    peer.rows = peer.rows.slice(0, -1)
    peer.insert(row(placeOf(77), moved?.uuid))
    await change()
    expect(shown()?.rows).toEqual(peer.rows)
  })

  it('leaves no gap when more came than a page holds', async () => {
    const peer = new Peer(30)
    const { change, shown } = await readerOf(peer)
    peer.insert(...Array.from({ length: 35 }, (_, index) => row(placeOf(5_000 + index))))
    await change()
    expect(shown()?.rows).toEqual(peer.rows.slice(-(shown()?.rows.length ?? 0)))
    expect((shown()?.rows.length ?? 0) + (shown()?.rest ?? 0)).toBe(65)
  })

  it('goes on when the peer has forgotten its oldest', async () => {
    const peer = new Peer(30)
    const { change, shown } = await readerOf(peer)
    peer.rows = peer.rows.slice(1)
    peer.insert(row(placeOf(9_000)))
    await change()
    expect(shown()?.rows).toEqual(peer.rows.slice(-11))
    expect(peer.asked).toEqual([null])
  })

  it('asks one question at a time, and once for many changes', async () => {
    const peer = new Peer(5)
    const { reader, shown } = await readerOf(peer)
    for (let count = 0; count < 20; count += 1) {
      peer.insert(row(placeOf(9_000 + count)))
      reader.changed()
    }
    await settled()
    expect(shown()?.rows).toEqual(peer.rows)
    expect(peer.asked.length).toBeLessThan(8)
  })
})

it('takes for its own what was written at its address, whoever else has its name', () => {
  const rows = [row('1'), { ...row('2'), peer: 'another Ana' }, { ...row('3'), source: 'reference' as const }]
  expect(rows.map((one) => isOwn(one, 'p'))).toEqual([true, false, false])
})
