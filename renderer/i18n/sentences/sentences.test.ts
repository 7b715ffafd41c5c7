import { describe, expect, it } from 'vitest'
import { languages } from '#contract/window/settings'
import { faultKinds } from '#contract/worker/faults'
import { type RingChange, ringRefusals } from '#contract/worker/ring'
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
// A reason that is missing here does not compile.
const whys = Object.keys({
  started: true,
  'heard-no-leader': true,
  'majority-would-vote': true,
  'was-handed-over': true,
  'majority-voted': true,
  'saw-newer-term': true,
  'heard-leader': true,
  'lost-majority': true,
  'no-majority-answered': true,
  'left-the-group': true,
  'cannot-write': true,
} satisfies Record<RoleChangeWhy, true>) as readonly RoleChangeWhy[] // keys of the record above
const ringChanges = Object.keys({
  joined: true,
  followed: true,
  merged: true,
  'led-alone': true,
  'led-elected': true,
  'led-handed-over': true,
} satisfies Record<RingChange, true>) as readonly RingChange[] // keys of the record above
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
  { kind: 'members-changed', voters: [id('notary-1')], learners: [], index: 1_017 },
  { kind: 'members-changed', voters: [id('notary-1')], learners: [id('notary-2'), id('notary-3')], index: 18 },
  ...(['asked', 'favourite', 'leaving'] as const).map(
    (why): TraceWhat => ({ kind: 'handing-over', to: id('notary-2'), why }),
  ),
  { kind: 'log-cut', from: 7, upTo: 7 },
  { kind: 'log-cut', from: 7, upTo: 1_009 },
  { kind: 'snapshot-began', to: id('notary-2'), index: 1_000_000 },
  { kind: 'snapshot-installed', index: 1_000_000 },
  { kind: 'peer-lost-disk', peer: id('notary-2') },
  { kind: 'peer-lost-disk', peer: id('notary-1') },
  { kind: 'group-lost', lost: [id('notary-2'), id('notary-3')] },
  { kind: 'copy-broken', index: 7, check: 'tree', isLesson: false },
  { kind: 'copy-broken', index: 7, check: 'tree', isLesson: true },
  ...(['damaged', 'disowned', 'missing'] as const).map(
    (why): TraceWhat => ({ kind: 'began-anew', incarnation: 77_123, why }),
  ),
  ...(['key', 'store'] as const).map(
    (holds): TraceWhat => ({ kind: 'file-set-aside', holds, file: '/lab/nodes/desk/node.sqlite.damaged-1' }),
  ),
  ...ringChanges.flatMap((how): TraceWhat[] => [
    { kind: 'ring-changed', how, leader: 'notary-1', with: null, term: 4, size: 1 },
    { kind: 'ring-changed', how, leader: 'notary-1', with: '127.0.0.1:9001', term: 4, size: 3 },
  ]),
  { kind: 'ring-left', peer: 'notary-1' },
  { kind: 'ring-left', peer: 'notary-2' },
  { kind: 'suspected', peer: 'notary-2', silentMs: 1_500 },
  { kind: 'cleared', peer: 'notary-2' },
  { kind: 'found-dead', peer: 'notary-2', why: 'refused' },
  { kind: 'found-dead', peer: 'notary-2', why: 'silent' },
  { kind: 'ring-closed', over: 'notary-2', next: 'notary-3' },
  ...(['leader-dead', 'leader-silent', 'asked'] as const).map(
    (why): TraceWhat => ({ kind: 'token-began', term: 5, why }),
  ),
  { kind: 'token-passed', term: 5, initiator: 'notary-1', to: '127.0.0.1:9004' },
  { kind: 'caught-up', records: 1, from: 'notary-2' },
  { kind: 'caught-up', records: 1_200, from: 'notary-2' },
  ...ringRefusals.map((why): TraceWhat => ({ kind: 'ring-refused', why, from: '127.0.0.1:40000' })),
  { kind: 'anomaly', detail: 'in English, for developers' },
  ...lives.map((state): TraceWhat => ({ kind: 'lifecycle', state, code: state === 'left-down' ? 'port-taken' : null })),
  ...faults.map((fault): TraceWhat => ({ kind: 'fault', id: 'fault-1' as FaultId, phase: 'began', fault })),
  { kind: 'action', action: 'nodes.start', detail: 'notary-1' },
  { kind: 'action', action: 'nodes.handOver', detail: 'notary-1 > notary-2' },
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
      lost: [],
      learners: [],
      handingOverTo: null,
    } as const
    const { head, rest } = leaderWords(story, await speechOf('en'))
    expect(head).toBe('notary-2 leads term 4')
    expect(rest).toEqual([
      '2 of 3 voted for it after notary-1 was silent for 812\u00a0ms.',
      'notary-1 does not follow it; the majority goes on.',
    ])
  })

  it('says who was handed the lead by whom, who has no vote, and to whom the lead goes next', async () => {
    const story = {
      kind: 'leads',
      leader: 'notary-2',
      term: 4,
      votes: null,
      members: 2,
      why: { kind: 'handed-over', before: 'notary-1' },
      missing: [],
      outdated: [],
      lost: ['notary-1'],
      learners: ['notary-3'],
      handingOverTo: 'notary-4',
    } as const
    expect(leaderWords(story, await speechOf('pt-BR')).rest).toEqual([
      'a maioria votou nele depois que notary-1 lhe passou a liderança.',
      'Ele está passando a liderança a notary-4.',
      'notary-1 perdeu o disco e não conta em nenhuma maioria até ser aceito de novo.',
      'notary-3 está aprendendo o log e ainda não tem voto.',
      'Todos os nós o seguem.',
    ])
  })

  it('tells which entries went, in numbers of the language, and an incarnation by its digits', async () => {
    const cut = eventOf(1, 'notary-2', { kind: 'log-cut', from: 7, upTo: 1_009 })
    expect(eventSentence(cut, await speechOf('en'))).toBe(
      'notary-2 dropped entries 7 to 1,009 from its log: they were never committed',
    )
    const anew = eventOf(2, 'notary-2', { kind: 'began-anew', incarnation: 77_123, why: 'missing' })
    expect(eventSentence(anew, await speechOf('pt-BR'))).toBe(
      'notary-2 não achou mais o seu arquivo e recomeçou, como encarnação 77123',
    )
  })

  it('writes a clock that goes behind with a minus', async () => {
    expect(faultSentence({ kind: 'skew', node: id('notary-1'), ms: -60_000 }, await speechOf('pt-BR'))).toBe(
      'o relógio de notary-1 está desacertado em −1\u00a0min',
    )
  })
})
