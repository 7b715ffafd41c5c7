import { describe, expect, it } from 'vitest'
import { DeskWorld, orders } from './testing/desk-world.ts'

const all = orders(12)

/** What people ask for, again and again under the same ids until it is taken. */
function registerAll(world: DeskWorld): void {
  for (let from = 0; from < all.length; from += 4) {
    const some = all.slice(from, from + 4)
    world.hosts.until(() => world.register(some)?.ok === true)
  }
}

function expectOnce(world: DeskWorld): void {
  world.notary.witnessedSize = 1_000
  world.hosts.until(() => world.counts['co-signed'] === all.length)
  expect(world.notary.records.map(({ title }) => title)).toEqual(all.map(({ title }) => title))
  expect(
    world
      .items()
      .toReversed()
      .map(({ order }) => order.id),
  ).toEqual(all.map(({ id }) => id))
}

describe('a desk whose power goes', () => {
  const places = Array.from({ length: 14 }, (_, index) => index + 1)
  it.each(
    places.flatMap((nth) => [
      { nth, isKept: true },
      { nth, isKept: false },
    ]),
  )('at its transaction number $nth (kept: $isKept) registers everything once, in order', ({ nth, isKept }) => {
    const world = new DeskWorld()
    world.host.blink = { transactionsLeft: nth, isKept }
    registerAll(world)
    expectOnce(world)
    // The last places are past the end of the way.
    expect(world.runs).toBe(world.host.blink === null ? 2 : 1)
  })

  it('is interrupted at almost every place above', () => {
    const world = new DeskWorld()
    let transactions = 0
    world.host.blink = {
      get transactionsLeft() {
        return 1_000
      },
      set transactionsLeft(_) {
        transactions += 1
      },
      isKept: true,
    }
    registerAll(world)
    expectOnce(world)
    expect(transactions).toBeGreaterThanOrEqual(8)
  })

  it.each(Array.from({ length: 30 }, (_, index) => index * 5))(
    'after %i ms, with a leader that says nothing, registers everything once',
    (ms) => {
      const world = new DeskWorld()
      world.notary.moods.set(world.peers[0]!, 'mute')
      let latency = 0
      world.hosts.latencyMs = () => {
        latency = (latency + 7) % 23
        return latency
      }
      registerAll(world)
      world.hosts.run(ms)
      world.restart()
      world.hosts.run(ms)
      world.restart()
      world.notary.moods.clear()
      expectOnce(world)
    },
  )

  it('does not take what may have been registered for something that was never sent', () => {
    const world = new DeskWorld()
    world.notary.moods.set(world.peers[0]!, 'mute')
    world.register(all)
    world.hosts.until(() => world.notary.records.length === all.length)
    world.restart()
    for (const peer of world.peers) world.notary.moods.set(peer, 'deaf')
    expect(world.ask('notary.clearOutbox', { what: 'all' })).toMatchObject({ ok: true, value: { sent: all.length } })
    world.notary.moods.clear()
    expectOnce(world)
  })
})
