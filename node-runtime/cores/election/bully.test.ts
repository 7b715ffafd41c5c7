import { describe, expect, it } from 'vitest'
import { InvariantError } from '#kit/assert'
import { nodeId } from '#kit/ids'
import type { BullyCore } from './bully.ts'
import type { BullyMessage, ChoiceOutput } from './messages.ts'
import { bully, n1, n2, n3, timing } from './testing/group.ts'

const { heartbeatTicks, silenceTicks, answerTicks, announceTicks } = timing

function tick(core: BullyCore, count = 1): ChoiceOutput<BullyMessage> {
  let output = core.step({ kind: 'tick' })
  for (let ticks = 1; ticks < count; ticks += 1) output = core.step({ kind: 'tick' })
  return output
}

function say(core: BullyCore, from: typeof n1, kind: BullyMessage['kind']): ChoiceOutput<BullyMessage> {
  return core.step({ kind: 'message', from, message: { kind } })
}

function said({ messages }: ChoiceOutput<BullyMessage>): string[] {
  return messages.map(({ to, message }) => `${message.kind} to ${to}`)
}

/** n2 of three, which asked n3 at its first tick. */
function asking(): BullyCore {
  const core = bully(n2)
  expect(said(tick(core))).toEqual(['election to n3'])
  return core
}

function coordinating(): BullyCore {
  const core = asking()
  tick(core, answerTicks)
  expect(core.view).toMatchObject({ phase: 'coordinating', coordinator: n2, coordinatorHeardTicksAgo: 0 })
  return core
}

function following(): BullyCore {
  const core = asking()
  expect(say(core, n3, 'coordinator').choice).toBe(n3)
  return core
}

describe('bully: asking and announcing', () => {
  it('BU2 asks all who are higher at its first tick, and knows nobody before', () => {
    const core = bully(n1)
    expect(core.view).toMatchObject({ phase: 'starting', coordinator: null })
    expect(said(tick(core))).toEqual(['election to n2', 'election to n3'])
    expect(core.view.phase).toBe('asking')
  })

  it('BU2 asks again when its coordinator was silent for too long, and not a tick sooner', () => {
    const core = following()
    tick(core, silenceTicks - 1)
    expect(core.view).toMatchObject({ phase: 'following', coordinatorHeardTicksAgo: silenceTicks - 1 })
    const output = tick(core)
    expect(said(output)).toEqual(['election to n3'])
    expect(output.choice).toBeNull()
    expect(output.notes).toMatchObject([{ why: 'silence', afterTicks: silenceTicks }])
  })

  it('BU3 answers a lower one, and asks as well, but only once', () => {
    const core = following()
    expect(said(say(core, n1, 'election'))).toEqual(['answer to n1', 'election to n3'])
    expect(said(say(core, n1, 'election'))).toEqual(['answer to n1'])
  })

  it('BU3 answers before its first tick too', () => {
    expect(said(say(bully(n2), n1, 'election'))).toEqual(['answer to n1', 'election to n3'])
  })

  it('BU3 answers with its own word when it coordinates', () => {
    expect(said(say(coordinating(), n1, 'election'))).toEqual(['coordinator to n1'])
  })

  it('BU4 announces itself when nobody answered in time, and not a tick sooner', () => {
    const core = asking()
    expect(tick(core, answerTicks - 1).choice).toBeNull()
    const output = tick(core)
    expect(said(output)).toEqual(['coordinator to n1', 'coordinator to n3'])
    expect(output.choice).toBe(n2)
  })

  it('BU4 the highest has nobody to ask', () => {
    expect(said(tick(bully(n3)))).toEqual(['coordinator to n1', 'coordinator to n2'])
  })

  it('BU4 is alone without a word', () => {
    const output = tick(bully(n1, [n1]))
    expect(output).toMatchObject({ messages: [], choice: n1 })
  })

  it('BU5 an answer stops it, and it waits for the winner’s word', () => {
    const core = asking()
    say(core, n3, 'answer')
    expect(core.view.phase).toBe('waiting')
    expect(said(tick(core, announceTicks - 1))).toEqual([])
    expect(said(tick(core))).toEqual(['election to n3'])
  })

  it('BU5 a late answer ends a coordination, and no other phase', () => {
    const core = coordinating()
    expect(say(core, n3, 'answer').choice).toBeNull()
    expect(core.view.phase).toBe('waiting')
    const led = following()
    say(led, n3, 'answer')
    expect(led.view.phase).toBe('following')
  })
})

describe('bully: following and bullying', () => {
  it('BU1 follows no lower one, whatever it says', () => {
    const core = bully(n2)
    say(core, n1, 'coordinator')
    expect(core.view.coordinator).toBeNull()
  })

  it('BU6 follows a higher one in every phase', () => {
    for (const make of [() => bully(n2), asking, coordinating, following])
      expect(say(make(), n3, 'coordinator').choice).toBe(n3)
  })

  it('BU6 stays with the highest that it hears', () => {
    const core = bully(n1)
    say(core, n3, 'coordinator')
    tick(core, 2)
    say(core, n2, 'coordinator')
    expect(core.view).toMatchObject({ coordinator: n3, coordinatorHeardTicksAgo: 2 })
    const changed = bully(n1)
    say(changed, n2, 'coordinator')
    expect(say(changed, n3, 'coordinator').choice).toBe(n3)
  })

  it('BU6 each word of the coordinator renews its patience', () => {
    const core = following()
    for (let beats = 0; beats < 5; beats += 1) {
      tick(core, silenceTicks - 1)
      expect(say(core, n3, 'coordinator').notes).toEqual([])
    }
    expect(core.view.coordinator).toBe(n3)
  })

  it('BU7 a lower one that announces itself is bullied', () => {
    expect(said(say(following(), n1, 'coordinator'))).toEqual(['election to n3'])
    expect(said(say(bully(n3), n2, 'coordinator'))).toEqual(['coordinator to n1', 'coordinator to n2'])
    expect(said(say(coordinating(), n1, 'coordinator'))).toEqual(['coordinator to n1'])
  })

  it('BU7 nothing more is asked while an election is under way', () => {
    expect(said(say(asking(), n1, 'coordinator'))).toEqual([])
  })

  it('BU8 a coordinator says so again and again', () => {
    const core = coordinating()
    expect(said(tick(core, heartbeatTicks - 1))).toEqual([])
    expect(said(tick(core))).toEqual(['coordinator to n1', 'coordinator to n3'])
    expect(said(tick(core, heartbeatTicks))).toHaveLength(2)
  })
})

describe('bully: what peers must not do', () => {
  it.each([
    ['an election of a higher one', n3, 'election'],
    ['an answer of a lower one', n1, 'answer'],
    ['a stranger', nodeId('n9'), 'coordinator'],
    ['itself', n2, 'coordinator'],
  ] as const)('BU10 %s is reported, and changes nothing', (_, from, kind) => {
    const core = following()
    const before = core.view
    const output = say(core, from, kind)
    expect(output.anomaly).not.toBeNull()
    expect(output.messages).toEqual([])
    expect(core.view).toEqual(before)
    expect(tick(core).anomaly).toBeNull()
  })

  it('a configuration that cannot work is our own mistake', () => {
    expect(() => bully(n1, [n2, n3])).toThrow(InvariantError)
    expect(() => bully(n1, [n1, n1])).toThrow(InvariantError)
  })
})
