import { describe, expect, it } from 'vitest'
import { ChatWorld, FakeWindow } from './testing/chat-world.ts'

describe('who is written to for the first time, by a program', () => {
  it('hears of it at once', () => {
    const world = new ChatWorld()
    const bia = world.join('bia')
    const window = new FakeWindow(world, bia)
    window.until(() => world.get('chat.status', {}).isTold)
    world.chat.ask({ kind: 'login', user: 'prog' })
    // It has just looked, and looks again in a few seconds.
    world.run(200)
    const said = world.chat.ask({ kind: 'message', src: 'prog', dst: 'bia', message: 'oi' })
    expect(said?.isRefused).toBe(false)
    window.until(() => window.conversations.get('d:bia\nprog')?.unread === 1, 1_000)
  })
})
