import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ForeignLine, ForeignProgram, python } from '#dialects/chat/testing/foreign-program'
import { PythonClient } from './testing/python-client.ts'
import { RealChat } from './testing/real-chat.ts'

let chat: RealChat
let programs: PythonClient[] = []
beforeAll(async () => {
  programs = []
  chat = await RealChat.open({ isQuiet: true })
  await chat.leader()
})
afterAll(async () => {
  for (const program of programs) await program.end()
  await chat.close()
})

function client(options: Record<'dialect' | 'codec' | 'hear', string>): PythonClient {
  const program = new PythonClient({ ...options, ask: chat.address('clients') })
  programs.push(program)
  return program
}

const course = (codec: 'json' | 'messagepack'): PythonClient =>
  client({ dialect: 'course', codec, hear: chat.address('course-to') })
const account = (): PythonClient => client({ dialect: 'account', codec: 'json', hear: chat.address('account-to') })

/** What is published before a subscription has reached its proxy is lost: it is said until it is heard. */
async function heardBy(
  program: PythonClient,
  says: (text: string) => Promise<unknown>,
): Promise<readonly [string, ForeignLine]> {
  for (let turn = 1; ; turn += 1) {
    const text = `turn ${turn} of ${programs.indexOf(program)}`
    const heard = program.hears(text)
    await says(text)
    const isHeard = await Promise.race([heard, new Promise<null>((resolve) => setTimeout(resolve, 300, null))])
    if (isHeard !== null) return isHeard
  }
}

