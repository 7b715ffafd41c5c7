import { describe, expect, it } from 'vitest'
import type { ChatRow } from '#contract/worker/chat-calls'
import { conformanceRules } from '#dialects/chat/index'
import { fail, ok } from '#kit/result'
import { makeFormat } from '../../i18n/format.ts'
import { createTranslations } from '../../i18n/translations.ts'
import type { Speech } from '../../i18n/use-words.ts'
import { conversationOf, rowOf } from '../../testing/chat-rows.ts'
import { reportOf } from './programs/report.ts'
import { conformanceNames } from './programs/rules.ts'
import {
  countsOf,
  heardMax,
  namesOf,
  nothingHeard,
  senderOf,
  shownOf,
  type WhoIsShown,
  withHeard,
} from './programs/summary.ts'
import { changeOf } from './setup/draft.ts'
import { initialsOf, membersOf, titleOf } from './side/names.ts'
import { gapsBelow, linesOf } from './talk/lines.ts'
import { beginsAt, matchingNames } from './talk/mention-search.ts'
import { whyBelow } from './talk/order.ts'
import { refusalWords } from './talk/refusal-words.ts'
import { foundPieces, readSearch, searchDay } from './talk/search-words.ts'
import { tickOf } from './talk/ticks.ts'

async function speech(language: 'en' | 'pt-BR'): Promise<Speech> {
  const { t } = await createTranslations(language)
  return { t, format: makeFormat(language), language }
}

const minute = 60_000
const noon = new Date(2026, 10, 21, 12).getTime()
const shown = { waiting: [], isEnd: true, gaps: [], unreadFrom: null }
const gap = (fromMinutes: number) => ({ fromWallMs: noon + fromMinutes * minute, ms: 640, leader: 'chat-2' as never })

describe('lines of a conversation', () => {
  it('begin each day with its name, and each author with theirs', () => {
    const rows = [
      rowOf(1, { author: 'ana', atMs: noon }),
      rowOf(2, { author: 'ana', atMs: noon + minute }),
      rowOf(3, { author: 'bia', atMs: noon + 2 * minute }),
      rowOf(4, { author: 'bia', atMs: noon + 20 * minute }),
      rowOf(5, { author: 'bia', atMs: noon + 24 * 60 * minute }),
    ]
    const lines = linesOf({ ...shown, rows })
    expect(lines.map(({ isHead }) => isHead)).toEqual([true, false, true, true, true])
    expect(lines.map(({ above }) => above.map(({ kind }) => kind))).toEqual([['day'], [], [], [], ['day']])
    expect(lines.map(({ upper }) => upper?.id ?? null)).toEqual([null, ...rows.slice(0, 4).map(({ id }) => id)])
  })

  it('have a line above what is new, and gaps where they were, also below the last', () => {
    const rows = [1, 2, 3].map((number) => rowOf(number, { atMs: noon + number * minute }))
    const gaps = [gap(0.5), gap(1.5), gap(9)]
    const lines = linesOf({ ...shown, rows, gaps, unreadFrom: rows[2]?.place ?? null })
    expect(lines.map(({ above }) => above.map(({ kind }) => kind))).toEqual([['day'], ['gap'], ['unread']])
    expect(gapsBelow(lines, gaps)).toEqual([gap(9)])
  })

  it('have each gap once, whatever the clocks say: of the servers, of the desk, and of one that was set back', () => {
    const rows = [1, 2, 3].map((number) => rowOf(number, { atMs: noon + number * minute }))
    const waiting = [rowOf(null, { id: 'w', atMs: noon + 1.2 * minute })]
    const gaps = [gap(9), gap(1.5), gap(2.5)]
    const lines = linesOf({ ...shown, rows, waiting, gaps })
    const above = lines.flatMap((line) => line.above.flatMap((one) => (one.kind === 'gap' ? [one.gap] : [])))
    expect([...above, ...gapsBelow(lines, gaps)]).toEqual([gap(1.5), gap(2.5), gap(9)])
  })

  it('show what waits below all, and nowhere while the end is not shown', () => {
    const parts = { ...shown, rows: [rowOf(1)], waiting: [rowOf(null, { id: 'w' })] }
    expect(linesOf(parts).map(({ row }) => row.id)).toEqual([rowOf(1).id, 'w'])
    expect(linesOf({ ...parts, isEnd: false })).toHaveLength(1)
  })

  it('are laid out for 100,000 messages in a moment', () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => rowOf(index + 1, { atMs: noon + index * minute }))
    const startMs = performance.now()
    expect(linesOf({ ...shown, rows })).toHaveLength(100_000)
    // Usually a tenth of a second. Whoever looked at all others for each of them would need minutes on any machine.
    expect(performance.now() - startMs).toBeLessThan(20_000)
  })
})

