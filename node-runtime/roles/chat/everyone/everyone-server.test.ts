import { describe, expect, it } from 'vitest'
import { noFaults } from '#contract/worker/faults'
import { reference, servers } from '../testing/plain-chat.ts'
import { textsAt, wholeChat } from '../testing/whole-chat.ts'
import { askJson, filesOf, one, publish, three, two, untilAlike } from './testing/everyone-chat.ts'

const everyone = (more = {}) => wholeChat(more, 'everyone')

describe('a program of the course', () => {
  it('is served by whichever server it comes to, and all have all', () => {
    const chat = everyone()
    expect(chat.ask({ kind: 'login', user: 'ana' })).toMatchObject({ isRefused: false })
    expect(chat.ask({ kind: 'login', user: 'bia' })).toMatchObject({ isRefused: false })
    expect(chat.ask({ kind: 'channel', channel: 'cursos' })).toMatchObject({ isRefused: false })
    for (const text of ['a', 'b', 'c']) expect(publish(chat, text, 'cursos')).toBe(true)
    expect(chat.ask({ kind: 'message', src: 'ana', dst: 'bia', message: 'psiu' })).toMatchObject({ isRefused: false })
    for (const server of servers) expect(chat.facts(server, 'server').messages).toBeGreaterThan(0)
    expect(chat.ask({ kind: 'channels' })?.channels).toEqual(['cursos', 'dev', 'general', 'random'])
    expect(chat.ask({ kind: 'users' })?.users).toEqual(expect.arrayContaining(['ana', 'bia']))
    const files = untilAlike(chat)
    for (const text of ['a', 'b', 'c', 'psiu']) expect(files).toContain(`"message":"${text}"`)
    expect(textsAt(chat, one).filter((text) => 'abc'.includes(text))).toEqual(['a', 'b', 'c'])
    const origins = [...files.matchAll(/"origin":"([^"]+)"/g)].map(([, origin]) => origin)
    expect(new Set(origins)).toEqual(new Set(servers))
  })

  it('is refused in words it knows', () => {
    const chat = everyone()
    chat.ask({ kind: 'login', user: 'ana' })
    chat.ask({ kind: 'channel', channel: 'cursos' })
    const why = (ask: Parameters<typeof chat.ask>[0]) => chat.ask(ask)?.why
    expect(why({ kind: 'publish', user: 'ana', channel: 'nope', message: 'x' })).toBe('canal inexistente')
    expect(why({ kind: 'message', src: 'ana', dst: 'nobody', message: 'x' })).toBe('usuário inexistente')
    expect(why({ kind: 'channel', channel: 'cursos' })).toBe('canal já existe')
    expect(why({ kind: 'channel', channel: 'ana' })).toBe('canal já existe')
    expect(why({ kind: 'login', user: 'replica' })).toBe('nome não permitido')
    expect(why({ kind: 'publish', user: 'ana', channel: 'general', message: 'x'.repeat(10_001) })).toBe(
      'mensagem longa demais',
    )
    expect(why({ kind: 'heartbeat', user: 'ana' })).toBe('serviço desconhecido')
  })

  it('of the account chat hears that there are no accounts', () => {
    const chat = everyone()
    expect(askJson(chat, 'addUser', { user: 'ana', senha: 'segredo' })).toMatchObject({
      status: 'ERRO',
      message: "Servico 'addUser' nao reconhecido.",
    })
  })

  it('is told the time, and that whoever is asked is there', () => {
    const chat = everyone()
    expect(chat.ask({ kind: 'clock' })?.timeMs).toBeGreaterThan(1_700_000_000_000)
    expect(askJson(chat, 'election', { timestamp: 1 })).toMatchObject({ data: { election: 'OK' } })
    expect(askJson(chat, 'register_user', { user: 'ana' })).toMatchObject({ data: { status: 'OK', users: ['ana'] } })
  })
})

