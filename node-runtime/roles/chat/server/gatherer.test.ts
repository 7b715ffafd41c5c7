import { describe, expect, it } from 'vitest'
import type { ChatCommand, ChatCommandAnswer, Deed, DeedOutcome } from '#cores/chat/messages'
import { nodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import { Later } from '../../testing/fake-ports.ts'
import { Gatherer, gathererLimits } from './gatherer.ts'

interface Proposed {
  readonly command: ChatCommand
  readonly done: (result: Result<ChatCommandAnswer>) => void
}

function setUp() {
  const later = new Later()
  const proposed: Proposed[] = []
  const head = { by: nodeId('chat-1'), term: 3, publishedUpTo: 7 }
  const gatherer = new Gatherer({
    propose: (command, done) => proposed.push({ command, done }),
    head: () => head,
    soon: later.soon,
  })
  const say = (text: string, id = '0'.repeat(32)): Result<DeedOutcome>[] => {
    const results: Result<DeedOutcome>[] = []
    const to = { kind: 'channel', name: 'general' } as const
    const deed: Deed = { id, actor: 'ana', what: { kind: 'say', to, text, replyTo: null, through: 'native' } }
    gatherer.act(deed, (result) => results.push(result))
    return results
  }
  return { later, proposed, gatherer, say, head }
}

/** Each deed is refused by its own place, so that answers can be told apart. */
function answered({ deeds }: ChatCommand): Result<ChatCommandAnswer> {
  const outcomes = deeds.map((_, fence): DeedOutcome => ({ kind: 'done', event: null, fence }))
  return ok({ kind: 'done', outcomes, events: [] })
}

describe('the gatherer', () => {
  it('makes one command of what is asked in one moment, and gives each its own outcome', () => {
    const { later, proposed, say, head } = setUp()
    const answers = [say('um'), say('dois')]
    expect(proposed).toHaveLength(0)
    later.run()
    expect(proposed.map(({ command }) => command.deeds.length)).toEqual([2])
    expect(proposed[0]!.command).toMatchObject(head)
    proposed[0]!.done(answered(proposed[0]!.command))
    expect(answers.map(([result]) => result?.ok && result.value.kind === 'done' && result.value.fence)).toEqual([0, 1])
  })

  it('gathers more while as many commands are under way as may be', () => {
    const { later, proposed, say } = setUp()
    for (let turn = 0; turn < 10; turn += 1) {
      say(`${turn}`)
      later.run()
    }
    expect(proposed).toHaveLength(gathererLimits.partialUnderWayMax)
    proposed[0]!.done(answered(proposed[0]!.command))
    later.run()
    expect(proposed.at(-1)!.command.deeds).toHaveLength(10 - gathererLimits.partialUnderWayMax)
  })

  it('puts no more into a command than it may have, by number and by bytes', () => {
    const { later, proposed, say } = setUp()
    const { deedsPerCommand, commandsUnderWayMax, bytesPerCommand } = gathererLimits
    for (let turn = 0; turn < deedsPerCommand * commandsUnderWayMax; turn += 1) say('x')
    later.run()
    expect(proposed.map(({ command }) => command.deeds.length)).toEqual([256, 256, 256, 256])
    for (const { command, done } of proposed.splice(0)) done(answered(command))
    for (let turn = 0; turn < 3; turn += 1) say('x'.repeat(bytesPerCommand / 6))
    later.run()
    for (const place of [0, 1, 2]) {
      expect(proposed.map(({ command }) => command.deeds.length)).toEqual([1])
      for (const { command, done } of proposed.splice(0)) done(answered(command))
      if (place < 2) later.run()
    }
    const tooLong = say('x'.repeat(bytesPerCommand))
    later.run()
    expect(tooLong).toMatchObject([{ ok: false, failure: { code: 'too-large' } }])
  })

  it('is busy past its limit, and not any more when they are answered', () => {
    const { later, proposed, say, gatherer } = setUp()
    for (let turn = 0; turn < gathererLimits.deedsMax; turn += 1) say('x')
    const past = say('x')
    later.run()
    expect(past).toMatchObject([{ failure: { code: 'busy' } }])
    while (gatherer.open > 0) {
      for (const { command, done } of proposed.splice(0)) done(answered(command))
      later.run()
    }
    const after = say('x')
    later.run()
    expect(after).toEqual([])
  })

  it.each(['not-leader', 'timed-out'] as const)('passes on %s to everybody', (code) => {
    const { later, proposed, say } = setUp()
    const answers = [say('um'), say('dois')]
    later.run()
    proposed[0]!.done(fail(code, 'no'))
    expect(answers).toMatchObject([[{ failure: { code } }], [{ failure: { code } }]])
  })
})
