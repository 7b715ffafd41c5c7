import { describe, expect, it } from 'vitest'
import { type CourseReply, readReply, refusalAnswer } from '#dialects/chat/index'
import { nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { startChatBot } from '../../chat-bot.ts'
import { startChatBroker } from '../../chat-broker.ts'
import { direction, fakeServer } from '../testing/fake-server.ts'
import { broker, PlainChat, servers } from '../testing/plain-chat.ts'
import { BotScript, botPace } from './script.ts'

const [one, two] = servers as [(typeof servers)[number], (typeof servers)[number]] // there are three
const bot = nodeId('chat-bot-1')

const nothing: CourseReply = {
  ...{ service: '', isRefused: false, mayPass: false, why: null, users: null, channels: null },
  ...{ rank: null, servers: null, timeMs: null, clock: null },
}

describe('the script of a bot', () => {
  /** What it does in so many beats, everything being answered. */
  function played(script: BotScript, beats: number): readonly (string | null)[] {
    return Array.from({ length: beats }, () => {
      const ask = script.next()
      if (ask !== null) script.heard({ ...nothing, channels: ['general', 'dev'] })
      return ask?.kind === 'publish' ? ask.channel : (ask?.kind ?? null)
    })
  }

  it('is: log in, choose a channel, say ten things there, rest, and again', () => {
    const script = new BotScript(new Random('script'), null)
    const { messagesPerRound, restBeats } = botPace
    const done = played(script, 2 + messagesPerRound + restBeats + 1)
    expect(done.slice(0, 2)).toEqual(['login', 'channels'])
    const round = new Set(done.slice(2, 2 + messagesPerRound))
    expect(round.size).toBe(1)
    expect(['general', 'dev']).toContain([...round][0])
    expect(done.slice(2 + messagesPerRound, -1)).toEqual(Array(restBeats).fill(null))
    expect(done.at(-1)).toBe('channels')
    expect(script.said).toBe(messagesPerRound)
  })

  it('does the same again when nothing was answered', () => {
    const script = new BotScript(new Random('script'), null)
    played(script, 2)
    const first = script.next()
    script.heard(null)
    expect(script.next()).toEqual(first)
  })

  it('changes a name that may not be used, and logs in again when anything else is refused', () => {
    const script = new BotScript(new Random('script'), 'ana')
    script.heard({ ...nothing, isRefused: true, why: 'nome protegido por senha' })
    expect(script.name).not.toBe('ana')
    const { name } = script
    played(script, 3)
    script.heard({ ...nothing, isRefused: true, why: 'usuário inexistente' })
    expect(script.next()).toEqual({ kind: 'login', user: name })
    expect(script.refused).toBe(2)
  })

  it('keeps its name while nobody is there to take it', () => {
    const script = new BotScript(new Random('script'), 'bot-eco-1234')
    const form = { codec: 'messagepack', dialect: 'course', service: 'login' } as const
    for (const kind of ['nobody', 'unknown', 'too-many'] as const)
      script.heard(readReply(refusalAnswer(form, { kind }, { atMs: 1_000, clock: 1 })))
    expect([script.refused, script.next()]).toEqual([3, { kind: 'login', user: 'bot-eco-1234' }])
    script.heard(readReply(refusalAnswer(form, { kind: 'user-protected', name: 'x' }, { atMs: 1_000, clock: 1 })))
    expect(script.name).not.toBe('bot-eco-1234')
  })
})

describe('a bot', () => {
  it('talks, and goes on after the broker and the leader have died', () => {
    const of = direction(one)
    const server = fakeServer(of)
    const chat = new PlainChat({ [broker]: startChatBroker, [one]: server, [two]: server, [bot]: startChatBot })
    const said = (): number => chat.facts(bot, 'bot').said
    chat.hosts.until(() => said() === 3)
    chat.kill(broker)
    chat.hosts.until(() => chat.facts(bot, 'bot').isWaiting)
    const before = said()
    chat.start(broker)
    chat.hosts.until(() => said() > before)
    expect(chat.facts(bot, 'bot').isWaiting).toBe(false)
    chat.kill(one)
    of.leader = two
    const atDeath = said()
    chat.hosts.until(() => said() > atDeath)
    expect(of.asked.at(-1)?.server).toBe(two)
  })

  it('is who it was after it was killed', () => {
    const of = direction(one)
    const chat = new PlainChat({ [broker]: startChatBroker, [one]: fakeServer(of), [bot]: startChatBot })
    chat.hosts.until(() => chat.facts(bot, 'bot').said === 1)
    const { name } = chat.facts(bot, 'bot')
    chat.kill(bot)
    chat.start(bot)
    expect(chat.facts(bot, 'bot')).toMatchObject({ name, said: 0 })
    chat.hosts.until(() => chat.facts(bot, 'bot').said === 1)
  })
})
