import { describe, expect, it } from 'vitest'
import { broker, proxy } from '../../chat/testing/plain-chat.ts'
import { sessionLimits } from './session.ts'
import { ChatWorld, desk, FakeWindow, general } from './testing/chat-world.ts'

/** Somebody has said something, and looks on. */
function led() {
  const world = new ChatWorld()
  const ana = world.join('ana')
  const window = new FakeWindow(world, ana)
  window.until(() => world.get('chat.status', {}).leader !== null)
  world.say(ana, 'antes')
  world.settled(ana)
  const { leader } = world
  if (leader === null) throw new Error('nobody leads')
  return { world, ana, window, leader }
}

describe('a desk at a chat', () => {
  it('says, hears and pages for two users, and each sees what the other does', () => {
    const world = new ChatWorld()
    const [ana, bia] = [world.join('ana'), world.join('bia')]
    const window = new FakeWindow(world, bia)
    window.look()
    world.run(200)
    const id = world.say(ana, 'oi @bia')
    window.until(() => window.textOf(id) !== null)
    expect(window.rows.get(id)).toMatchObject({
      author: 'ana',
      mentions: ['bia'],
      state: { kind: 'stored', copies: 2 },
    })
    const { conversations } = world.get('chat.conversations', { session: bia })
    expect(conversations.find((one) => one.id === general)).toMatchObject({ unread: 1, mentions: 1, isMember: true })
    const page = world.get('chat.history', { session: bia, conversation: general, from: { kind: 'unread' }, limit: 50 })
    const place = page.rows.find((row) => row.id === id)?.place ?? ''
    expect(page.firstUnread).toBe(place)
    world.get('chat.read', { session: bia, conversation: general, place })
    const own = new FakeWindow(world, ana)
    world.history(ana)
    own.until(() => own.rows.get(id)?.state.kind === 'seen')
    expect(world.history(bia).firstUnread).toBe(null)
  })

  it('changes what was said: edit, reaction, answer, deletion', () => {
    const world = new ChatWorld()
    const [ana, bia] = [world.join('ana'), world.join('bia')]
    const window = new FakeWindow(world, ana)
    window.look()
    const id = world.say(ana, 'primeira')
    world.settled(ana)
    world.get('chat.edit', { session: ana, id, text: 'emendada' })
    world.get('chat.react', { session: bia, id, emoji: '👍', isOn: true })
    const answer = world.say(bia, 'resposta', general, id)
    world.settled(bia)
    window.until(() => window.rows.get(id)?.reactions.length === 1 && window.textOf(answer) !== null)
    expect(window.rows.get(id)).toMatchObject({ text: 'emendada', reactions: [{ emoji: '👍', users: ['bia'] }] })
    expect(window.rows.get(answer)).toMatchObject({ replyTo: id })
    expect(world.ask('chat.delete', { session: bia, id })).toMatchObject({ failure: { code: 'not-yours' } })
    world.get('chat.delete', { session: ana, id })
    window.until(() => window.rows.get(id)?.isDeleted === true)
    expect(world.row(bia, id)).toMatchObject({ isDeleted: true, text: '' })
  })

  it('knows who is here, and who writes until they do not', () => {
    const world = new ChatWorld()
    const [ana, bia] = [world.join('ana'), world.join('bia')]
    const [window, other] = [new FakeWindow(world, ana), new FakeWindow(world, bia)]
    const isHere = () => window.people.get('bia')?.isHere
    const isTyping = () => window.conversations.get(general)?.typing.includes('bia')
    window.until(() => {
      other.look()
      return isHere() === true
    })
    expect(window.people.get('bia')).toMatchObject({ isProtected: true, isBot: false })
    world.get('chat.typing', { session: bia, conversation: general })
    window.until(() => isTyping() === true)
    window.until(() => isTyping() === false, 10_000)
    world.get('chat.typing', { session: bia, conversation: general })
    window.until(() => isTyping() === true)
    world.say(bia, 'pronto')
    window.until(() => isTyping() === false, 2_000)
    // Who has said something and goes on writing is not taken for the one who wrote that.
    world.get('chat.typing', { session: bia, conversation: general })
    window.until(() => isTyping() === true, 2_000)
  })

  it('makes channels under a lock, private ones, groups and direct conversations', () => {
    const world = new ChatWorld()
    const [ana, bia] = [world.join('ana'), world.join('bia')]
    const made = world.get('chat.create', { session: ana, name: 'doces', title: 'Doces', isPrivate: false })
    expect(made).toMatchObject({ id: 'c:doces', isMember: true, members: 1 })
    expect(world.get('chat.locks', {}).locks).toEqual([])
    expect(world.ask('chat.create', { session: bia, name: 'doces', title: '', isPrivate: false })).toMatchObject({
      failure: { code: 'name-taken' },
    })
    expect(world.get('chat.askLock', { session: bia, lock: 'channel:bolos' }).fence).toBeGreaterThan(0)
    expect(world.ask('chat.create', { session: ana, name: 'bolos', title: '', isPrivate: false })).toMatchObject({
      failure: { code: 'locked' },
    })
    world.get('chat.giveLock', { session: bia, lock: 'channel:bolos' })
    const secret = world.get('chat.create', { session: ana, name: 'segredo', title: '', isPrivate: true })
    world.get('chat.invite', { session: ana, conversation: secret.id, user: 'bia' })
    const direct = world.get('chat.direct', { session: bia, user: 'ana' })
    expect(direct).toMatchObject({ kind: 'direct', name: 'ana' })
    const group = world.get('chat.group', { session: ana, users: ['bia'] })
    const ids = () => world.get('chat.conversations', { session: bia }).conversations.map(({ id }) => id)
    world.until(() => ids().includes(secret.id) && ids().includes(group.id))
    world.get('chat.leave', { session: bia, conversation: secret.id })
    expect(ids()).not.toContain(secret.id)
    expect(world.ask('chat.direct', { session: bia, user: 'ninguém' })).toMatchObject({
      failure: { code: 'unknown-user' },
    })
  })

  it('pages through a long conversation without a hole or a double', () => {
    const world = new ChatWorld()
    const ana = world.join('ana')
    const said = Array.from({ length: 90 }, (_, index) => `mensagem ${index}`)
    for (const text of said) world.say(ana, text)
    world.settled(ana)
    world.restartDesk()
    const texts: string[] = []
    let page = world.history(ana, general, 20)
    for (;;) {
      texts.unshift(...page.rows.filter(({ author }) => author === 'ana').map(({ text }) => text))
      const [first] = page.rows
      if (page.isBeginning || first?.place == null) break
      const from = { kind: 'before', place: first.place } as const
      page = world.get('chat.history', { session: ana, conversation: general, from, limit: 20 })
    }
    expect(texts).toEqual(said)
  })

  it('signs in with the same session again, and forgets who signs out', () => {
    const world = new ChatWorld()
    const ana = world.join('ana')
    expect(world.signIn('ana')).toBe(ana)
    world.restartDesk()
    expect(world.get('chat.status', {}).sessions).toEqual([{ session: ana, user: 'ana', isSignedIn: true }])
    world.get('chat.signOutEverywhere', { session: ana })
    expect(world.get('chat.status', {}).sessions).toMatchObject([{ isSignedIn: false }])
    expect(world.ask('chat.signIn', { user: 'ana', password: 'outra senha longa' })).toMatchObject({
      failure: { code: 'not-signed-in' },
    })
    const id = world.say(ana, 'espera por mim')
    expect(world.signIn('ana')).toBe(ana)
    world.until(() => world.row(ana, id) !== null)
    world.get('chat.signOut', { session: ana })
    expect(world.get('chat.status', {}).sessions).toEqual([])
    expect(world.ask('chat.conversations', { session: ana })).toMatchObject({ failure: { code: 'not-signed-in' } })
  })
})

