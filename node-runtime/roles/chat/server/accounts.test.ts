import { describe, expect, it } from 'vitest'
import { VirtualChat } from '../testing/virtual-chat.ts'
import { accountLimits } from './accounts.ts'

const failed = (code: string) => ({ kind: 'failed', failure: { code } })
const password = 'uma senha longa'

function led(): VirtualChat {
  const chat = new VirtualChat()
  chat.untilLed()
  return chat
}

describe('an account', () => {
  it('signs in with its password and no other, and says no more of why', () => {
    const chat = led()
    chat.signUp('ana', password)
    expect(chat.ask({ kind: 'sign-in', user: 'ana', password })).toMatchObject({
      kind: 'token',
      token: { user: 'ana' },
    })
    const wrong = chat.ask({ kind: 'sign-in', user: 'ana', password: 'outra senha longa' })
    const nobody = chat.ask({ kind: 'sign-in', user: 'zeca', password })
    expect(wrong).toMatchObject(failed('not-signed-in'))
    expect(nobody).toEqual(wrong)
    chat.program('login', { user: 'bia' })
    expect(chat.ask({ kind: 'sign-in', user: 'bia', password: '' })).toEqual(wrong)
  })

  it('is refused for a name that is taken or none, and for a weak password', () => {
    const chat = led()
    chat.signUp('ana', password)
    expect(chat.ask({ kind: 'sign-up', user: 'ana', password })).toMatchObject(failed('name-taken'))
    expect(chat.ask({ kind: 'sign-up', user: ' ', password })).toMatchObject(failed('name-not-allowed'))
    expect(chat.ask({ kind: 'sign-up', user: 'bia', password: 'curta' })).toMatchObject(failed('too-weak'))
  })

  it('is not given to whoever asks again under the id of its sign-up', () => {
    const chat = led()
    const id = chat.nextId()
    const order = { kind: 'sign-up', user: 'ana', password } as const
    expect(chat.ask(order, { id }).kind).toBe('token')
    expect(chat.ask(order, { id }).kind).toBe('token')
    const thief = chat.ask({ ...order, password: 'a senha do ladrão' }, { id })
    expect(thief).toMatchObject(failed('not-signed-in'))
  })

  it('is signed out everywhere at once, also under the next leader', () => {
    const chat = led()
    const ana = chat.signUp('ana', password)
    chat.hosts.run(100)
    expect(chat.act(ana, { kind: 'sign-out-everywhere' }).kind).toBe('done')
    expect(chat.ask({ kind: 'here', token: ana })).toMatchObject(failed('not-signed-in'))
    const again = chat.ask({ kind: 'sign-in', user: 'ana', password })
    const token = again.kind === 'token' ? again.token.token : ''
    chat.powerOff(chat.leader!)
    expect(chat.ask({ kind: 'here', token: ana })).toMatchObject(failed('not-signed-in'))
    expect(chat.ask({ kind: 'here', token })).toEqual({ kind: 'done' })
  })

  it('is signed in for longer by a token that is still good, and by none that was taken back', () => {
    const chat = led()
    const ana = chat.signUp('ana', password)
    chat.hosts.run(2_000)
    const renewed = chat.ask({ kind: 'renew', token: ana })
    const token = renewed.kind === 'token' ? renewed.token.token : ''
    expect(token).not.toBe(ana)
    expect(chat.ask({ kind: 'here', token })).toEqual({ kind: 'done' })
    expect(chat.ask({ kind: 'renew', token: `${ana}x` })).toMatchObject(failed('not-signed-in'))
    chat.hosts.run(100)
    expect(chat.act(token, { kind: 'sign-out-everywhere' }).kind).toBe('done')
    expect(chat.ask({ kind: 'renew', token })).toMatchObject(failed('not-signed-in'))
  })

  it('has a new password, which ends earlier tokens and not the new one', () => {
    const chat = led()
    const ana = chat.signUp('ana', password)
    chat.hosts.run(100)
    const newPassword = 'uma senha nova'
    const wrong = chat.ask({ kind: 'set-password', token: ana, password: 'uma outra', newPassword })
    expect(wrong).toMatchObject(failed('not-signed-in'))
    const id = chat.nextId()
    const order = { kind: 'set-password', token: ana, password, newPassword } as const
    const changed = chat.ask(order, { id })
    expect(chat.ask(order, { id }).kind).toBe('token')
    const forged = chat.ask({ ...order, token: `${ana}x` })
    expect(forged).toMatchObject(failed('not-signed-in'))
    const token = changed.kind === 'token' ? changed.token.token : ''
    expect(chat.ask({ kind: 'here', token })).toEqual({ kind: 'done' })
    expect(chat.ask({ kind: 'here', token: ana })).toMatchObject(failed('not-signed-in'))
    expect(chat.ask({ kind: 'sign-in', user: 'ana', password })).toMatchObject(failed('not-signed-in'))
    expect(chat.ask({ kind: 'sign-in', user: 'ana', password: newPassword }).kind).toBe('token')
  })

  it('is tried so often and no more, whoever asks; another is not kept waiting for it', () => {
    const chat = led()
    chat.signUp('ana', password)
    chat.signUp('bia', password)
    const tries = Array.from({ length: accountLimits.perName.burst + 5 }, (_, turn) =>
      chat.ask({ kind: 'sign-in', user: 'ana', password: 'errada' }, { from: `desk/${turn}` }),
    )
    expect(tries.at(-1)).toMatchObject(failed('too-many'))
    expect(chat.ask({ kind: 'sign-in', user: 'bia', password }).kind).toBe('token')
    chat.hosts.run(10_000)
    expect(chat.ask({ kind: 'sign-in', user: 'ana', password }).kind).toBe('token')
  })

  it('can be signed in to while programs try its name, who are kept from trying on', () => {
    const chat = led()
    chat.signUp('ana', password)
    const answers = Array.from({ length: accountLimits.perName.burst + 5 }, (_, turn) =>
      chat.program('login', { user: 'ana', senha: 'errada' }, { from: `open/${turn}` }),
    )
    expect(answers.at(-1)).toMatchObject({ message: 'Pedidos demais. Tente mais tarde.' })
    expect(chat.ask({ kind: 'sign-in', user: 'ana', password }).kind).toBe('token')
  })

  it('can be signed in to while programs try all the names there are', () => {
    const chat = led()
    chat.signUp('ana', password)
    const answers = Array.from({ length: accountLimits.openDoor.burst + 40 }, (_, turn) =>
      chat.program('login', { user: `nome${turn}`, senha: 'x' }, { from: `open/${turn}` }),
    )
    expect(answers[0]).toMatchObject({ message: 'Usuario ou senha invalidos.' })
    expect(answers.at(-1)).toMatchObject({ message: 'Pedidos demais. Tente mais tarde.' })
    expect(chat.ask({ kind: 'sign-in', user: 'ana', password }).kind).toBe('token')
  })
})
