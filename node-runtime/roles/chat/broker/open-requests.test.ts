import { describe, expect, it } from 'vitest'
import { type NodeId, nodeId } from '#kit/ids'
import type { Asked, GivenUp, Giving } from './giving.ts'
import { answeredWithinMs, InTurn } from './in-turn.ts'
import { OpenRequests, openLimits } from './open-requests.ts'
import { brokerLimits } from './request-table.ts'

const [one, two, three] = ['s-1', 's-2', 's-3'].map(nodeId) as [NodeId, NodeId, NodeId] // three names make three ids
const nobodyAway = new Set<NodeId>()

interface World {
  readonly giving: Giving<string>
  readonly given: { readonly to: NodeId | null; readonly ref: number; readonly id: string }[]
  readonly givenUp: { readonly asker: string; readonly why: GivenUp }[]
  readonly deaf: Set<NodeId>
  readonly foreign: { count: number }
}

function world(kind: typeof OpenRequests<string> | typeof InTurn<string> = OpenRequests): World {
  const given: World['given'] = []
  const givenUp: World['givenUp'] = []
  const deaf = new Set<NodeId>()
  const foreign = { count: 0 }
  const giving = new kind({
    servers: [one, two, three],
    life: 0,
    give: (to, ref, { id }) => {
      if (deaf.has(to)) return false
      given.push({ to, ref, id })
      return true
    },
    giveForeign: (ref, { id }) => given.push({ to: null, ref, id }) > 0,
    foreignServers: () => foreign.count,
    givenUp: ({ asker }, why) => givenUp.push({ asker, why }),
  })
  return { giving, given, givenUp, deaf, foreign }
}

function asked(id: string, more: Partial<Asked<string>> = {}): Asked<string> {
  return {
    asker: `asker of ${id}`,
    key: 'desk',
    isForeign: false,
    id,
    from: 'desk',
    body: new Uint8Array(10),
    cause: null,
    ...more,
  }
}

const places = ({ given }: World): readonly (NodeId | null)[] => given.map(({ to }) => to)

