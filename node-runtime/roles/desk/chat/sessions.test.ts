import { describe, expect, it } from 'vitest'
import { ChatWorld } from './testing/chat-world.ts'

const password = 'uma senha longa'
const newPassword = 'outra senha longa'

describe('a session', () => {
  it('goes on when its user mistypes the old password for a new one', () => {
    const world = new ChatWorld()
    const ana = world.join('ana')
    const wrong = world.ask('chat.setPassword', { session: ana, password: newPassword, newPassword })
    expect(wrong).toMatchObject({ failure: { code: 'not-signed-in' } })
    expect(world.get('chat.status', {}).sessions).toMatchObject([{ isSignedIn: true }])
    world.get('chat.setPassword', { session: ana, password, newPassword })
    world.say(ana, 'ainda aqui')
    world.settled(ana)
  })

  it('does not come back after a sign-out, whatever is answered to it later', () => {
    const world = new ChatWorld()
    const ana = world.join('ana')
    const asked = world.call('chat.setPassword', { session: ana, password, newPassword })
    world.get('chat.signOut', { session: ana })
    world.until(() => asked.result !== null)
    world.restartDesk()
    expect(world.get('chat.status', {}).sessions).toEqual([])
  })
})

describe('a search', () => {
  it('goes into private channels by their names, and into what two say to each other', () => {
    const world = new ChatWorld()
    const [ana, bia] = [world.join('ana'), world.join('bia')]
    const secret = world.get('chat.create', { session: ana, name: 'segredo', title: '', isPrivate: true })
    const direct = world.get('chat.direct', { session: ana, user: 'bia' })
    world.say(ana, 'bolo para todos')
    world.say(ana, 'bolo para mim', secret.id)
    world.say(ana, 'bolo para ti', direct.id)
    world.settled(ana, direct.id)
    const found = (session: string, text: string) => {
      const page = world.get('chat.search', { session, text, dayMs: null, cursor: null, limit: 10 })
      return page.rows.map((row) => row.text)
    }
    world.until(() => found(ana, 'bolo').length === 3)
    expect(found(ana, 'bolo in:segredo')).toEqual(['bolo para mim'])
    expect(found(ana, 'bolo in:#general')).toEqual(['bolo para todos'])
    expect([found(ana, 'in:@bia'), found(bia, 'in:@ana')]).toEqual([['bolo para ti'], ['bolo para ti']])
    expect(found(bia, 'bolo in:segredo')).toEqual([])
  })
})

describe('a public channel that somebody has left', () => {
  it('is listed as it stands now', () => {
    const world = new ChatWorld()
    const [ana, bia] = [world.join('ana'), world.join('bia')]
    world.get('chat.create', { session: ana, name: 'doces', title: '', isPrivate: false })
    world.get('chat.join', { session: bia, channel: 'doces' })
    world.get('chat.conversations', { session: ana })
    world.get('chat.leave', { session: ana, conversation: 'c:doces' })
    const listed = () => world.get('chat.channels', { session: ana, after: null, limit: 50 }).channels
    expect(listed().find(({ name }) => name === 'doces')).toMatchObject({ members: 1, isMember: false, unread: 0 })
  })
})
