import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import type { ChatProfile } from '#contract/worker/chat'
import { servers } from '../../../roles/chat/testing/plain-chat.ts'
import { bot } from '../../../roles/chat/testing/whole-chat.ts'
import { ChatWorld, general } from '../../../roles/desk/chat/testing/chat-world.ts'
import { ChatTerminal } from './testing/chat-terminal.ts'
import { deskLine } from './testing/desk-line.ts'

/** Without the bot: nobody speaks but who speaks here. */
function quietWorld(profile: ChatProfile = 'leader'): ChatWorld {
  const world = new ChatWorld(profile)
  world.chat.kill(bot)
  return world
}

it('ends in silence when the line is closed by us, and says once that the lab is gone', async () => {
  const world = quietWorld()
  world.join('ana')
  const once = new ChatTerminal({ line: deskLine(world), user: 'ana', words: ['publish', 'general', 'oi'] })
  expect([await once.exited, once.err]).toEqual([0, ''])
  const asked = new ChatTerminal({ line: deskLine(world), user: 'ana', words: ['status'], isJson: true })
  expect([await asked.exited, asked.out.trim().split('\n').length]).toEqual([0, 1])
  const typed = new ChatTerminal({ line: deskLine(world), user: 'ana' })
  typed.type('publish general oi', 'quit')
  await typed.exited
  await setImmediate()
  expect([await typed.exited, typed.err]).toEqual([0, ''])
  const line = deskLine(world)
  const left = new ChatTerminal({ line, user: 'ana' })
  await left.said(/You are ana/)
  line.close()
  expect([await left.exited, left.err.match(/lab-not-running/g)]).toEqual([3, ['lab-not-running']])
})

it.each([
  ['en', 'it can only be deleted', 'is under way'],
  ['pt', 'só se pode apagá-la', 'está a caminho'],
] as const)('does nothing to what still waits but take it back (%s)', async (language, onlyDeleted, underWay) => {
  const world = quietWorld()
  const session = world.join('ana')
  const ana = new ChatTerminal({ line: deskLine(world), user: 'ana', language })
  ana.type('publish general antes')
  await ana.said(/ana: antes {2}✓/)
  // The desk keeps what somebody looked at.
  ana.type('history general 1', 'pronto')
  await ana.said(/pronto\?/)
  for (const server of servers) world.chat.kill(server)
  ana.type('publish general um', 'publish general dois', 'publish general tres', 'publish general quatro')
  ana.type('history general 4')
  await ana.said(/ana: quatro/)
  const numberOf = (text: string): string => new RegExp(`\\[(\\d+)\\][^\\n]*ana: ${text}`).exec(ana.out)?.[1] ?? ''
  const [um, dois, tres] = ['um', 'dois', 'tres'].map(numberOf)
  ana.type(`edit ${dois} x`, `react ${dois} x`, `reply ${dois} x`, `delete ${um}`, `delete ${tres}`, 'nada')
  await ana.said(/nada\?/)
  expect(ana.err.split(onlyDeleted)).toHaveLength(4)
  expect(ana.err).toContain(underWay)
  for (const server of servers) world.chat.start(server)
  await ana.said(/ana: quatro {2}✓/)
  expect(await ana.ended()).toBe(0)
  expect(ana.out).toMatch(new RegExp(`^\\[${tres}\\] \\((deleted|apagada)\\)$`, 'm'))
  expect(world.texts(session)).toEqual(['antes', 'um', 'dois', 'quatro'])
})