describe('a session', () => {
  it('is signed in for as long as its desk lives: its token is renewed in time', () => {
    const world = new ChatWorld()
    const ana = world.join('ana')
    // Of an earlier day, as the clock of the desk has it now.
    world.host.clock.skewMs = 6 * 3_600_000
    const before = world.tokenOf(ana)
    world.until(() => world.tokenOf(ana) !== before)
    world.say(ana, 'ainda aqui')
    world.settled(ana)
    expect(world.texts(ana)).toEqual(['ainda aqui'])
  })
})

describe('a desk whose chat dies', () => {
  it('says each message once and in order, whoever is killed, itself among them', () => {
    const world = new ChatWorld()
    const [ana, bia] = [world.join('ana'), world.join('bia')]
    const window = new FakeWindow(world, bia)
    const said: string[] = []
    const victims = [() => world.leader, () => broker, () => proxy, () => desk, () => world.leader, () => desk]
    for (const [round, victim] of victims.entries()) {
      for (let count = 0; count < 5; count += 1) {
        const text = `rodada ${round}, ${count}`
        world.say(ana, text)
        said.push(text)
        world.run(30)
        window.look()
        if (count !== 2) continue
        const dead = victim()
        if (dead === null) throw new Error('nobody to kill')
        world.chat.kill(dead)
        world.run(50)
        world.chat.start(dead)
        if (dead === desk) window.deskDied()
      }
      world.until(() => world.leader !== null)
    }
    world.until(() => {
      const page = world.call('chat.history', {
        session: ana,
        conversation: general,
        from: { kind: 'newest' },
        limit: 200,
      })
      window.look()
      return page.result?.ok === true && page.result.value.waiting.length === 0
    })
    expect(world.texts(ana)).toEqual(said)
    expect(world.texts(bia)).toEqual(said)
    window.until(() => window.texts.length >= said.length)
    expect(window.texts).toEqual(said)
    expect(window.forgotten).toBeGreaterThan(0)
  })

  it('notes how long nobody led, by whoever had to wait', () => {
    const { world, ana, window, leader } = led()
    world.chat.kill(leader)
    world.say(ana, 'depois')
    window.until(() => world.get('chat.status', {}).gaps.length === 1)
    const [gap] = world.get('chat.status', {}).gaps
    expect(gap?.leader).not.toBe(leader)
    expect(gap?.ms).toBeGreaterThan(100)
    expect(gap?.ms).toBeLessThan(3_000)
    expect(world.texts(ana)).toEqual(['antes', 'depois'])
  })

  it('notes that another one leads, also when nobody asked while nobody led', () => {
    const { world, ana, window, leader } = led()
    // Whoever looked has gone.
    world.run(sessionLimits.attachedMs + 5_000)
    world.chat.kill(leader)
    world.run(2_000)
    world.chat.start(leader)
    world.run(1_000)
    world.say(ana, 'depois')
    world.settled(ana)
    window.until(() => world.get('chat.status', {}).gaps.length === 1, 10_000)
    expect(world.get('chat.status', {}).gaps[0]).toMatchObject({ ms: null, leader: world.leader })
  })

  it('hears after the proxy was away what was said meanwhile, each once', () => {
    const world = new ChatWorld()
    const [ana, bia] = [world.join('ana'), world.join('bia')]
    const window = new FakeWindow(world, bia)
    window.look()
    world.run(300)
    world.chat.kill(proxy)
    for (const text of ['um', 'dois', 'três']) world.say(ana, text)
    world.settled(ana)
    world.chat.start(proxy)
    world.say(ana, 'quatro')
    window.until(() => window.texts.length === 4)
    expect(window.texts).toEqual(['um', 'dois', 'três', 'quatro'])
    expect(window.forgotten).toBe(0)
  })
})
