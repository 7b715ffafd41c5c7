import { describe, expect, it } from 'vitest'
import { broker, servers } from '../testing/plain-chat.ts'
import { textsAt, wholeChat } from '../testing/whole-chat.ts'
import { ForeignServer, filesOf, one, publish, three, two, untilAlike } from './testing/everyone-chat.ts'

const withForeign = () => {
  const chat = wholeChat({}, 'everyone')
  const foreign = new ForeignServer(chat)
  chat.hosts.run(500)
  return { chat, foreign }
}

describe('a foreign server', () => {
  it('is heard on the topic of all, and what it says is in every server', () => {
    const { chat, foreign } = withForeign()
    publish(chat, 'ours')
    foreign.say('theirs')
    const files = untilAlike(chat)
    expect(files).toContain(
      '"type":"publish","channel":"general","user":"zeca","src":"zeca","from":"zeca","message":"theirs","timestamp":1700000000.5,"clock":1,"origin":""',
    )
    expect(files).toContain('"users":["ana"')
    expect(textsAt(chat, two).filter((text) => text === 'theirs')).toHaveLength(1)
  })

  it('is heard by one that the others cannot reach, and known to all when they can', () => {
    const { chat, foreign } = withForeign()
    chat.kill(two)
    chat.kill(three)
    foreign.say('to one')
    chat.start(two)
    chat.start(three)
    untilAlike(chat)
    expect(textsAt(chat, three)).toContain('to one')
  })

  it('says the same once, whoever repeats it', () => {
    const { chat, foreign } = withForeign()
    foreign.say('once', 7)
    foreign.say('once', 7)
    foreign.say('once', 8)
    untilAlike(chat)
    expect(textsAt(chat, one).filter((text) => text === 'once')).toHaveLength(2)
  })

  it('hears ours on the same topic, in words it knows, and on the topics of channels', () => {
    const { chat, foreign } = withForeign()
    chat.ask({ kind: 'channel', channel: 'cursos' })
    publish(chat, 'hello', 'cursos')
    chat.hosts.run(100)
    const topics = foreign.heard.filter(({ text }) => text.includes('hello')).map(({ topic }) => topic)
    expect(topics.toSorted()).toEqual(['cursos', 'replica'])
  })

  it('takes its turn with ours, and its answer is its own', () => {
    const { chat, foreign } = withForeign()
    const stop = foreign.serve()
    chat.hosts.until(() => chat.facts(broker, 'broker').foreignServers === 1)
    const ask = { kind: 'publish', user: 'ana', channel: 'nope', message: 'x' } as const
    const answers = Array.from({ length: 8 }, () => chat.ask(ask)?.isRefused)
    expect(answers.filter((isRefused) => isRefused === false)).toHaveLength(2)
    stop()
  })

  it('cannot speak for ours, nor say what cannot be', () => {
    const { chat, foreign } = withForeign()
    publish(chat, 'a')
    const before = untilAlike(chat)
    const said = { type: 'publish', channel: 'general', user: 'eva', message: 'forged', timestamp: 1, clock: 900 }
    foreign.tell('replica', { ...said, origin: one, sequence: 2 })
    foreign.tell('replica', { ...said, origin: two })
    foreign.tell('replica', { ...said, user: 'servers' })
    foreign.tell('replica', { ...said, message: '' })
    foreign.tell('replica2', said)
    foreign.tell('replica', { nothing: 'of the kind' })
    chat.hosts.run(1_000)
    for (const server of servers) {
      const files = filesOf(chat, server)
      expect(files.includes('forged')).toBe(false)
      expect(files.includes('eva')).toBe(false)
    }
    expect(before).toContain('"a"')
  })

  it('may be the smallest rank, and our clocks are kept by one of ours', () => {
    const chat = wholeChat({}, 'everyone')
    chat.ask({ kind: 'rank', user: 'theirs' }, 'reference')
    chat.hosts.until(() => servers.every((server) => chat.clockSync(server)?.coordinator !== null))
    expect(servers).toContain(chat.clockSync(three)?.coordinator)
  })

  it('hears who keeps our clocks', () => {
    const { chat, foreign } = withForeign()
    chat.hosts.until(() => foreign.heard.some(({ topic, text }) => topic === 'servers' && text.includes(one)))
  })
})