it('says that what no server has waits here, and ends with 1', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const world = quietWorld()
    const session = world.join('ana')
    world.history(session)
    for (const server of servers) world.chat.kill(server)
    const words = ['publish', 'general', 'oi']
    const ana = new ChatTerminal({ line: deskLine(world), user: 'ana', words })
    const program = new ChatTerminal({ line: deskLine(world), user: 'ana', words, isJson: true })
    await vi.waitUntil(() => vi.getTimerCount() === 2)
    vi.advanceTimersByTime(10_000)
    expect([await ana.exited, ana.err]).toEqual([1, expect.stringContaining('what you said waits here')])
    expect(await program.exited).toBe(1)
    expect(JSON.parse(program.out.trim().split('\n').at(-1) ?? '')).toMatchObject({ failure: { code: 'timed-out' } })
    for (const server of servers) world.chat.start(server)
    world.settled(session)
    expect(world.texts(session)).toEqual(['oi', 'oi'])
  } finally {
    vi.useRealTimers()
  }
})

it('counts as read what it shows of the conversation that is looked at, and nothing else', async () => {
  const world = quietWorld()
  world.join('lia')
  const session = world.join('beto')
  const unread = (): readonly (readonly [string, number, number])[] =>
    world.get('chat.conversations', { session }).conversations.map((one) => [one.name, one.unread, one.mentions])
  const lia = new ChatTerminal({ line: deskLine(world), user: 'lia' })
  lia.type('history general 1', 'publish general leia isto @beto')
  await lia.said(/lia: leia isto @beto {2}✓/)
  world.run(1_000)
  expect(unread()).toContainEqual(['general', expect.any(Number), 1])
  const line = deskLine(world)
  const once = new ChatTerminal({ line, user: 'beto', words: ['history', 'general', '1'] })
  expect([await once.exited, once.err]).toEqual([0, ''])
  expect(unread()).toEqual([['general', 0, 0]])
  await lia.said(/lia: leia isto @beto {2}✓✓ seen by 1/)

  const beto = new ChatTerminal({ line: deskLine(world), user: 'beto' })
  beto.type('history general 1')
  await beto.said(/lia: leia isto/)
  lia.type('publish general e isto @beto', 'message beto e isto')
  await beto.said(/#general lia: e isto/)
  await beto.said(/@lia lia: e isto/)
  await lia.said(/lia: e isto @beto {2}✓✓ seen by 1/)
  expect(unread()).toContainEqual(['general', 0, 0])
  expect(unread()).toContainEqual(['lia', 1, 0])
  expect(world.history(session, general).firstUnread).toBe(null)
  expect(await Promise.all([lia.ended(), beto.ended()])).toEqual([0, 0])
})

it('shows what was said while the desk was away, and how it stands with what it said itself, once', async () => {
  const world = quietWorld()
  const lia = world.join('lia')
  const session = world.join('beto')
  world.say(lia, 'cedo')
  world.settled(lia)
  const beto = new ChatTerminal({ line: deskLine(world), user: 'beto' })
  await beto.said(/You are beto/)
  for (const text of ['antes', 'fora 1']) {
    world.say(lia, text)
    await beto.said(new RegExp(`lia: ${text}`))
    world.restartDesk()
    const direct = world.get('chat.direct', { session: lia, user: 'beto' })
    world.say(lia, `para ti, ${text}`, direct.id)
    world.say(lia, `depois, ${text}`)
    world.say(session, `de beto, ${text}`)
    world.settled(lia)
    world.settled(session)
    await beto.said(new RegExp(`#general lia: depois, ${text}`))
    await beto.said(new RegExp(`@lia lia: para ti, ${text}`))
    await beto.said(new RegExp(`beto: de beto, ${text} {2}✓`))
  }
  expect(await beto.ended()).toBe(0)
  const texts = [...beto.out.matchAll(/#general (?:lia|beto): (.*?)(?: {2}✓.*)?$/gm)].map(([, text]) => text)
  expect(new Set(texts).size).toBe(texts.length)
  expect(texts).not.toContain('cedo')
})

describe('what has many pages', () => {
  const person = { isBot: false, isProtected: true, isHere: false }
  const pages: Readonly<Record<string, string>> = { '': 'ana', ana: 'bia', bia: 'caio' }
  const pageAfter = (after: string | null) => {
    const name = pages[after ?? ''] ?? ''
    return { name, next: name in pages ? name : null }
  }

  it('is listed to the end', async () => {
    const world = quietWorld()
    const session = world.join('ana')
    const [general] = world.get('chat.conversations', { session }).conversations
    if (general === undefined) throw new Error('ana is in general')
    const line = () =>
      deskLine(world, {
        'chat.people': ({ after }) => {
          const { name, next } = pageAfter(after)
          return { people: [{ ...person, name }], next }
        },
        'chat.channels': ({ after }) => {
          const { name, next } = pageAfter(after)
          return { channels: [{ ...general, name }], next }
        },
      })
    for (const word of ['list_users', 'list_channels']) {
      const asked = new ChatTerminal({ line: line(), user: 'ana', words: [word] })
      expect(await asked.exited).toBe(0)
      expect(asked.out.match(/ana|bia|caio/g)).toEqual(['ana', 'bia', 'caio'])
      const program = new ChatTerminal({ line: line(), user: 'ana', words: [word], isJson: true })
      expect(await program.exited).toBe(0)
      expect(program.out.match(/"name":"(?:ana|bia|caio)"/g)).toHaveLength(3)
    }
  })

  it('is searched on where others were private, up to a bound that is told', async () => {
    const world = quietWorld()
    const session = world.join('ana')
    world.say(session, 'bolo')
    world.settled(session)
    const rows = world.history(session).rows.filter(({ author }) => author === 'ana')
    const asked = { words: 'bolo', from: null, in: null, beforeMs: null }
    const search = (pagesMax: number) => ({
      'chat.search': ({ cursor }: { readonly cursor: string | null }) => {
        const page = Number(cursor ?? '0')
        return page === pagesMax ? { asked, rows, next: null } : { asked, rows: [], next: String(page + 1) }
      },
    })
    const words = ['buscar', 'bolo']
    const near = new ChatTerminal({ line: deskLine(world, search(3)), user: 'ana', words })
    expect([await near.exited, near.out]).toEqual([0, expect.stringMatching(/^\[1\] .* ana: bolo.*\n$/)])
    const far = new ChatTerminal({ line: deskLine(world, search(1_000)), user: 'ana', words })
    expect([await far.exited, far.out]).toEqual([0, '* there is more; narrow it with from:, in: or before:\n'])
  })
})

describe('what the chat does not take', () => {
  it.each([
    ['leader', 'perfil Líder'],
    ['everyone', 'perfil Todos'],
  ] as const)('tells a channel that is not there, in words (%s)', async (profile, called) => {
    const world = quietWorld(profile)
    world.join('ana')
    for (const words of ['publicar nada oi', 'historico nada', 'convidar nada bia', 'desinscrever nada']) {
      const ana = new ChatTerminal({ line: deskLine(world), user: 'ana', words: [words], language: 'pt' })
      expect([await ana.exited, ana.out]).toEqual([1, ''])
      expect(ana.err).toBe('O chat não tem esse canal, ou ele é privado. [unknown-channel: #nada]\n')
    }
    const status = new ChatTerminal({ line: deskLine(world), user: 'ana', words: ['estado'], language: 'pt' })
    expect([await status.exited, status.out]).toEqual([0, expect.stringContaining(called)])
  })

  it.each([
    ['en', 'refused (you are not in this conversation): oi'],
    ['pt', 'recusada (você não está nesta conversa): oi'],
  ] as const)('tells why in words (%s)', async (language, told) => {
    const world = quietWorld()
    const bia = world.join('bia')
    world.join('ana')
    world.get('chat.create', { session: bia, name: 'sala', title: '', isPrivate: false })
    const words = ['publish', 'sala', 'oi']
    const ana = new ChatTerminal({ line: deskLine(world), user: 'ana', words, language })
    expect([await ana.exited, ana.out]).toEqual([1, expect.stringContaining(told)])
  })
})
