import { describe, expect, it } from 'vitest'
import { languages } from '#contract/window/settings'
import { faultKinds } from '#contract/worker/faults'
import type { RoleChangeWhy, TraceWhat } from '#contract/worker/trace'
import type { FaultId, MessageId } from '#kit/ids'
import { id, nodeOf } from '../../testing/cards.ts'
import { eventOf, received, turned, voted } from '../../testing/events.ts'
import { quickFault } from '../../ui/fault-form/quick-fault.ts'
import { makeFormat } from '../format.ts'
import { createTranslations } from '../translations.ts'
import { eventSentence } from './event.ts'
import { faultSentence } from './fault.ts'
import { leaderWords } from './leader.ts'

async function speechOf(language: 'en' | 'pt-BR') {
  const { t } = await createTranslations(language)
  return { t, format: makeFormat(language), language }
}

const nodes = ['notary-1', 'notary-2', 'notary-3'].map((name) => nodeOf(name))
const faults = faultKinds.flatMap((kind) => (nodes[0] ? (quickFault(kind, nodes[0], nodes) ?? []) : []))
const whys: readonly RoleChangeWhy[] = [
  'started',
  'heard-no-leader',
  'majority-would-vote',
  'majority-voted',
  'saw-newer-term',
  'heard-leader',
  'lost-majority',
  'no-majority-answered',
  'cannot-write',
]
const drops = ['cut', 'loss', 'queue-full', 'not-connected', 'too-large', 'paused', 'stranger', 'malformed'] as const
const lives = ['starting', 'started', 'stopped', 'crashed', 'killed', 'left-down', 'refused'] as const

const whats: readonly TraceWhat[] = [
  { kind: 'sent', to: id('notary-2'), message: 'notary-1:1' as MessageId, messageKind: 'vote-request', bytes: 1_500 },
  {
    kind: 'sent',
    to: id('notary-2'),
    message: 'notary-1:1' as MessageId,
    messageKind: 'from-another-version',
    bytes: 1,
  },
  ...drops.flatMap((why): TraceWhat[] => [
    { kind: 'dropped', peer: id('notary-2'), message: 'notary-1:1' as MessageId, messageKind: 'heartbeat', why },
    { kind: 'dropped', peer: null, message: null, messageKind: null, why },
  ]),
  ...['election', 'check-quorum', 'from-another-version'].map(
    (name): TraceWhat => ({ kind: 'timer', name, afterMs: 812 }),
  ),
  { kind: 'anomaly', detail: 'in English, for developers' },
  ...lives.map((state): TraceWhat => ({ kind: 'lifecycle', state, code: state === 'left-down' ? 'port-taken' : null })),
  ...faults.map((fault): TraceWhat => ({ kind: 'fault', id: 'fault-1' as FaultId, phase: 'began', fault })),
  { kind: 'action', action: 'nodes.start', detail: 'notary-1' },
  { kind: 'action', action: 'from.another.version', detail: '' },
]
const events = [
  ...whats.map((what, index) => eventOf(index, 'notary-1', what)),
  ...whys.flatMap((why, index) => [
    turned(index, 'notary-1', { to: 'follower', term: 4, why }),
    turned(index, 'notary-1', { to: 'candidate', term: 4, why, leader: 'notary-2', silentMs: 812 }),
  ]),
  received(1, 'notary-1', 'notary-2'),
  voted(2, 'notary-1', { for: 'notary-1', term: 4 }),
  eventOf(3, null, { kind: 'action', action: 'lab.reset', detail: '' }),
]

describe.each(languages)('sentences in %s', (language) => {
  it('exist for every kind of event, whole and without a trace of code', async () => {
    const speech = await speechOf(language)
    for (const event of events) {
      const sentence = eventSentence(event, speech)
      expect(sentence).not.toMatch(/\{\{|undefined|null|\[object|feed\.|faults\./)
      expect(sentence.length).toBeGreaterThan(8)
    }
  })

  it('exist for every kind of fault', async () => {
    const speech = await speechOf(language)
    expect(faults).toHaveLength(faultKinds.length)
    for (const fault of faults) expect(faultSentence(fault, speech)).not.toMatch(/\{\{|undefined|faults\./)
  })
})

describe('a sentence', () => {
  it('tells a doubt with its silence and the term that would come', async () => {
    const doubt = turned(1, 'notary-2', {
      to: 'pre-candidate',
      term: 3,
      why: 'heard-no-leader',
      leader: 'notary-1',
      silentMs: 812,
    })
    expect(eventSentence(doubt, await speechOf('en'))).toBe(
      'notary-2 heard nothing from notary-1 for 812\u00a0ms and sounds out the others before term 4',
    )
    expect(eventSentence(doubt, await speechOf('pt-BR'))).toBe(
      'notary-2 não ouviu nada de notary-1 por 812\u00a0ms e sonda os outros antes do mandato 4',
    )
  })

  it('says who leads and why', async () => {
    const story = {
      kind: 'leads',
      leader: 'notary-2',
      term: 4,
      votes: 2,
      members: 3,
      why: { kind: 'silent', before: 'notary-1', silentMs: 812 },
      missing: ['notary-1'],
      outdated: [],
    } as const
    const { head, rest } = leaderWords(story, await speechOf('en'))
    expect(head).toBe('notary-2 leads term 4')
    expect(rest).toEqual([
      '2 of 3 voted for it after notary-1 was silent for 812\u00a0ms.',
      'notary-1 does not follow it; the majority goes on.',
    ])
  })

  it('writes a clock that goes behind with a minus', async () => {
    expect(faultSentence({ kind: 'skew', node: id('notary-1'), ms: -60_000 }, await speechOf('pt-BR'))).toBe(
      'o relógio de notary-1 está desacertado em −1\u00a0min',
    )
  })
})