describe('servers that are lost', () => {
  it('are made up for, and what one of them answered is there when it comes back', () => {
    const chat = everyone()
    chat.ask({ kind: 'login', user: 'ana' })
    const told: string[] = []
    for (let round = 0; round < 9; round += 1) {
      const victim = servers[round % 3] ?? one
      if (publish(chat, `before ${round}`) === true) told.push(`before ${round}`)
      chat.kill(victim)
      for (const text of [`while ${round} a`, `while ${round} b`]) if (publish(chat, text) === true) told.push(text)
      chat.start(victim)
      chat.hosts.run(200)
    }
    untilAlike(chat)
    const kept = textsAt(chat, one)
    expect(told.length).toBeGreaterThan(12)
    expect(told.filter((text) => !kept.includes(text))).toEqual([])
    const ours = kept.filter((text) => /^(before|while)/.test(text))
    expect(new Set(ours).size).toBe(ours.length)
  })

  it('by a cut answer on both sides of it, and are alike when it heals', () => {
    const chat = everyone()
    chat.ask({ kind: 'login', user: 'ana' })
    untilAlike(chat)
    for (const other of [one, two])
      for (const link of [`${three}>${other}`, `${other}>${three}`]) chat.hosts.cut.add(link)
    const told = Array.from({ length: 9 }, (_, number) => `cut ${number}`).filter(
      (text) => publish(chat, text) === true,
    )
    expect(told).toHaveLength(9)
    expect(filesOf(chat, one)).not.toBe(filesOf(chat, three))
    expect(filesOf(chat, one)).toBe(filesOf(chat, two))
    chat.hosts.cut.clear()
    untilAlike(chat)
    expect(
      textsAt(chat, three)
        .filter((text) => text.startsWith('cut'))
        .toSorted(),
    ).toEqual(told)
  })

  it('with their disks give back what they had told, and begin another log', () => {
    const chat = everyone()
    for (const text of ['a', 'b', 'c']) publish(chat, text)
    untilAlike(chat)
    chat.kill(two)
    chat.host(two).loseDisk()
    chat.start(two)
    for (const text of ['d', 'e', 'f']) publish(chat, text)
    untilAlike(chat)
    expect(textsAt(chat, two).filter((text) => 'abcdef'.includes(text))).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    for (const server of servers) expect(chat.anomalies(server)).toBe(0)
  })

  it('with a row of their disks begin as if the whole disk was', () => {
    const chat = everyone()
    const flip = { kind: 'bit-flip', node: two, nthWrite: 4, row: 0 } as const
    chat.host(two).disk.aim([{ at: null, ticks: 1, fault: flip }])
    for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) publish(chat, text)
    untilAlike(chat)
    chat.kill(two)
    chat.start(two)
    expect(chat.facts(two, 'server').messages).toBe(0)
    publish(chat, 'g')
    untilAlike(chat)
    expect(textsAt(chat, two)).toEqual(expect.arrayContaining(['a', 'b', 'c', 'd', 'e', 'f', 'g']))
    for (const server of servers) expect(chat.anomalies(server)).toBe(0)
  })

  it('because their disks are full say so, and take no harm', () => {
    const chat = everyone()
    chat.ask({ kind: 'login', user: 'ana' })
    untilAlike(chat)
    chat.host(one).disk.isFull = true
    chat.setFaults(one, { ...noFaults, isDiskFull: true })
    const answers = Array.from({ length: 6 }, (_, number) => publish(chat, `full ${number}`))
    expect(answers.filter((is) => is === false)).toHaveLength(2)
    chat.host(one).disk.isFull = false
    chat.setFaults(one, noFaults)
    chat.hosts.run(2_000)
    untilAlike(chat)
    expect(textsAt(chat, one).filter((text) => text.startsWith('full'))).toHaveLength(4)
  })

  it('as they sleep wake up and are alike', () => {
    const chat = everyone()
    chat.ask({ kind: 'login', user: 'ana' })
    chat.setFaults(two, { ...noFaults, isPaused: true })
    const told = ['a', 'b', 'c'].filter((text) => publish(chat, text) === true)
    expect(told).toHaveLength(2)
    chat.setFaults(two, noFaults)
    untilAlike(chat)
    expect(textsAt(chat, two).filter((text) => told.includes(text))).toEqual(told)
  })
})

describe('clocks', () => {
  it.each([5_000, -5_000])('are pulled within 20 ms of each other in a minute, from a skew of %i ms', (skewMs) => {
    const chat = everyone()
    chat.hosts.until(() => servers.every((server) => chat.clockSync(server)?.coordinator === one))
    chat.hosts.run(3_000)
    chat.host(two).clock.skewMs = skewMs
    expect(Math.abs(chat.timeMs(two) - chat.timeMs(one))).toBeGreaterThan(4_900)
    for (let second = 0; second < 60; second += 1) chat.hosts.run(1_000)
    const times = servers.map((server) => chat.timeMs(server))
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(20)
  })

  it('are compared every ten messages, and not more than once a second', () => {
    const chat = everyone()
    chat.hosts.until(() => servers.every((server) => chat.clockSync(server)?.coordinator === one))
    const polls = (): number =>
      chat.host(one).trace.noted.filter(({ what }) => what.kind === 'sent' && what.messageKind === 'clock-poll').length
    chat.hosts.run(10_000)
    const before = polls()
    const beganMs = chat.host(one).clock.now()
    for (let number = 0; chat.host(one).clock.now() - beganMs < 6_000; number += 1) publish(chat, `${number}`)
    const rounds = (polls() - before) / 2
    expect(rounds).toBeGreaterThanOrEqual(4)
    expect(rounds).toBeLessThanOrEqual(7)
  })

  it('are kept by the smallest rank that is up, also without the reference', () => {
    const chat = everyone()
    const coordinators = (among = servers) => new Set(among.map((server) => chat.clockSync(server)?.coordinator))
    chat.hosts.until(() => coordinators().size === 1 && coordinators().has(one))
    chat.kill(one)
    chat.hosts.until(() => coordinators([two, three]).size === 1 && coordinators([two, three]).has(two))
    chat.start(one)
    chat.hosts.until(() => coordinators().size === 1 && coordinators().has(one))
    chat.kill(reference)
    chat.kill(three)
    chat.start(three)
    expect(chat.clockSync(three)?.coordinator).toBeNull()
    chat.hosts.until(() => chat.clockSync(three)?.coordinator === one)
  })
})
