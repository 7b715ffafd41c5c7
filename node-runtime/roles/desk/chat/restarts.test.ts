import { describe, expect, it } from 'vitest'
import { PowerGone } from '../../testing/virtual-hosts.ts'
import { ChatWorld, desk, general } from './testing/chat-world.ts'

const texts = Array.from({ length: 6 }, (_, index) => `mensagem ${index}`)

/** A desk that comes back when its power goes, and how often it did. */
function withPower() {
  const world = new ChatWorld()
  const ana = world.join('ana')
  const count = { restarts: 0 }
  world.chat.hosts.died = (host, cause) => {
    if (!(cause instanceof PowerGone) || host.id !== desk) throw cause
    count.restarts += 1
    world.restartDesk()
  }
  return { world, ana, count }
}

/** As a window does it: under an id of its own, again until it is taken. */
function sayAll(world: ChatWorld, session: string): void {
  for (const [index, text] of texts.entries()) {
    const id = index.toString(16).padStart(32, 'a')
    const said = { session, conversation: general, id, text, replyTo: null }
    world.until(() => world.call('chat.say', said).result?.ok === true)
    if (index % 2 === 1) world.run(15)
  }
}

function expectOnce(world: ChatWorld, session: string): void {
  world.until(() => {
    const asked = world.call('chat.history', { session, conversation: general, from: { kind: 'newest' }, limit: 50 })
    world.run(100)
    return asked.result?.ok === true && asked.result.value.waiting.length === 0
  })
  expect(world.texts(session)).toEqual(texts)
}

describe('a desk whose power goes', () => {
  const places = Array.from({ length: 14 }, (_, index) => index + 1)
  it.each(places.flatMap((nth) => [true, false].map((isKept) => ({ nth, isKept }))))(
    'at its transaction number $nth (kept: $isKept) says everything once, in order',
    ({ nth, isKept }) => {
      const { world, ana, count } = withPower()
      world.host.blink = { transactionsLeft: nth, isKept }
      sayAll(world, ana)
      expectOnce(world, ana)
      expect(count.restarts).toBe(world.host.blink === null ? 1 : 0)
    },
  )

  it('is interrupted at most places above', () => {
    const { world, ana } = withPower()
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
    sayAll(world, ana)
    expectOnce(world, ana)
    expect(transactions).toBeGreaterThanOrEqual(9)
  })

  it.each(Array.from({ length: 12 }, (_, index) => index * 7))(
    'after %i ms, with a leader that is cut off, says everything once',
    (ms) => {
      const { world, ana } = withPower()
      const { leader } = world
      if (leader !== null) world.chat.hosts.isolate(leader)
      sayAll(world, ana)
      world.run(ms)
      world.restartDesk()
      world.run(ms)
      world.chat.hosts.cut.clear()
      world.restartDesk()
      expectOnce(world, ana)
    },
  )

  it('takes no answer to what it asked before', () => {
    const { world, ana } = withPower()
    world.restartDesk()
    world.chat.hosts.latencyMs = () => 20
    world.call('chat.people', { session: ana, after: null, limit: 50 })
    world.restartDesk()
    const channels = world.ask('chat.channels', { session: ana, after: null, limit: 50 })
    expect(channels).toMatchObject({ ok: true, value: { channels: [{ name: 'dev' }, { name: 'general' }, {}] } })
  })
})
