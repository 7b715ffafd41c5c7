import { describe, expect, it } from 'vitest'
import { InvariantError } from '#kit/assert'
import { nodeId } from '#kit/ids'
import type { ChoiceOutput, RankMessage } from './messages.ts'
import type { RankCore } from './rank.ts'
import { serversMax } from './server-list.ts'
import { n1, n2, n3, n4, ranked, timing } from './testing/group.ts'

const { heartbeatTicks, silenceTicks, answerTicks, announceTicks } = timing
/** n1 has the smallest rank and n3 the largest. */
const ranks = [
  [n1, 10],
  [n2, 20],
  [n3, 30],
] as const

function tick(core: RankCore, count = 1): ChoiceOutput<RankMessage> {
  let output = core.step({ kind: 'tick' })
  for (let ticks = 1; ticks < count; ticks += 1) output = core.step({ kind: 'tick' })
  return output
}

function say(core: RankCore, from: typeof n1, kind: RankMessage['kind']): ChoiceOutput<RankMessage> {
  return core.step({ kind: 'message', from, message: { kind } })
}

function list(core: RankCore, ...servers: (readonly [typeof n1, number])[]): ChoiceOutput<RankMessage> {
  return core.step({ kind: 'list', servers: servers.map(([node, rank]) => ({ node, rank })) })
}

function said({ messages }: ChoiceOutput<RankMessage>): string[] {
  return messages.map(({ to, message }) => `${message.kind} to ${to}`)
}

function asking(id = n2): RankCore {
  const core = ranked(id, ranks)
  tick(core)
  expect(core.view.phase).toBe('asking')
  return core
}

function coordinating(): RankCore {
  const core = asking()
  tick(core, answerTicks)
  expect(core.view).toMatchObject({ phase: 'coordinating', coordinator: n2 })
  return core
}

function following(): RankCore {
  const core = asking()
  expect(say(core, n1, 'coordinator').choice).toBe(n1)
  return core
}

describe('rank: lists', () => {
  it('RK1 knows its own rank and all servers, the smallest rank first', () => {
    const core = ranked(n2, [])
    list(core, [n3, 30], [n2, 20], [n1, 10])
    expect(core.view.rank).toBe(20)
    expect(core.view.servers.map(({ node }) => node)).toEqual([n1, n2, n3])
  })

  it('RK1 keeps whom a later list leaves out, and takes a new rank for an old one', () => {
    const core = ranked(n2, ranks)
    list(core, [n3, 5])
    expect(core.view.servers).toEqual([
      { node: n3, rank: 5 },
      { node: n1, rank: 10 },
      { node: n2, rank: 20 },
    ])
  })

  it('RK1 tells equal ranks apart by the ids', () => {
    const core = ranked(n2, [
      [n2, 7],
      [n1, 7],
    ])
    tick(core)
    say(core, n1, 'ok')
    expect(core.view.phase).toBe('waiting')
  })

  it('RK1 reads no more servers than there may be, and says so', () => {
    const core = ranked(n2, [])
    const many = Array.from({ length: serversMax }, (_, rank) => [nodeId(`s${rank}`), rank] as const)
    expect(list(core, ...many).anomaly).toBeNull()
    expect(list(core, [n2, 1]).anomaly).toContain(String(serversMax))
    expect(core.view).toMatchObject({ rank: null })
    expect(core.view.servers).toHaveLength(serversMax)
    expect(() => ranked(n2, [...many, [n2, 1]])).toThrow(InvariantError)
  })

  it('RK2 takes no part before a list names it', () => {
    const core = ranked(n4, ranks)
    expect(said(tick(core, 50))).toEqual([])
    expect(said(say(core, n1, 'election'))).toEqual([])
    say(core, n1, 'coordinator')
    expect(core.view).toMatchObject({ phase: 'starting', coordinator: null, rank: null })
    list(core, [n4, 40])
    expect(said(tick(core))).toEqual(['election to n1', 'election to n2', 'election to n3'])
  })

  it('RK2 drops the words of one whom no list has named, and blames nobody', () => {
    const core = asking()
    for (const kind of ['election', 'ok', 'coordinator'] as const) {
      const output = say(core, n4, kind)
      expect(output).toMatchObject({ messages: [], notes: [], anomaly: null })
    }
  })
})

