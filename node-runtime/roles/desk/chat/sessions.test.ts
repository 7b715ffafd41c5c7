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
