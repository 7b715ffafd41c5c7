import { describe, expect, it } from 'vitest'
import { proxy, servers } from '../../chat/testing/plain-chat.ts'
import { areTheSame } from '../../chat/testing/whole-chat.ts'
import { ChatWorld, FakeWindow, general } from './testing/chat-world.ts'

/** Ana and Bia are in a chat in which everyone answers, and Bia looks on. */
function inView() {
  const world = new ChatWorld('everyone')
  const [ana, bia] = [world.join('ana'), world.join('bia')]
  const window = new FakeWindow(world, bia)
  window.look()
  world.run(300)
  world.history(bia)
  const unread = () => window.conversations.get(general)?.unread ?? 0
  const say = (texts: readonly string[]) => texts.map((text) => world.say(ana, text))
  return { world, ana, bia, window, unread, say }
}

describe('a desk where everyone answers, after a cut', () => {
  it('counts nothing as new that stands above what was read, though it has other numbers by then', () => {
    const { world, ana, bia, window, unread, say } = inView()
    const [one, ...others] = servers
    for (const other of others)
      for (const link of [`${one}>${other}`, `${other}>${one}`]) world.chat.hosts.cut.add(link)
    const ids = say(Array.from({ length: 9 }, (_, index) => `mensagem ${index}`))
    window.until(() => ids.every((id) => window.rows.get(id)?.place != null))
    world.settled(ana)
    const last = world.history(bia).rows.at(-1)?.place ?? ''
    world.get('chat.read', { session: bia, conversation: general, place: last })
    world.chat.hosts.cut.clear()
    window.until(() => areTheSame(world.chat))
    for (let ms = 0; ms < 12_000; ms += 100) {
      world.run(100)
      window.look()
    }
    expect(world.history(bia).rows.at(-1)?.place).toBe(last)
    expect(unread()).toBe(0)
  })

  it('shows all of what it has missed, however much that was', () => {
    const { world, ana, bia, window, say } = inView()
    const before = say(['um', 'dois'])
    window.until(() => before.every((id) => window.rows.get(id)?.place != null))
    world.chat.kill(proxy)
    const texts = Array.from({ length: 150 }, (_, index) => `mensagem ${index}`)
    say(texts)
    world.settled(ana)
    world.chat.start(proxy)
    window.until(() => window.texts.includes('mensagem 149'))
    expect(world.texts(bia)).toEqual(['um', 'dois', ...texts])
    window.until(() => window.texts.length === 152)
  })
})