describe('open requests', () => {
  it('go to whoever answered last', () => {
    const { giving, ...rest } = world()
    giving.open(asked('a'), 0)
    giving.handedBack(one, 1, three, 1)
    expect(giving.answered(three, 1)?.asker).toBe('asker of a')
    giving.open(asked('b'), 2)
    expect(places({ giving, ...rest })).toEqual([one, three, three])
  })

  it('are given to the next under the same id and number when somebody is silent', () => {
    const all = world()
    all.giving.open(asked('a'), 0)
    all.giving.look(openLimits.silenceMsMin - 1, nobodyAway)
    expect(all.given).toHaveLength(1)
    all.giving.look(openLimits.silenceMsMin, nobodyAway)
    expect(all.given).toEqual([
      { to: one, ref: 1, id: 'a' },
      { to: two, ref: 1, id: 'a' },
    ])
    expect(all.giving.resent).toBe(1)
  })

  it('do not wait for a server that is known to be away', () => {
    const all = world()
    all.giving.open(asked('a'), 0)
    all.giving.look(1, new Set([one, two]))
    expect(places(all)).toEqual([one, three])
  })

  it('are answered once, by whoever is first', () => {
    const all = world()
    all.giving.open(asked('a'), 0)
    all.giving.look(openLimits.silenceMsMin, nobodyAway)
    expect(all.giving.answered(one, 1)).not.toBeNull()
    expect(all.giving.answered(two, 1)).toBeNull()
    expect(all.giving.size).toBe(0)
  })

  it('are not settled by the failure of one who has them no longer', () => {
    const all = world()
    all.giving.open(asked('a'), 0)
    all.giving.look(openLimits.silenceMsMin, nobodyAway)
    expect(all.giving.failed(one, 1)).toBeNull()
    expect(all.giving.failed(two, 1)).toMatchObject({ isUncertain: true })
  })

  it('go in circles only with pauses', () => {
    const all = world()
    all.giving.open(asked('a'), 0)
    for (const [from, hint] of [
      [one, two],
      [two, one],
      [one, two],
      [two, one],
    ] as const) {
      all.giving.handedBack(from, 1, hint, 0)
    }
    expect(all.given.length).toBeLessThanOrEqual(1 + openLimits.hintsFollowedMax)
  })

  it('do not follow a hint at a server that is known to be away', () => {
    const all = world()
    all.giving.look(0, new Set([three]))
    all.giving.open(asked('a'), 0)
    all.giving.handedBack(one, 1, three, 1)
    expect(places(all)).toEqual([one])
    all.giving.look(1 + openLimits.pauseMsMin, new Set([three]))
    expect(places(all)).toEqual([one, two])
  })

  it('wait no longer for a silent server because another went away before', () => {
    const all = world()
    all.giving.open(asked('a'), 0)
    all.giving.look(1, new Set([one]))
    all.giving.look(openLimits.silenceMsMin, new Set([one]))
    expect(places(all)).toEqual([one, two])
    all.giving.look(1 + openLimits.silenceMsMin, new Set([one]))
    expect(places(all)).toEqual([one, two, three])
  })

  it('wait while nobody leads, and go on at once when somebody is known to', () => {
    const all = world()
    all.giving.open(asked('a'), 0)
    all.giving.open(asked('b'), 0)
    all.giving.handedBack(one, 1, null, 0)
    all.giving.look(1, nobodyAway)
    expect(places(all)).toEqual([one, one])
    all.giving.handedBack(one, 2, three, 2)
    all.giving.look(3, nobodyAway)
    expect(places(all)).toEqual([one, one, three, three])
  })

  it('do not all look for a leader at once', () => {
    const all = world()
    const many = 3 * openLimits.probesMax
    for (let count = 1; count <= many; count += 1) {
      all.giving.open(asked(`r${count}`), 0)
      all.giving.handedBack(one, count, null, 0)
    }
    all.giving.look(openLimits.pauseMsMin, nobodyAway)
    expect(all.given).toHaveLength(many + openLimits.probesMax)
    all.giving.answered(two, 1)
    all.giving.look(openLimits.pauseMsMin + 1, nobodyAway)
    expect(all.given).toHaveLength(many + many)
    expect(places(all).slice(-openLimits.probesMax)).toEqual(Array(openLimits.probesMax).fill(two))
  })

  it('are given up after a while: as unknown if somebody may have done them', () => {
    const all = world()
    for (const node of [one, two, three]) all.deaf.add(node)
    all.giving.open(asked('never given'), 0)
    all.deaf.clear()
    all.giving.open(asked('silence'), 0)
    for (const node of [one, two, three]) all.deaf.add(node)
    for (let nowMs = 0; nowMs <= openLimits.keptMs; nowMs += 100) all.giving.look(nowMs, nobodyAway)
    expect(all.givenUp).toEqual([
      { asker: 'asker of never given', why: 'nobody' },
      { asker: 'asker of silence', why: 'unknown' },
    ])
    expect(all.giving.size).toBe(0)
  })

  it('are refused past each bound, and make room when they are answered', () => {
    const { giving } = world()
    for (let count = 0; count < brokerLimits.openPerProgramMax; count += 1) {
      expect(giving.open(asked(`p${count}`, { key: 'program', isForeign: true }), 0)).toBe(true)
    }
    expect(giving.open(asked('one more', { key: 'program', isForeign: true }), 0)).toBe(false)
    expect(giving.open(asked('another', { key: 'other', isForeign: true }), 0)).toBe(true)
    expect(giving.open(asked('large', { body: new Uint8Array(brokerLimits.openBytesMax) }), 0)).toBe(false)
    giving.answered(one, 1)
    expect(giving.open(asked('again', { key: 'program', isForeign: true }), 0)).toBe(true)
  })

  it('of all programs together leave room for desks', () => {
    const { giving } = world()
    const { openForeignMax } = brokerLimits
    for (let count = 0; count < openForeignMax; count += 1) {
      expect(giving.open(asked(`p${count}`, { key: `program ${count}`, isForeign: true }), 0)).toBe(true)
    }
    expect(giving.open(asked('one more', { key: 'another program', isForeign: true }), 0)).toBe(false)
    expect(giving.open(asked('of a desk'), 0)).toBe(true)
  })
})

describe('in turn', () => {
  const program = { isForeign: true } as const

  it('ours and foreign servers get one each', () => {
    const all = world(InTurn)
    all.foreign.count = 2
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) all.giving.open(asked(id, program), 0)
    expect(places(all)).toEqual([one, two, three, null, null, one])
  })

  it('a desk asks ours alone', () => {
    const all = world(InTurn)
    all.foreign.count = 2
    for (const id of ['a', 'b', 'c', 'd']) all.giving.open(asked(id), 0)
    expect(places(all)).toEqual([one, two, three, one])
  })

  it('nobody is asked twice: silence, a server that goes away, and one that hands back', () => {
    const all = world(InTurn)
    for (const id of ['a', 'b', 'c']) all.giving.open(asked(id, program), 0)
    all.giving.handedBack(one, 1, two, 1)
    all.giving.look(2, new Set([two]))
    all.giving.look(answeredWithinMs, nobodyAway)
    expect(all.givenUp).toEqual([
      { asker: 'asker of a', why: 'nobody' },
      { asker: 'asker of b', why: 'unknown' },
      { asker: 'asker of c', why: 'unknown' },
    ])
    expect(all.given).toHaveLength(3)
    expect(all.giving.resent).toBe(0)
  })

  it('whoever finds nobody is told so at once', () => {
    const all = world(InTurn)
    all.giving.look(0, new Set([one, two, three]))
    expect(all.giving.open(asked('a', program), 0)).toBe(true)
    expect(all.givenUp).toEqual([{ asker: 'asker of a', why: 'nobody' }])
    expect(all.giving.size).toBe(0)
  })

  it('an answer counts from whoever had the turn', () => {
    const all = world(InTurn)
    all.giving.open(asked('a', program), 0)
    expect(all.giving.answered(null, 1)).toBeNull()
    expect(all.giving.answered(two, 1)).toBeNull()
    expect(all.giving.answered(one, 1)?.id).toBe('a')
  })
})