describe('rank: asking and announcing', () => {
  it('RK3 asks all others at its first tick', () => {
    expect(said(tick(ranked(n2, ranks)))).toEqual(['election to n1', 'election to n3'])
  })

  it('RK3 asks again when its coordinator was silent for too long, and not a tick sooner', () => {
    const core = following()
    expect(said(tick(core, silenceTicks - 1))).toEqual([])
    const output = tick(core)
    expect(said(output)).toEqual(['election to n1', 'election to n3'])
    expect(output).toMatchObject({ choice: null, notes: [{ why: 'silence', afterTicks: silenceTicks }] })
  })

  it('RK4 says ok to everybody who asks, and does no more while it hears a coordinator', () => {
    const core = following()
    expect(said(say(core, n3, 'election'))).toEqual(['ok to n3'])
    expect(said(say(core, n1, 'election'))).toEqual(['ok to n1'])
    expect(core.view.phase).toBe('following')
  })

  it('RK4 asks as well at its start', () => {
    expect(said(say(ranked(n2, ranks), n3, 'election'))).toEqual(['ok to n3', 'election to n1', 'election to n3'])
  })

  it('RK4 a coordinator says so to one of larger rank, and ok to one of smaller', () => {
    const core = coordinating()
    expect(said(say(core, n3, 'election'))).toEqual(['coordinator to n3'])
    expect(said(say(core, n1, 'election'))).toEqual(['ok to n1'])
  })

  it('RK5 announces itself when its rank is the smallest of those who answered in time', () => {
    const core = asking()
    say(core, n3, 'ok')
    expect(tick(core, answerTicks - 1).choice).toBeNull()
    const output = tick(core)
    expect(said(output)).toEqual(['coordinator to n1', 'coordinator to n3'])
    expect(output.choice).toBe(n2)
  })

  it('RK5 waits no longer once all have answered, a coordinator of larger rank among them', () => {
    const core = asking(n1)
    say(core, n3, 'ok')
    say(core, n3, 'ok')
    expect(core.view.phase).toBe('asking')
    expect(say(core, n2, 'coordinator').choice).toBe(n1)
  })

  it('RK5 is alone without a word', () => {
    expect(tick(ranked(n1, [[n1, 1]]))).toMatchObject({ messages: [], choice: n1 })
  })

  it('RK6 waits for a winner of smaller rank, and asks again when it does not speak', () => {
    const core = asking()
    say(core, n1, 'ok')
    expect(core.view.phase).toBe('asking')
    say(core, n3, 'ok')
    expect(core.view.phase).toBe('waiting')
    expect(said(tick(core, announceTicks - 1))).toEqual([])
    expect(said(tick(core))).toEqual(['election to n1', 'election to n3'])
  })

  it('RK6 an answer of an earlier round does not count in the next', () => {
    const core = asking()
    say(core, n1, 'ok')
    tick(core, answerTicks + announceTicks)
    expect(core.view.phase).toBe('asking')
    expect(tick(core, answerTicks).choice).toBe(n2)
  })

  it('RK6 a late ok of a smaller rank ends a coordination, one of a larger does not', () => {
    const core = coordinating()
    expect(say(core, n3, 'ok').choice).toBe(n2)
    expect(say(core, n1, 'ok').choice).toBeNull()
    expect(core.view.phase).toBe('waiting')
  })
})

describe('rank: following', () => {
  it('RK7 follows a smaller rank in every phase, and stays with the smallest that it hears', () => {
    for (const make of [() => ranked(n2, ranks), asking, coordinating, following])
      expect(say(make(), n1, 'coordinator').choice).toBe(n1)
    const core = ranked(n3, ranks)
    say(core, n2, 'coordinator')
    expect(say(core, n1, 'coordinator').choice).toBe(n1)
    tick(core, 2)
    expect(say(core, n2, 'coordinator').choice).toBe(n1)
    expect(core.view.coordinatorHeardTicksAgo).toBe(2)
  })

  it('RK7 each word of the coordinator renews its patience', () => {
    const core = following()
    for (let beats = 0; beats < 5; beats += 1) {
      tick(core, silenceTicks - 1)
      expect(say(core, n1, 'coordinator').notes).toEqual([])
    }
    expect(core.view.coordinator).toBe(n1)
  })

  it('RK8 a larger rank that announces itself is told better', () => {
    expect(said(say(following(), n3, 'coordinator'))).toEqual(['election to n1', 'election to n3'])
    expect(said(say(coordinating(), n3, 'coordinator'))).toEqual(['coordinator to n3'])
    const core = asking()
    say(core, n1, 'ok')
    tick(core, answerTicks)
    expect(said(say(core, n3, 'coordinator'))).toEqual([])
  })

  it('RK9 a coordinator says so again and again', () => {
    const core = coordinating()
    expect(said(tick(core, heartbeatTicks - 1))).toEqual([])
    expect(said(tick(core))).toEqual(['coordinator to n1', 'coordinator to n3'])
  })

  it('reports words that claim to be its own', () => {
    expect(say(asking(), n2, 'coordinator').anomaly).not.toBeNull()
  })
})
