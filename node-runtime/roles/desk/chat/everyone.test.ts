import { describe, expect, it } from 'vitest'
import { broker, proxy, servers } from '../../chat/testing/plain-chat.ts'
import { ChatWorld, desk, FakeWindow, general } from './testing/chat-world.ts'

describe('a desk where everyone answers', () => {
  it('is whoever it says, says, hears and pages', () => {
    const world = new ChatWorld('everyone')
    const [ana, bia] = [world.join('ana'), world.join('bia')]
    expect(world.get('chat.status', {})).toMatchObject({ profile: 'everyone', abilities: { hasAccounts: false } })
    const window = new FakeWindow(world, bia)
    window.look()
    world.run(300)
    const said = Array.from({ length: 12 }, (_, index) => `mensagem ${index}`)
    const ids = said.map((text) => world.say(ana, text))
    window.until(() => ids.every((id) => window.rows.has(id)))
    expect(window.texts).toEqual(said)
    expect(window.rows.get(ids[0] ?? '')).toMatchObject({ state: { kind: 'stored', copies: 1, servers: 3 } })
    expect(servers).toContain(window.rows.get(ids[0] ?? '')?.origin)
    const { conversations } = world.get('chat.conversations', { session: bia })
    expect(conversations.find(({ id }) => id === general)).toMatchObject({ unread: 12 })
    const page = world.get('chat.history', { session: bia, conversation: general, from: { kind: 'unread' }, limit: 6 })
    const first = page.rows.find(({ id }) => id === ids[0])
    expect(page.firstUnread).toBe(first?.place)
    const last = window.rows.get(ids[5] ?? '')
    const before = { kind: 'before', place: last?.place ?? '' } as const
    const older = world.get('chat.history', { session: bia, conversation: general, from: before, limit: 5 })
    expect(older.rows.map(({ text }) => text)).toEqual(said.slice(0, 5))
    world.get('chat.read', { session: bia, conversation: general, place: window.rows.get(ids[11] ?? '')?.place ?? '' })
    expect(world.history(bia).firstUnread).toBe(null)
  })

  it('makes channels and direct conversations, and says what this profile has not', () => {
    const world = new ChatWorld('everyone')
    const [ana, bia] = [world.join('ana'), world.join('bia')]
    expect(world.get('chat.create', { session: ana, name: 'doces', title: '', isPrivate: false }).id).toBe('c:doces')
    const direct = world.get('chat.direct', { session: ana, user: 'bia' })
    const id = world.say(ana, 'só nós', direct.id)
    world.until(() => world.texts(bia, direct.id).includes('só nós'))
    const notHere = { failure: { code: 'does-not-apply' } }
    expect(world.ask('chat.create', { session: ana, name: 'x', title: '', isPrivate: true })).toMatchObject(notHere)
    expect(world.ask('chat.edit', { session: ana, id, text: 'y' })).toMatchObject(notHere)
    world.say(bia, 'resposta', direct.id, id)
    world.until(() => world.history(bia, direct.id).waiting.some(({ state }) => state.kind === 'refused'))
    expect(world.get('chat.locks', {}).locks).toEqual([])
  })

  it('keeps how far somebody has read, over its own death too', () => {
    const world = new ChatWorld('everyone')
    const [ana, bia] = [world.join('ana'), world.join('bia')]
    const unreadIn = (conversation: string) =>
      world.get('chat.conversations', { session: bia }).conversations.find(({ id }) => id === conversation)?.unread ??
      -1
    world.say(ana, 'antes')
    world.until(() => unreadIn(general) === 1)
    const { rows } = world.history(bia)
    world.get('chat.read', { session: bia, conversation: general, place: rows.at(-1)?.place ?? '' })
    expect(unreadIn(general)).toBe(0)
    for (const text of ['um', 'dois']) world.say(ana, text)
    world.until(() => unreadIn(general) === 2)
    const direct = world.get('chat.direct', { session: ana, user: 'bia' })
    world.say(ana, 'só nós', direct.id)
    world.until(() => unreadIn(direct.id) === 1)
    world.run(1_000)
    world.restartDesk()
    expect([unreadIn(general), unreadIn(direct.id)]).toEqual([2, 1])
    const page = world.get('chat.history', { session: bia, conversation: general, from: { kind: 'unread' }, limit: 50 })
    expect(page.rows.find(({ place }) => place === page.firstUnread)?.text).toBe('um')
    // Whoever signs out has kept nothing here, and has read all when it comes again.
    world.get('chat.signOut', { session: bia })
    const again = world.signIn('bia')
    const { conversations } = world.get('chat.conversations', { session: again })
    expect(conversations.map(({ unread }) => unread)).toEqual(conversations.map(() => 0))
  })

  it('says each message once, whoever is killed, itself among them, and shows what came while it heard nothing', () => {
    const world = new ChatWorld('everyone')
    const [ana, bia] = [world.join('ana'), world.join('bia')]
    const window = new FakeWindow(world, bia)
    const said: string[] = []
    const victims = [servers[0], broker, proxy, desk, servers[1], desk]
    for (const [round, dead] of victims.entries()) {
      for (let count = 0; count < 5; count += 1) {
        const text = `rodada ${round}, ${count}`
        world.say(ana, text)
        said.push(text)
        world.run(30)
        window.look()
        if (count !== 2 || dead === undefined) continue
        world.chat.kill(dead)
        world.run(400)
        world.chat.start(dead)
        if (dead === desk) window.deskDied()
      }
    }
    window.until(() => new Set(window.texts).size === said.length)
    world.settled(ana)
    expect([...window.texts].sort()).toEqual([...said].sort())
    world.until(() => world.texts(bia).length === said.length)
  })
})
