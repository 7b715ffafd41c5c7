import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { decodePassing, passingLimits, presenceTopic } from '../native-topics.ts'
import { type ProgramAnswer, VirtualChat } from '../testing/virtual-chat.ts'

const data = (answer: ProgramAnswer) => answer.data
const bad = 'Token invalido ou expirado. Faca login novamente.'

function led(): VirtualChat {
  const chat = new VirtualChat()
  chat.untilLed()
  return chat
}

describe('a program of the course', () => {
  it('logs in, makes a channel, publishes and sends messages, and hears both on the proxy', () => {
    const chat = led()
    expect(data(chat.program('login', { user: 'ana' }))).toMatchObject({ status: 'sucesso' })
    expect(data(chat.program('login', { user: 'ana' }))).toMatchObject({ status: 'sucesso' })
    chat.program('login', { user: 'bia' })
    expect(data(chat.program('users', {}))).toMatchObject({ users: ['ana', 'bia'] })
    expect(data(chat.program('channel', { channel: 'aulas' }))).toMatchObject({ status: 'sucesso' })
    expect(data(chat.program('channel', { channel: 'aulas' }))).toMatchObject({ status: 'erro' })
    expect(data(chat.program('channels', {}))).toMatchObject({ channels: ['aulas', 'dev', 'general', 'random'] })
    expect(data(chat.program('publish', { user: 'ana', channel: 'aulas', message: 'oi' }))).toMatchObject({
      status: 'OK',
    })
    expect(data(chat.program('message', { src: 'ana', dst: 'bia', message: 'só tu' }))).toMatchObject({ status: 'OK' })
    chat.hosts.run(20)
    expect(chat.heard('course')).toEqual(['aulas: oi', 'bia: só tu'])
    expect(chat.heard('account')).toEqual(['aulas: oi', 'bia: só tu'])
    expect(data(chat.program('register_user', { user: 'caio' }))).toMatchObject({ users: ['ana', 'bia', 'caio'] })
  })

  it.each([
    ['publish', { user: 'ana', channel: 'nada', message: 'x' }, 'canal inexistente'],
    ['publish', { user: 'zeca', channel: 'general', message: 'x' }, 'usuário inexistente'],
    ['message', { src: 'ana', dst: 'zeca', message: 'x' }, 'usuário inexistente'],
    ['publish', { user: 'ana', channel: 'general', message: ' ' }, 'mensagem vazia'],
    ['dance', {}, 'serviço desconhecido'],
    ['publish', { user: 7 }, 'campo ausente ou inválido: user'],
  ])('is refused %s %j in the words of the course', (service, asked, message) => {
    const chat = led()
    chat.program('login', { user: 'ana' })
    expect(data(chat.program(service, asked))).toMatchObject({ status: 'erro', message })
  })

  it('cannot use a name that has a password, nor hear what is said to it', () => {
    const chat = led()
    const ana = chat.signUp('ana')
    chat.program('login', { user: 'bia' })
    expect(data(chat.program('login', { user: 'ana' }))).toMatchObject({ status: 'erro' })
    expect(data(chat.program('publish', { user: 'ana', channel: 'general', message: 'x' }))).toMatchObject({
      status: 'erro',
      message: 'nome protegido por senha',
    })
    chat.program('message', { src: 'bia', dst: 'ana', message: 'para ti' })
    const secret = { kind: 'create-channel', name: 'sala', title: '', isPrivate: true, fence: null } as const
    const made = chat.act(ana, secret)
    const conversation =
      made.kind === 'done' ? (made.event?.what.kind === 'conversation' ? made.event.what.conversation.id : '') : ''
    const to = { kind: 'conversation', conversation } as const
    expect(chat.act(ana, { kind: 'say', to, text: 'segredo', replyTo: null, through: 'native' }).kind).toBe('done')
    chat.act(ana, { kind: 'say', to: { kind: 'user', name: 'bia' }, text: 'a todos', replyTo: null, through: 'native' })
    chat.hosts.run(20)
    expect(chat.heard('course')).toEqual(['bia: a todos'])
    expect(chat.events.filter(({ what }) => what.kind === 'message')).toHaveLength(3)
  })

  it('is answered once under one id, and said nothing to what is no message', () => {
    const chat = led()
    chat.program('login', { user: 'ana' })
    const id = chat.nextId()
    const said = { user: 'ana', channel: 'general', message: 'uma vez' }
    for (const _ of [1, 2]) expect(data(chat.program('publish', said, { id }))).toMatchObject({ status: 'OK' })
    chat.hosts.run(20)
    expect(chat.heard('course')).toEqual(['general: uma vez'])
    expect(chat.ask({ kind: 'foreign', frames: [new Uint8Array(0)] })).toEqual({ kind: 'foreign', payload: null })
    const broken = chat.ask({ kind: 'foreign', frames: [encodeText('{"service":')] })
    expect(broken.kind === 'foreign' && broken.payload !== null).toBe(true)
  })

  it('is seen to be there by what it does', () => {
    const chat = led()
    for (const _ of [1, 2, 3]) chat.program('login', { user: 'ana' })
    chat.hosts.run(20)
    const here = chat.published.get('native')!.filter(({ topic }) => topic === presenceTopic)
    expect(here.map(({ payload }) => decodePassing(payload)?.user)).toEqual(['ana'])
    chat.hosts.run(passingLimits.presenceMs)
    chat.program('publish', { user: 'ana', channel: 'general', message: 'ainda' })
    chat.hosts.run(20)
    expect(chat.published.get('native')!.filter(({ topic }) => topic === presenceTopic)).toHaveLength(2)
  })

  it('never hears an older clock than its own', () => {
    const chat = led()
    const { clock } = data(chat.program('clock', { clock: 5_000 })) as { readonly clock: number }
    expect(clock).toBeGreaterThan(5_000)
  })
})

