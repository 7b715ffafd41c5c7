import { describe, expect, it } from 'vitest'
import { chatLimits } from '#cores/chat/limits'
import type { ChatCommand } from '#cores/chat/messages'
import { OneChat } from '#cores/chat/testing/one-chat'
import { nodeId } from '#kit/ids'
import { Keeper, keeperLimits } from './keeper.ts'

function setUp() {
  const chat = new OneChat()
  const state = { leads: true, nowMs: chat.atMs }
  const proposed: { readonly command: ChatCommand; readonly done: () => void }[] = []
  const keeper = new Keeper({
    state: { look: (query) => chat.ask(query) },
    propose: (command, done) => {
      const answered = () => done({ ok: false, failure: { code: 'timed-out', message: '' } })
      proposed.push({ command, done: answered })
    },
    head: () => ({ by: nodeId('chat-1'), term: 1, publishedUpTo: 0 }),
    leads: () => state.leads,
    timeMs: () => state.nowMs,
    freshId: () => chat.id(),
    freshKey: () => new Uint8Array(32).fill(proposed.length),
  })
  const look = () => {
    for (let tick = 0; tick < keeperLimits.lookEveryTicks; tick += 1) keeper.tick()
  }
  return { chat, state, proposed, look }
}

describe('the keeper of keys', () => {
  it('asks for one at a time, a new one each day, and only where it leads', () => {
    const { chat, state, proposed, look } = setUp()
    state.leads = false
    look()
    expect(proposed).toHaveLength(0)
    state.leads = true
    look()
    look()
    expect(proposed.map(({ command }) => command.deeds.map(({ what }) => what.kind))).toEqual([['token-key']])
    chat.apply(proposed[0]!.command.deeds)
    proposed[0]!.done()
    look()
    expect(proposed).toHaveLength(1)
    state.nowMs = chat.atMs + keeperLimits.tokenKeyMs + 1
    look()
    expect(proposed).toHaveLength(2)
    proposed[1]!.done()
    look()
    expect(proposed).toHaveLength(3)
    chat.apply(proposed[2]!.command.deeds)
    expect(chat.ask({ kind: 'token-keys' }).keys).toHaveLength(2)
  })
})

describe('the keeper of locks', () => {
  it('sees that one is over wherever it stands among all that there may be', () => {
    const { chat, state, proposed, look } = setUp()
    const { locksMax, lockMs, deedsPerCommandMax } = chatLimits
    chat.signUp('ana')
    const ask = (lock: number) =>
      ({ kind: 'ask-lock', lock: `l${String(lock).padStart(4, '0')}`, holder: 'ana/1' }) as const
    const last = locksMax - 1
    chat.do('ana', ask(last))
    const endMs = chat.atMs + lockMs
    for (let from = 0; from < last; from += deedsPerCommandMax) {
      const count = Math.min(deedsPerCommandMax, last - from)
      chat.apply(Array.from({ length: count }, (_, at) => ({ id: chat.id(), actor: 'ana', what: ask(from + at) })))
    }
    chat.try(null, { kind: 'token-key', key: new Uint8Array(32) })
    state.nowMs = endMs
    look()
    expect(proposed).toHaveLength(0)
    state.nowMs = endMs + 1
    look()
    expect(proposed.map(({ command }) => command.deeds.map(({ what }) => what.kind))).toEqual([['expire-locks']])
  })
})
