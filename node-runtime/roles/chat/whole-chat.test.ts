import { describe, expect, it } from 'vitest'
import { courseRequest, readReply } from '#dialects/chat/index'
import type { NodeId } from '#kit/ids'
import { broker, type PlainChat, proxy, reference, servers } from './testing/plain-chat.ts'
import { areTheSame, bot, leaderOf, textsAt, wholeChat } from './testing/whole-chat.ts'

/** Says it as a program, and in the meantime something happens. True: it was told that it is said. */
function say(chat: PlainChat, text: string, meanwhile: () => void): boolean {
  const ask = { kind: 'publish', user: 'ana', channel: 'general', message: text } as const
  const asked = chat.begin(courseRequest('messagepack', ask, { atMs: 1, clock: 1 }), 'broker', 5_000)
  meanwhile()
  chat.hosts.until(() => asked.result !== null)
  return asked.result?.ok === true && readReply(asked.result.value)?.isRefused === false
}

describe('a whole chat', () => {
  it('keeps what it acknowledged, once and in one order, whoever of it dies', () => {
    const chat = wholeChat()
    expect(chat.ask({ kind: 'login', user: 'ana' })).toMatchObject({ isRefused: false })
    const victims = [
      () => leaderOf(chat),
      () => broker,
      () => proxy,
      () => leaderOf(chat),
      () => reference,
      () => broker,
    ]
    const acknowledged: string[] = []
    for (const [round, victim] of victims.entries()) {
      let dead: NodeId | null = null
      for (let count = 0; count < 4; count += 1) {
        const text = `round ${round}, message ${count}`
        const isSaid = say(chat, text, () => {
          if (count !== 1) return
          dead = victim()
          chat.hosts.run(5)
          if (dead === null) throw new Error('nobody to kill')
          chat.kill(dead)
          if (dead === broker) chat.start(broker)
        })
        if (isSaid) acknowledged.push(text)
      }
      if (dead !== null && dead !== broker) chat.start(dead)
    }
    expect(acknowledged.length).toBeGreaterThan(victims.length * 3)
    chat.hosts.until(() => areTheSame(chat))
    const kept = textsAt(chat, servers[0] ?? broker)
    expect(kept.filter((text) => acknowledged.includes(text))).toEqual(acknowledged)
    const own = kept.filter((text) => text.startsWith('round'))
    expect(new Set(own).size).toBe(own.length)
    const isHere = ({ name, isHere: is }: { readonly name: string; readonly isHere: boolean }): boolean =>
      is && servers.some((server) => server === name)
    chat.hosts.until(() => chat.facts(reference, 'reference').servers.filter(isHere).length === servers.length)
    chat.hosts.until(() => chat.facts(bot, 'bot').said > 0 && chat.facts(bot, 'bot').heard > 0)
  })

  it('does once what a leader did whose answer was lost, and the next leader answers for it', () => {
    const chat = wholeChat()
    chat.ask({ kind: 'login', user: 'ana' })
    const leader = leaderOf(chat) ?? broker
    const asked = say(chat, 'only once', () => {
      chat.hosts.cut.add(`${leader}>${broker}`)
      chat.hosts.until(() => textsAt(chat, leader).includes('only once'))
      chat.kill(leader)
    })
    expect(asked).toBe(true)
    const next = leaderOf(chat) ?? broker
    expect(next).not.toBe(leader)
    expect(textsAt(chat, next).filter((text) => text === 'only once')).toHaveLength(1)
    expect(chat.facts(broker, 'broker').resent).toBeGreaterThan(0)
  })
})