describe.skipIf(python === null)('programs in Python (skipped without python3-zmq and python3-msgpack)', () => {
  it('of the course talk to each other in both codecs, by the names of services that they know', async () => {
    const [ana, bia] = [course('json'), course('messagepack')]
    expect(await ana.ask('login', { user: 'ana' })).toMatchObject({ service: 'login', data: { status: 'sucesso' } })
    const welcomed = await bia.ask('register_user', { user: 'bia' })
    expect(welcomed).toMatchObject({ data: { status: 'OK' } })
    expect((welcomed.data as ForeignLine).users).toEqual(expect.arrayContaining(['ana', 'bia']))
    expect(await ana.ask('channel', { channel: 'geral' })).toMatchObject({ data: { status: 'sucesso' } })
    expect(await ana.ask('channel', { channel: 'geral' })).toMatchObject({ data: { status: 'erro' } })
    const { data } = (await bia.ask('list_channels')) as { readonly data: ForeignLine }
    expect(data).toMatchObject({ status: 'OK', channels: ['dev', 'general', 'geral', 'random'] })
    expect(data.users).toEqual(data.channels)
    await bia.follow('geral')
    const [topic, said] = await heardBy(bia, (message) =>
      ana.ask('publish', { user: 'ana', channel: 'geral', message }),
    )
    expect([topic, said]).toMatchObject(['geral', { type: 'publish', user: 'ana', channel: 'geral', src: 'ana' }])
    await ana.follow('ana')
    expect(await heardBy(ana, (message) => bia.ask('message', { src: 'bia', dst: 'ana', message }))).toMatchObject([
      'ana',
      { type: 'message', src: 'bia', dst: 'ana' },
    ])
    expect(await ana.ask('publish', { user: 'ana', channel: 'nada', message: 'oi' })).toMatchObject({
      data: { status: 'erro', message: 'canal inexistente' },
    })
    expect(await ana.ask('dance')).toMatchObject({ data: { status: 'erro', message: 'serviço desconhecido' } })
    const clock = (await ana.ask('users')) as { readonly data: { readonly clock: number; readonly timestamp: number } }
    expect(clock.data.clock).toBeGreaterThan(0)
    expect(Math.abs(clock.data.timestamp - Date.now() / 1_000)).toBeLessThan(60)
  })

  it('with accounts keep their tokens and their proxy when another server leads, and nobody else speaks for them', async () => {
    const [eva, ivo] = [account(), account()]
    const senha = 'uma senha longa'
    expect(await eva.ask('addUser', { user: 'eva', senha })).toMatchObject({ status: 'OK' })
    expect(await ivo.ask('addUser', { user: 'eva', senha })).toMatchObject({ message: "Usuario 'eva' ja existe." })
    expect(await ivo.ask('login', { user: 'eva', senha: 'outra senha' })).toMatchObject({
      message: 'Usuario ou senha invalidos.',
    })
    expect(await ivo.ask('login', { user: 'ninguem', senha })).toMatchObject({ message: 'Usuario ou senha invalidos.' })
    const { token } = await eva.ask('login', { user: 'eva', senha })
    expect(await eva.ask('addChannel', { token, titulo: ' Avisos ', desc: 'do curso' })).toMatchObject({ status: 'OK' })
    expect(Object.values(await ivo.ask('listChannels'))).toContainEqual({ titulo: 'avisos', desc: 'do curso' })
    expect(await ivo.ask('addUser', { user: 'ivo', senha })).toMatchObject({ status: 'OK' })
    const other = (await ivo.ask('login', { user: 'ivo', senha })).token
    expect(await ivo.ask('publish', { token: other, channel: 'avisos', message: 'oi' })).toMatchObject({
      message: "Usuario 'ivo' nao inscrito em 'avisos'.",
    })
    expect(await eva.ask('subscribe', { token, user: 'eva', channel: 'avisos' })).toMatchObject({ status: 'OK' })
    await ivo.follow('avisos')
    const says = (message: string) => eva.ask('publish', { token, channel: 'avisos', message })
    expect(await heardBy(ivo, says)).toMatchObject(['avisos', { user: 'eva' }])
    const first = await chat.leader()
    chat.kill(first.id)
    expect(await says('depois da queda')).toMatchObject({ status: 'OK' })
    expect(await ivo.hears('depois da queda')).toMatchObject(['avisos', { user: 'eva' }])
    for (const forged of [`${token}x`, 'eyJhbGciOiJub25lIn0.eyJ1c2VyIjoiZXZhIn0.', 'a.b.c']) {
      const refused = await ivo.ask('publish', { token: forged, channel: 'avisos', message: 'forged' })
      expect(refused).toMatchObject({ message: 'Token invalido ou expirado. Faca login novamente.' })
    }
    expect(await ivo.ask('publish', { user: 'bot-rex', channel: 'avisos', message: 'au' })).toMatchObject({
      status: 'OK',
    })
    expect(await ivo.ask('publish', { user: 'eva', channel: 'avisos', message: 'forged' })).toMatchObject({
      status: 'ERRO',
    })
    // A name with a password is nobody's in the dialect that has none.
    const nobody = course('json')
    expect(await nobody.ask('login', { user: 'eva' })).toMatchObject({ data: { status: 'erro' } })
    expect(await nobody.ask('publish', { user: 'eva', channel: 'general', message: 'forged' })).toMatchObject({
      data: { status: 'erro' },
    })
  })

  it('hear nothing that is private, or of protected names, on an open proxy', async () => {
    const guest = await chat.guest('gil')
    await chat.guest('lia')
    const open = course('messagepack')
    const alsoOpen = account()
    for (const program of [open, alsoOpen]) await program.follow('')
    await guest.does({ kind: 'create-channel', name: 'secreto', title: '', isPrivate: true, fence: null })
    await guest.does({ kind: 'begin-direct', user: 'lia' })
    const say = (to: Parameters<typeof guest.does>[0] & { kind: 'say' }) => guest.does(to)
    const text = (words: string) => ({ text: words, replyTo: null, through: 'native' }) as const
    await say({ kind: 'say', to: { kind: 'user', name: 'lia' }, ...text('only for lia') })
    const own = await guest.query({ kind: 'conversations', as: 'gil', after: null, limit: 10 })
    for (const { conversation } of own.conversations) {
      await say({ kind: 'say', to: { kind: 'conversation', conversation: conversation.id }, ...text('in private') })
    }
    await guest.does({ kind: 'join', channel: 'general' })
    for (const program of [open, alsoOpen]) {
      await heardBy(program, (words) => say({ kind: 'say', to: { kind: 'channel', name: 'general' }, ...text(words) }))
    }
    const texts = [...open.heard, ...alsoOpen.heard].map(([, { message }]) => String(message))
    expect(texts.filter((words) => !words.startsWith('turn '))).toEqual([])
  })

  it('that serve are ranked beside our servers, and a name of ours is not theirs to take', async () => {
    const addresses = {
      reference: chat.address('ranks'),
      serve: chat.address('servers'),
      publish: chat.address('course-from'),
    }
    const server = new ForeignProgram('foreign_server.py', { name: 'deles', codec: 'messagepack', ...addresses })
    const thief = new ForeignProgram('foreign_server.py', { name: 'chat-server-1', codec: 'json', ...addresses })
    try {
      expect(await server.next()).toMatchObject({ rank: { rank: 4 } })
      const { servers } = (await server.next()) as { readonly servers: { readonly list: readonly ForeignLine[] } }
      expect(servers.list).toHaveLength(4)
      expect(await thief.next()).toMatchObject({ rank: { status: 'erro' } })
      await chat.lab.until(() => {
        const known = chat.facts(chat.node('reference'), 'reference')?.servers
        return known?.some(({ name, isHere }) => name === 'deles' && isHere)
      })
    } finally {
      await Promise.all([server.end(), thief.end()])
    }
  })
})