describe('a program of the account chat', () => {
  it('has an account, subscribes and publishes, and its token outlives the leader', () => {
    const chat = led()
    const credentials = { user: 'ana', senha: '123' }
    expect(chat.program('addUser', credentials)).toMatchObject({ status: 'OK' })
    expect(chat.program('addUser', credentials)).toMatchObject({ status: 'ERRO', message: "Usuario 'ana' ja existe." })
    const { token } = chat.program('login', credentials)
    expect(chat.program('addChannel', { token, titulo: ' Geral ', desc: 'de tudo' })).toMatchObject({ status: 'OK' })
    expect(chat.program('addChannel', { token, titulo: 'geral' })).toMatchObject({
      message: "Canal 'geral' ja existe.",
    })
    const publish = { token, channel: 'general', message: 'oi', timestamp: 1 }
    expect(chat.program('publish', publish)).toMatchObject({ message: "Usuario 'ana' nao inscrito em 'general'." })
    chat.powerOff(chat.leader!)
    expect(chat.program('subscribe', { token, user: 'ana', channel: 'general' })).toMatchObject({
      message: "ana inscrito em 'general'",
    })
    expect(chat.program('publish', publish)).toMatchObject({ status: 'OK' })
    expect(chat.program('publish', { ...publish, channel: 'nope' })).toMatchObject({
      message: "Canal 'nope' nao existe.",
    })
    expect(chat.program('listUsers', {})).toEqual({ 0: { user: 'ana' } })
    expect(chat.program('listChannels', {})).toMatchObject({ 2: { titulo: 'geral', desc: 'de tudo' } })
    chat.hosts.run(20)
    expect(chat.heard('account')).toEqual(['general: oi'])
  })

  it('is refused the same way for a wrong password and for nobody', () => {
    const chat = led()
    chat.program('addUser', { user: 'ana', senha: '123' })
    const words = (user: string, senha: string) => chat.program('login', { user, senha }).message
    expect(words('ana', '124')).toBe('Usuario ou senha invalidos.')
    expect(words('zeca', '123')).toBe('Usuario ou senha invalidos.')
  })

  it('speaks as a bot without a token, and as nobody else', () => {
    const chat = led()
    chat.program('addUser', { user: 'bot-ana', senha: '123' })
    const publish = { channel: 'general', message: 'bip', timestamp: 1, lamport_clock: 1 }
    const subscribed = chat.program('subscribe', { user: 'bot-1', channel: 'general' })
    expect(subscribed).toMatchObject({ status: 'OK' })
    const add = { user: 'bot-2', titulo: 'bots', desc: '' }
    expect(chat.program('addChannel', add)).toMatchObject({ status: 'OK' })
    expect(chat.program('publish', { ...publish, user: 'bot-2' })).toMatchObject({ status: 'OK' })
    expect(chat.program('publish', { ...publish, user: 'bot-ana' })).toMatchObject({ message: bad })
    expect(chat.program('publish', { ...publish, user: 'ana' })).toMatchObject({ message: bad })
    expect(chat.program('publish', { ...publish, token: 'x.y.z', user: 'bot-2' })).toMatchObject({ message: bad })
  })

  it('speaks as a bot by a token alone where programs of the network come in', () => {
    const chat = new VirtualChat({ reach: 'lan' })
    chat.untilLed()
    const credentials = { user: 'bot-ana', senha: '123' }
    chat.program('addUser', credentials)
    const { token } = chat.program('login', credentials)
    const said = { channel: 'general', message: 'bip', titulo: 'bots', dst: 'bot-ana', timestamp: 1, lamport_clock: 1 }
    for (const service of ['addChannel', 'subscribe', 'publish', 'message'])
      expect(chat.program(service, { ...said, user: 'bot-estranho' })).toMatchObject({ message: bad })
    expect(chat.program('listUsers', {})).toEqual({ 0: { user: 'bot-ana' } })
    expect(chat.program('addChannel', { ...said, token })).toMatchObject({ status: 'OK' })
  })
})