describe('ticks', () => {
  const tick = (
    state: ChatRow['state'],
    profile: 'leader' | 'everyone' = 'leader',
    applied: readonly number[] = [],
  ) => {
    const { sign, sentence, copies } = tickOf({ state, logIndex: 7 }, profile, applied)
    return [sign, sentence, copies]
  }

  it('say what is certain and no more', () => {
    expect(tick({ kind: 'queued' })).toEqual(['clock', 'queued', 0])
    expect(tick({ kind: 'sent' })).toEqual(['one', 'sent', 0])
    expect(tick({ kind: 'refused', why: 'empty' })).toEqual(['no', 'refused', 0])
    expect(tick({ kind: 'stored', copies: 1, servers: 3 }, 'everyone')).toEqual(['one', 'few', 1])
    expect(tick({ kind: 'stored', copies: 2, servers: 3 }, 'everyone')).toEqual(['one', 'few', 2])
    expect(tick({ kind: 'stored', copies: 2, servers: 3 })).toEqual(['two', 'majority', 2])
    expect(tick({ kind: 'seen', copies: 2, servers: 3, by: 4 })).toEqual(['seen', 'seen', 2])
    expect(tick({ kind: 'seen', copies: 2, servers: 3, by: 0 })).toEqual(['two', 'majority', 2])
  })

  it('count a server that has come as far in the log, and none that has not', () => {
    const stored = { kind: 'stored', copies: 2, servers: 3 } as const
    expect(tick(stored, 'leader', [7, 8, 9])).toEqual(['two', 'all', 3])
    expect(tick(stored, 'leader', [6, 7, 9])).toEqual(['two', 'majority', 2])
    expect(tick(stored, 'leader', [])).toEqual(['two', 'majority', 2])
    expect(tick(stored, 'leader', [7, 7, 7, 7])).toEqual(['two', 'all', 3])
  })
})

describe('why one message stands below another', () => {
  const why = (upper: ChatRow | null, row: ChatRow) => whyBelow(upper, row).kind

  it('is said by what orders them', () => {
    const entry = { lamport: 5, logIndex: 3 }
    expect(why(null, rowOf(1))).toBe('first')
    expect(why(rowOf(1), rowOf(null))).toBe('waiting')
    expect(why(rowOf(1), rowOf(2))).toBe('position')
    expect(why(rowOf(1, entry), rowOf(2, entry))).toBe('same-entry')
    const open = { position: null, logIndex: null }
    expect(why(rowOf(1, { ...open, origin: 'a' }), rowOf(2, { ...open, origin: 'a' }))).toBe('stamp')
    expect(why(rowOf(1, { ...open, lamport: 5, origin: 'a' }), rowOf(2, { ...open, lamport: 5, origin: 'b' }))).toBe(
      'origin',
    )
    expect(why(rowOf(1, { ...open, lamport: 5, origin: 'a' }), rowOf(2, { ...open, lamport: 5, origin: 'a' }))).toBe(
      'id',
    )
  })

  it('has a sentence for each reason, in both languages, without holes', async () => {
    for (const language of ['en', 'pt-BR'] as const) {
      const { t } = await speech(language)
      const { kind, ...values } = whyBelow(rowOf(1), rowOf(2))
      expect(t(`chat.talk.stamps.reasons.${kind}`, values)).toMatch(/1.*2/)
      expect(t(`chat.talk.stamps.reasons.${kind}`, values)).not.toContain('{{')
    }
  })
})

describe('a search', () => {
  it('is taken apart into words and filters', () => {
    expect(readSearch('erro from:ana in:#dev before:2026-11-21 "no disco"')).toEqual({
      words: ['erro', 'no disco'],
      filters: [
        { kind: 'from', value: 'ana', isGood: true },
        { kind: 'in', value: '#dev', isGood: true },
        { kind: 'before', value: '2026-11-21', isGood: true },
      ],
    })
    const first = new Date(2026, 10, 21).getTime()
    expect(searchDay('erro before:2026-01-01 before:2026-11-21')).toBe(first)
    expect([searchDay('erro'), searchDay('before:2026-02-30'), searchDay('before: x')]).toEqual([null, null, null])
    expect(readSearch('from:"ana maria" x').filters).toEqual([{ kind: 'from', value: 'ana maria', isGood: true }])
  })

  it('says which filter cannot be meant so', () => {
    const bad = (text: string) => readSearch(text).filters.filter(({ isGood }) => !isGood)
    expect(bad('before:2026-02-31').map(({ kind }) => kind)).toEqual(['before'])
    expect(bad('before:yesterday')).toHaveLength(1)
    expect(bad('from:').map(({ kind }) => kind)).toEqual(['from'])
    expect(bad('from:ana in:general before:2026-02-28')).toEqual([])
  })

  it('marks what it found, whatever its accents', () => {
    const found = foundPieces('A Eleição começou', ['eleicao'])
    expect(found.filter(({ isFound }) => isFound).map(({ text }) => text)).toEqual(['Eleição'])
    expect(found.map(({ text }) => text).join('')).toBe('A Eleição começou')
  })
})

