import { describe, expect, it } from 'vitest'
import {
  type NotaryCommand,
  type NotaryCommandAnswer,
  notaryLimits,
  type RegisterOutcome,
} from '#cores/notary/messages'
import { nodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import { Later } from '../testing/fake-ports.ts'
import { Gatherer, gathererLimits } from './gatherer.ts'
import type { RegisterOrder } from './service.ts'
import { textOf } from './testing/virtual-notary.ts'

type Register = Extract<NotaryCommand, { readonly kind: 'register' }>
type Answered = Result<readonly RegisterOutcome[]>

const by = { leader: nodeId('a'), term: 3, errorMs: 2 }

function setUp() {
  const later = new Later()
  const proposed: { readonly command: Register; readonly done: (result: Result<NotaryCommandAnswer>) => void }[] = []
  const gatherer = new Gatherer({
    propose: (command, done) => void (command.kind === 'register' && proposed.push({ command, done })),
    by: () => by,
    soon: later.soon,
  })
  const register = (order: RegisterOrder): Answered[] => {
    const answers: Answered[] = []
    gatherer.register(order, (result) => answers.push(result))
    return answers
  }
  const one = (text: string): Answered[] => register({ registrations: [textOf(text)], duplicates: 'found' })
  return { later, proposed, register, one }
}

/** As if nobody else had registered anything: each outcome names its registration. */
function registered({ registrations }: Register): Result<NotaryCommandAnswer> {
  const outcomes = registrations.map(
    (_, at) => ({ kind: 'refused', why: at % 2 === 0 ? 'empty' : 'malformed' }) as const,
  )
  return ok({ kind: 'registered', size: 1, outcomes })
}

describe('the gatherer', () => {
  it('makes one command of what is asked in one turn, and gives each asker its own outcomes', () => {
    const { later, proposed, one, register } = setUp()
    const answers = [
      one('one'),
      register({ registrations: ['two', 'three'].map((text) => textOf(text)), duplicates: 'found' }),
    ]
    expect(proposed).toHaveLength(0)
    later.run()
    expect(proposed).toHaveLength(1)
    expect(proposed[0]!.command).toMatchObject({ by, duplicates: 'found' })
    expect(proposed[0]!.command.registrations.map(({ id }) => id)).toEqual(['one', 'two', 'three'])
    proposed[0]!.done(registered(proposed[0]!.command))
    expect(answers).toEqual([
      [ok([{ kind: 'refused', why: 'empty' }])],
      [
        ok([
          { kind: 'refused', why: 'malformed' },
          { kind: 'refused', why: 'empty' },
        ]),
      ],
    ])
  })

  it('keeps apart those who want duplicates found and those who want them recorded', () => {
    const { later, proposed, one, register } = setUp()
    one('one')
    register({ registrations: [textOf('two')], duplicates: 'recorded' })
    one('three')
    later.run()
    for (const at of [0, 1]) {
      proposed[at]!.done(registered(proposed[at]!.command))
      later.run()
    }
    expect(proposed.map(({ command }) => command.duplicates)).toEqual(['found', 'recorded', 'found'])
  })

  it('gathers more while as many commands are under way as may be', () => {
    const { later, proposed, one } = setUp()
    for (let count = 0; count < gathererLimits.partialUnderWayMax; count += 1) {
      one(`first ${count}`)
      later.run()
    }
    for (let count = 0; count < 50; count += 1) one(`later ${count}`)
    later.run()
    expect(proposed).toHaveLength(gathererLimits.partialUnderWayMax)
    proposed[0]!.done(registered(proposed[0]!.command))
    later.run()
    expect(proposed.at(-1)!.command.registrations).toHaveLength(50)
  })

  it('has more of them under way when they are full, and no more than may be', () => {
    const { later, proposed, register } = setUp()
    const { registrationsPerCommand, commandsUnderWayMax, partialUnderWayMax } = gathererLimits
    const registrations = Array.from({ length: registrationsPerCommand * (commandsUnderWayMax + 1) + 1 }, (_, at) =>
      textOf(`${at}`),
    )
    register({ registrations, duplicates: 'found' })
    later.run()
    expect(proposed.map(({ command }) => command.registrations.length)).toEqual(
      Array.from({ length: commandsUnderWayMax }, () => registrationsPerCommand),
    )
    const done = () => {
      const next = proposed.shift()
      next?.done(registered(next.command))
      later.run()
    }
    done()
    expect(proposed).toHaveLength(commandsUnderWayMax)
    // What is left is not full: it waits until few others are under way.
    while (proposed.length >= partialUnderWayMax) {
      expect(proposed.at(-1)!.command.registrations).toHaveLength(registrationsPerCommand)
      done()
      if (proposed.at(-1)!.command.registrations.length === 1) break
    }
    expect(proposed).toHaveLength(partialUnderWayMax)
    expect(proposed.at(-1)!.command.registrations).toHaveLength(1)
  })

  it('spreads what does not fit into one command over several, and answers when all are done', () => {
    const { later, proposed, register } = setUp()
    const long = 'x'.repeat(60_000)
    const registrations = Array.from({ length: 12 }, (_, at) => textOf(`${long}${at}`, String(at)))
    const answers = register({ registrations, duplicates: 'found' })
    while (answers.length === 0) {
      later.run()
      const next = proposed.find(({ command }) => command.registrations.length > 0)
      if (next === undefined) break
      proposed.splice(proposed.indexOf(next), 1)
      expect(next.command.registrations.length).toBeLessThan(5)
      next.done(registered(next.command))
    }
    expect(answers).toMatchObject([{ ok: true }])
    expect(answers[0]?.ok && answers[0].value).toHaveLength(12)
  })

  it.each(['not-leader', 'busy', 'timed-out'] as const)(
    'passes on %s to everybody whose registrations it was',
    (code) => {
      const { later, proposed, one } = setUp()
      const answers = [one('one'), one('two')]
      later.run()
      proposed[0]!.done(fail(code, 'no'))
      expect(answers).toMatchObject([[{ failure: { code } }], [{ failure: { code } }]])
    },
  )

  it('does not call an order definitely refused of which a part was registered', () => {
    const { later, proposed, register } = setUp()
    const { registrationsPerCommand } = gathererLimits
    const registrations = Array.from({ length: registrationsPerCommand + 1 }, (_, at) => textOf(`${at}`))
    const answers = register({ registrations, duplicates: 'found' })
    later.run()
    proposed[0]!.done(registered(proposed[0]!.command))
    later.run()
    expect(proposed.map(({ command }) => command.registrations.length)).toEqual([registrationsPerCommand, 1])
    proposed[1]!.done(fail('not-leader', 'no'))
    expect(answers).toMatchObject([{ failure: { code: 'timed-out' } }])
  })

  it('does not call an order definitely refused of which nobody knows what became of a part', () => {
    for (const codes of [
      ['timed-out', 'not-leader'],
      ['not-leader', 'timed-out'],
    ] as const) {
      const { later, proposed, register } = setUp()
      const length = 2 * gathererLimits.registrationsPerCommand
      const registrations = Array.from({ length }, (_, at) => textOf(`${at}`))
      const answers = register({ registrations, duplicates: 'found' })
      later.run()
      for (const [at, code] of codes.entries()) {
        proposed[at]!.done(fail(code, 'no'))
        later.run()
      }
      expect(answers).toMatchObject([{ failure: { code: 'timed-out' } }])
    }
  })

  it('sends nothing that cannot fit, and the rest of the order', () => {
    const { later, proposed, register } = setUp()
    const tooLong = textOf('x'.repeat(notaryLimits.textBytesMax + 1), 'long')
    const answers = register({ registrations: [tooLong, textOf('one')], duplicates: 'found' })
    const none = register({ registrations: [tooLong], duplicates: 'found' })
    later.run()
    expect(proposed.map(({ command }) => command.registrations.length)).toEqual([1])
    expect(none).toEqual([ok([{ kind: 'refused', why: 'too-large' }])])
    proposed[0]!.done(registered(proposed[0]!.command))
    expect(answers).toEqual([
      ok([
        { kind: 'refused', why: 'too-large' },
        { kind: 'refused', why: 'empty' },
      ]),
    ])
  })

  it('asks again first of all for what stands there and did not fit into the answer any more', () => {
    const { later, proposed, one } = setUp()
    const noRoom = { kind: 'refused', why: 'too-large' } as const
    const answers = ['one', 'two', 'three'].map((text) => one(text))
    later.run()
    one('four')
    proposed[0]!.done(
      ok({ kind: 'registered', size: 1, outcomes: [{ kind: 'refused', why: 'empty' }, noRoom, noRoom] }),
    )
    expect(answers.map(({ length }) => length)).toEqual([1, 0, 0])
    later.run()
    const ids = proposed[1]!.command.registrations.map(({ id }) => id)
    expect(ids.toSorted()).toEqual(['four', 'three', 'two'])
    expect(ids.at(-1)).toBe('four')
    // The first of a command has all the room there is, so it is never asked for twice.
    proposed[1]!.done(ok({ kind: 'registered', size: 1, outcomes: [noRoom, noRoom, noRoom] }))
    later.run()
    expect(answers.filter(({ length }) => length === 1)).toHaveLength(2)
    expect(proposed[2]!.command.registrations).toHaveLength(2)
  })

  it('is busy when too many wait, and not any more when they are answered', () => {
    const { later, proposed, register } = setUp()
    const half = Array.from({ length: gathererLimits.registrationsMax / 2 }, (_, at) => textOf(`${at}`))
    const order = { registrations: half, duplicates: 'found' } as const
    const answers = [register(order), register(order), register(order)]
    later.run()
    expect(answers.map(({ length }) => length)).toEqual([0, 0, 1])
    expect(answers[2]).toMatchObject([{ failure: { code: 'busy' } }])
    while (answers[1]!.length === 0) {
      for (const { command, done } of proposed.splice(0)) done(registered(command))
      later.run()
    }
    const after = register(order)
    later.run()
    expect(after).toEqual([])
  })
})
