import { describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { fail, ok } from '#kit/result'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import type { ApiAsk } from './api-client.ts'
import { Outbox } from './outbox.ts'
import { Sender } from './sender.ts'
import { orders } from './testing/desk-world.ts'

function setUp() {
  const outbox = new Outbox(new VirtualStore(new VirtualDisk()))
  const asked: { readonly ask: ApiAsk; readonly refuse: () => void; readonly say: (outcomes: unknown) => void }[] = []
  const world = { nowMs: 0, isReachable: true, changes: 0 }
  const sender = new Sender({
    outbox,
    client: {
      ask: (ask, done) => {
        const refuse = () => done(fail('timed-out', 'nobody knows'))
        const say = (outcomes: unknown) =>
          done(ok({ from: nodeId('a'), answer: { status: 200, headers: {}, body: bytesOf({ outcomes }) } }))
        asked.push({ ask, refuse, say })
      },
    },
    clock: { now: () => world.nowMs },
    isReachable: () => world.isReachable,
    onChange: () => {
      world.changes += 1
    },
    onAnomaly: () => undefined,
  })
  return { outbox, asked, world, sender }
}

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const idsIn = ({ ask }: { readonly ask: ApiAsk }) =>
  JSON.parse(new TextDecoder().decode(ask.request.body)).registrations.map(({ id }: { id: string }) => id)

describe('a sender', () => {
  it('leaves what waits alone while there is no way to any peer, so that it can be taken back', () => {
    const { outbox, asked, world, sender } = setUp()
    world.isReachable = false
    outbox.take(orders(2), 0)
    sender.wake()
    expect([asked.length, outbox.counts.waiting]).toEqual([0, 2])
    outbox.clear('all', 10)
    expect(outbox.total).toBe(0)
    world.isReachable = true
    outbox.take(orders(1), 0)
    sender.wake()
    expect([asked.length, outbox.counts.sent]).toEqual([1, 1])
  })

  it('has one request under way at a time', () => {
    const { outbox, asked, sender } = setUp()
    outbox.take(orders(3), 0)
    sender.wake()
    outbox.take(orders(3, 3), 0)
    sender.wake()
    expect(asked).toHaveLength(1)
  })

  it('asks again for what did not fit into an answer behind others, and believes it of the first one', () => {
    const { outbox, asked, sender } = setUp()
    const tooLarge = { kind: 'refused', why: 'too-large' }
    outbox.take(orders(3), 0)
    sender.wake()
    asked[0]?.say([tooLarge, tooLarge, { kind: 'refused', why: 'empty' }])
    expect(outbox.counts).toMatchObject({ refused: 2, sent: 1 })
    expect(asked.slice(1).map(idsIn)).toEqual([[orders(3)[1]?.id]])
    expect(sender.attemptsOf(1)).toBe(2)
  })

  it('pauses longer and longer when nobody answers, and asks for the same again', () => {
    const { outbox, asked, world, sender } = setUp()
    outbox.take(orders(1), 0)
    const times: number[] = []
    for (; world.nowMs < 60_000; world.nowMs += 25) {
      const before = asked.length
      sender.wake()
      if (asked.length === before) continue
      times.push(world.nowMs)
      asked.at(-1)?.refuse()
    }
    const gaps = times.slice(1).map((ms, place) => ms - (times[place] ?? 0))
    expect(gaps.slice(0, 4)).toEqual([100, 200, 400, 800])
    expect(Math.max(...gaps)).toBe(5_000)
    expect(new Set(asked.map(({ ask }) => new TextDecoder().decode(ask.request.body))).size).toBe(1)
    expect(sender.attemptsOf(0)).toBe(asked.length)
  })
})