describe('names', () => {
  it('are offered behind an @, at the beginning of a word', () => {
    expect(beginsAt('oi @an', 6)).toEqual({ at: 3, word: 'an' })
    expect(beginsAt('oi @an e', 8)).toBeNull()
    expect(beginsAt('a@an', 4)).toBeNull()
    expect(matchingNames('a', ['bia', 'ana', 'Alice', 'bot-amora'])).toEqual(['Alice', 'ana', 'bot-amora'])
    // Enter behind a name that stands there whole sends: it must not put in somebody else.
    expect(matchingNames('ana', ['ana', 'ana-2'])).toEqual([])
    expect(matchingNames('bia', ['bot-sabia-5340'])).toEqual([])
  })

  it('of conversations and people are short and their own', async () => {
    const { t } = await speech('en')
    expect(titleOf({ kind: 'direct', name: 'ana' }, 'ana', t)).toBe('Notes to yourself')
    expect(titleOf({ kind: 'direct', name: 'bia' }, 'ana', t)).toBe('bia')
    expect(['ana', 'Ana Maria Braga', 'bot-1', '🙂'].map(initialsOf)).toEqual(['A', 'AB', 'B1', '🙂'])
    expect(conversationOf('dev').name).toBe('dev')
  })

  it('are as many as the list of them has, where that is whole', () => {
    const people = ['ana', 'bia'].map((name) => ({ name, isBot: false, isProtected: true, isHere: true }))
    expect(membersOf({ members: 1 }, ok({ people, next: null }))).toBe(2)
    expect(membersOf({ members: 900 }, ok({ people, next: 'bia' }))).toBe(900)
    expect([null, fail('timed-out', '')].map((listed) => membersOf({ members: 1 }, listed))).toEqual([1, 1])
  })
})

