import { describe, expect, it } from 'vitest'
import { bully, Group, n1, n2, n3, n4, ranked, timing } from './testing/group.ts'

const three = [n1, n2, n3]
const ranks = [
  [n1, 10],
  [n2, 20],
  [n3, 30],
] as const

describe('stories of bully', () => {
  it('all start at once, and the highest wins', () => {
    const group = new Group(three, (id) => bully(id))
    group.ticks(1)
    expect(group.text()).toMatchInlineSnapshot(`
      "n1: starting to asking, started
      n2: starting to asking, started
      n3: starting to coordinating, started
      n1 -> n2 election
      n1 -> n3 election
      n2 -> n3 election
      n3 -> n1 coordinator
      n1: asking to following, better-announced (n3)
      n3 -> n2 coordinator
      n2: asking to following, better-announced (n3)
      n2 -> n1 answer
      n3 -> n1 coordinator
      n3 -> n2 coordinator"
    `)
  })

  it('the highest dies, the next takes over, and is bullied when it comes back', () => {
    const group = new Group(three, (id) => bully(id))
    group.ticks(timing.heartbeatTicks)
    group.text()
    group.crash(n3)
    group.ticks(timing.silenceTicks + timing.answerTicks)
    expect(group.text()).toMatchInlineSnapshot(`
      "n1: following to asking, silence
      n2: following to asking, silence
      n1 -> n2 election
      n1 -> n3 election (lost)
      n2 -> n3 election (lost)
      n2 -> n1 answer
      n1: asking to waiting, better-answered
      n2: asking to coordinating, no-better-answered
      n2 -> n1 coordinator
      n1: waiting to following, better-announced (n2)
      n2 -> n3 coordinator (lost)"
    `)
    group.boot(n3)
    group.ticks(1)
    expect(group.text()).toMatchInlineSnapshot(`
      "n3: starting to coordinating, started
      n2 -> n1 coordinator
      n2 -> n3 coordinator
      n3 -> n1 coordinator
      n1: following to following, better-announced (n3)
      n3 -> n2 coordinator
      n2: coordinating to following, better-announced (n3)
      n3 -> n2 coordinator"
    `)
  })

  it('a cut makes two coordinators, and healing makes them one', () => {
    const group = new Group([n1, n2, n3, n4], (id) => bully(id, [n1, n2, n3, n4]))
    group.ticks(1)
    for (const left of [n1, n2]) for (const right of [n3, n4]) group.cut(left, right)
    group.ticks(timing.silenceTicks + timing.answerTicks)
    expect(group.coordinators()).toEqual(['n2', 'n4'])
    group.text()
    group.heal()
    group.ticks(timing.heartbeatTicks)
    expect(group.text()).toMatchInlineSnapshot(`
      "n4 -> n1 coordinator
      n1: following to following, better-announced (n4)
      n4 -> n2 coordinator
      n2: coordinating to following, better-announced (n4)
      n4 -> n3 coordinator"
    `)
    expect(group.coordinators()).toEqual(['n4'])
  })

  it('an answer that is merely late makes two coordinators, with nothing lost', () => {
    const group = new Group([n1, n2], (id) => bully(id, [n1, n2]))
    group.ticksOf(n1, 1 + timing.answerTicks)
    group.ticksOf(n2, 1)
    expect(group.coordinators()).toEqual(['n1', 'n2'])
    group.deliver()
    expect(group.text()).toMatchInlineSnapshot(`
      "n1: starting to asking, started
      n1: asking to coordinating, no-better-answered
      n2: starting to coordinating, started
      n1 -> n2 election
      n1 -> n2 coordinator
      n2 -> n1 coordinator
      n1: coordinating to following, better-announced (n2)
      n2 -> n1 coordinator
      n2 -> n1 coordinator"
    `)
    expect(group.coordinators()).toEqual(['n2'])
  })
})

describe('stories of rank', () => {
  it('all start at once, and the smallest rank wins', () => {
    const group = new Group(three, (id) => ranked(id, ranks))
    group.ticks(1)
    expect(group.text()).toMatchInlineSnapshot(`
      "n1: starting to asking, started
      n2: starting to asking, started
      n3: starting to asking, started
      n1 -> n2 election
      n1 -> n3 election
      n2 -> n1 election
      n2 -> n3 election
      n3 -> n1 election
      n3 -> n2 election
      n2 -> n1 ok
      n3 -> n1 ok
      n1: asking to coordinating, no-better-answered
      n1 -> n2 ok
      n3 -> n2 ok
      n2: asking to waiting, better-answered
      n1 -> n3 ok
      n2 -> n3 ok
      n3: asking to waiting, better-answered
      n1 -> n2 coordinator
      n2: waiting to following, better-announced (n1)
      n1 -> n3 coordinator
      n3: waiting to following, better-announced (n1)"
    `)
  })

  it('the coordinator dies, and the next rank takes over without it', () => {
    const group = new Group(three, (id) => ranked(id, ranks))
    group.ticks(timing.heartbeatTicks)
    group.text()
    group.crash(n1)
    group.ticks(timing.silenceTicks + timing.answerTicks)
    expect(group.text()).toMatchInlineSnapshot(`
      "n2: following to asking, silence
      n3: following to asking, silence
      n2 -> n1 election (lost)
      n2 -> n3 election
      n3 -> n1 election (lost)
      n3 -> n2 election
      n3 -> n2 ok
      n2 -> n3 ok
      n2: asking to coordinating, no-better-answered
      n3: asking to waiting, better-answered
      n2 -> n1 coordinator (lost)
      n2 -> n3 coordinator
      n3: waiting to following, better-announced (n2)"
    `)
    expect(group.choices()).toEqual({ n2, n3: n2 })
  })

  it('a server joins by the list of the reference, and its smaller rank takes over', () => {
    const group = new Group([n2, n3, n4], (id) => ranked(id, id === n4 ? [] : ranks.slice(1)))
    group.ticks(1 + timing.answerTicks)
    group.text()
    const servers = [
      { node: n2, rank: 20 },
      { node: n3, rank: 30 },
      { node: n4, rank: 4 },
    ]
    for (const id of [n2, n3, n4]) group.step(id, { kind: 'list', servers })
    group.ticks(1)
    expect(group.text()).toMatchInlineSnapshot(`
      "n4: starting to asking, started
      n2 -> n4 coordinator
      n2 -> n3 coordinator
      n4 -> n2 election
      n4 -> n3 election
      n2 -> n4 ok
      n3 -> n4 ok
      n4: asking to coordinating, no-better-answered
      n4 -> n2 coordinator
      n2: coordinating to following, better-announced (n4)
      n4 -> n3 coordinator
      n3: following to following, better-announced (n4)"
    `)
  })

  it('one that is cut off disturbs nobody, and coordinates alone', () => {
    const group = new Group(three, (id) => ranked(id, ranks))
    group.ticks(1)
    group.cut(n3, n1)
    group.cut(n3, n2)
    group.ticks(timing.silenceTicks + timing.answerTicks)
    expect(group.coordinators()).toEqual(['n1', 'n3'])
    group.text()
    group.heal()
    group.ticks(timing.heartbeatTicks)
    expect(group.text()).toMatchInlineSnapshot(`
      "n1 -> n2 coordinator
      n1 -> n3 coordinator
      n3: coordinating to following, better-announced (n1)"
    `)
    expect(group.coordinators()).toEqual(['n1'])
  })
})
