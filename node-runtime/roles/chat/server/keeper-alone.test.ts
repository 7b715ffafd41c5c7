import { describe, expect, it } from 'vitest'
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