describe('the desk for programs', () => {
  const event = (number: number, isKept: boolean) => ({
    nodeId: 'chat-broker' as never,
    number,
    wallMs: noon,
    at: 'broker' as const,
    from: 'open/1',
    dialect: 'course' as const,
    codec: 'json' as const,
    service: 'publish',
    payload: '```\n<script>alert(1)</script>',
    answer: null,
    rules: [
      { rule: 'frames', isKept: true, detail: '' },
      { rule: 'clock', isKept, detail: isKept ? '' : '3' },
    ],
  })
  const page = (events: readonly ReturnType<typeof event>[]) => ({
    profile: 'leader' as const,
    addresses: [{ nodeId: 'chat-broker' as never, name: 'clients', address: 'tcp://127.0.0.1:5555' }],
    events,
    next: { 'chat-broker': events.at(-1)?.number ?? 0 },
    skipped: 0,
    silent: [],
  })

  it('has a name and two sentences for each rule of the protocol', async () => {
    expect(conformanceNames).toEqual(conformanceRules)
    for (const language of ['en', 'pt-BR'] as const) {
      const { t } = await speech(language)
      const said = conformanceNames.flatMap((rule) =>
        (['name', 'kept', 'broken'] as const).map((part) => t(`chat.programs.rules.${rule}.${part}`)),
      )
      expect(new Set(said).size).toBe(said.length)
    }
  })

  it('keeps what it was told, and not without end', () => {
    const once = withHeard(nothingHeard, page([event(1, true), event(2, false)]))
    expect(countsOf(once.events)).toEqual([
      { rule: 'frames', kept: 2, broken: 0 },
      { rule: 'clock', kept: 1, broken: 1 },
    ])
    const many = withHeard(once, page(Array.from({ length: heardMax }, (_, index) => event(index + 3, true))))
    expect(many.events).toHaveLength(heardMax)
    expect(many.events[0]?.number).toBe(3)
  })

  it('takes connections that two nodes call alike for two programs', () => {
    const says = (nodeId: string, user: string) => ({
      ...event(1, true),
      nodeId: nodeId as never,
      payload: `{"service":"login","data":{"user":"${user}"}}`,
    })
    const events = [says('chat-broker', 'bot-eco'), says('chat-reference', 'srv-maria')]
    const [bot, student] = events
    expect(namesOf(events).get(senderOf(bot!))).toBe('bot-eco')
    expect(shownOf(events, { who: 'others', ownBots: ['bot-eco'] })).toEqual([student])
    expect(shownOf(events, { who: { sender: senderOf(bot!) }, ownBots: [] })).toEqual([bot])
  })

  it('writes a report in which nothing that a stranger sent gets out of its fence', async () => {
    const odd = { ...event(2, false), service: '[a](javascript:b)\n# c' }
    const heard = withHeard(nothingHeard, page([event(1, true), odd]))
    for (const language of ['en', 'pt-BR'] as const) {
      const report = reportOf({ heard, who: 'others', ownBots: [], atMs: noon }, await speech(language))
      expect(report).toContain('tcp://127.0.0.1:5555')
      expect(report).toContain('````\n```\n<script>alert(1)</script>\n````')
      expect(report).toContain('\\[a\\](javascript:b) \\# c ·')
      expect(report).not.toContain('{{')
    }
  })

  it('writes a report of all that those sent whom it is about, by their names, and says what is missing', async () => {
    const says = (number: number, from: string, user: string) => ({
      ...{ ...event(number, number % 2 === 0), from, answer: null },
      payload: `{"service":"login","data":{"user":"${user}"}}`,
    })
    const events = [says(1, 'c/1', 'zeca'), says(2, 'c/1', 'zeca'), says(3, 'c/2', 'bot-eco')]
    const heard = withHeard(nothingHeard, { ...page(events), skipped: 7 })
    const of = async (who: WhoIsShown, language: 'en' | 'pt-BR'): Promise<string> =>
      reportOf({ heard, who, ownBots: ['bot-eco'], atMs: noon }, await speech(language))
    const [one] = events
    expect(await of({ sender: senderOf(one!) }, 'pt-BR')).toMatchInlineSnapshot(`
      "# Relatório de conformidade

      - Escrito em 21 de nov. de 2026, 12:00:00.
      - Mensagens de: zeca (c/1).
      - Mensagens: 2; com regra quebrada: 1.
      - 7 outras mensagens de algum programa ficaram de fora: vieram rápido demais, ou há tempo demais.

      ## Endereços

      - Clientes e robôs pedem aqui (REQ): \`tcp://127.0.0.1:5555\`

      ## As regras, e como foram cumpridas

      | Regra | Cumprida | Quebrada |
      | --- | ---: | ---: |
      | Quadros | 2 | 0 |
      | Relógio de Lamport | 1 | 1 |

      ## Mensagens que quebram alguma regra

      ### 12:00:00,000 · publish · zeca (c/1)

      ao intermediário · disciplina · JSON

      - O relógio de Lamport falta ou não é um número inteiro a partir de zero. (3)

      O que chegou

      \`\`\`
      {"service":"login","data":{"user":"zeca"}}
      \`\`\`

      Nada foi respondido.
      "
    `)
    const others = await of('others', 'en')
    expect(others).toContain('- Messages of: all but this lab’s bots.\n- Messages: 2; with a broken rule: 1.')
    expect(others).not.toContain('bot-eco')
    expect(await of('all', 'en')).toContain('- Messages: 3; with a broken rule: 2.')
    const many = withHeard(heard, page(Array.from({ length: heardMax }, (_, index) => event(index + 4, true))))
    const report = reportOf({ heard: many, who: 'all', ownBots: [], atMs: noon }, await speech('en'))
    expect(report).toContain('- 10 more messages of any program are not in it')
  })
})

it('a set-up names only what is to be another', () => {
  const settings = { profile: 'leader', hasJsonPublications: false, layout: 'course', reach: 'loopback' } as const
  expect(changeOf(settings, settings)).toBeNull()
  expect(changeOf(settings, { ...settings, hasJsonPublications: true })).toEqual({ hasJsonPublications: true })
  expect(changeOf(settings, { ...settings, reach: 'lan' })).toEqual({ reach: 'lan' })
})

it('has words for every refusal, also for one it does not know', async () => {
  const { t } = await speech('en')
  expect(refusalWords('too-long', t)).toMatch(/10,000/)
  expect(refusalWords('busy', t)).not.toContain('failures.')
  expect(refusalWords('odd', t)).toContain('odd')
})
