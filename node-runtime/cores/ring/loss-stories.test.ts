import { describe, expect, it } from 'vitest'
import { ringOf, timing } from './testing/room.ts'

/** Found out by refusals, told to the leader, looked after by it, and told to all. */
const mendTicksMax = timing.heartbeatTicks + timing.probeTicks

describe('stories: losses of peers that nobody listens for any more', () => {
  it.each([2, 3, 4, 5, 8])('any one of %i', (count) => {
    for (let number = 1; number <= count; number += 1) {
      const room = ringOf(count)
      room.kill(`p${number}`)
      expect(room.passUntil(() => room.isOneRing)).toBeLessThanOrEqual(mendTicksMax)
      expect(room.anomalies).toEqual([])
    }
  })

  it.each([4, 5, 8])('two neighbours of %i, wherever they stand', (count) => {
    for (let number = 1; number <= count; number += 1) {
      const room = ringOf(count)
      const ids = room.order
      room.kill(ids[number - 1]!)
      room.kill(ids[number % count]!)
      expect(room.passUntil(() => room.isOneRing)).toBeLessThanOrEqual(2 * mendTicksMax)
      expect(room.anomalies).toEqual([])
    }
  })

  it('the leader', () => {
    const room = ringOf(3)
    room.kill('p1')
    room.passUntil(() => room.isOneRing)
    expect(room.text()).toMatchInlineSnapshot(`
      "p2 finds p1 dead: refused
      p2 goes over p1 to p3
      p2 begins token 2: leader-dead
      p2 passes token 2 of p2 to p3
      p3 finds p1 dead: refused
      p3 begins token 2: leader-dead
      p3 passes token 2 of p3 to p2
      p2 passes token 2 of p3 to p3
      p3 leads 2/p3/1 of 2: elected
      p2 followed 2/p3/1 of 2"
    `)
  })

  it('a member between two others', () => {
    const room = ringOf(4)
    room.kill('p4')
    room.passUntil(() => room.isOneRing)
    expect(room.text()).toMatchInlineSnapshot(`
      "p1 finds p4 dead: refused
      p1 goes over p4 to p3
      p2 finds p4 dead: refused"
    `)
  })

  it('a joiner in mid-join, before its leader knows and after', () => {
    for (const ticks of [0, 1]) {
      const room = ringOf(3)
      room.start('p4')
      // It has shouted, and asks to be taken in with its next step.
      room.pass(ticks)
      room.kill('p4')
      room.passUntil(() => room.isOneRing)
      room.pass(timing.suspicionTicks)
      expect(room.isOneRing).toBe(true)
      expect(room.facts('p1').view?.members).toHaveLength(3)
    }
  })

  it('the leader of a joiner in mid-join: it finds the next one', () => {
    const room = ringOf(3)
    room.start('p4')
    room.through = (_, __, { kind }) => kind !== 'ring'
    room.pass(1)
    expect(room.facts('p4').state).toBe('joining')
    room.through = () => true
    room.kill('p1')
    room.passUntil(() => room.isOneRing)
    expect(room.facts('p4').view?.members).toHaveLength(3)
  })

  it('one that comes back at once in another life has to join again, a leader too', () => {
    for (const name of ['p1', 'p2', 'p3']) {
      const room = ringOf(3)
      room.kill(name)
      room.start(name)
      room.passUntil(() => room.isOneRing)
      expect(room.facts('p1').view?.members).toHaveLength(3)
      expect(room.anomalies).toEqual([])
    }
  })

  it('all but one: it leads a ring of one', () => {
    const room = ringOf(5)
    for (const name of ['p1', 'p2', 'p3', 'p4']) room.kill(name)
    room.passUntil(() => room.isOneRing)
    expect(room.picture()).toMatch(/^p5 leader \d+\/p5\/\d+ \[p5\] next nobody$/)
  })
})

describe('stories: losses of peers that only fall silent', () => {
  it('a member: suspected, asked about, gone over and taken out, and it joins again when it is back', () => {
    const room = ringOf(4)
    room.cut(['p3'], ['p1', 'p2', 'p4'])
    room.passUntil(() => room.facts('p1').view?.members.length === 3)
    expect(room.textOf('p1', 'p2', 'p4')).toMatchInlineSnapshot(`
      "p2 suspects p3
      p4 suspects p3
      p1 suspects p3
      p2 finds p3 dead: silent
      p4 finds p3 dead: silent
      p4 goes over p3 to p2
      p1 finds p3 dead: silent"
    `)
    room.heal()
    room.passUntil(() => room.isOneRing)
    expect(room.facts('p1').view?.members).toHaveLength(4)
  })

  it('the leader: the others elect another, and it joins their ring when it is back', () => {
    const room = ringOf(4)
    room.cut(['p1'], ['p2', 'p3', 'p4'])
    room.passUntil(() => room.facts('p2').view?.members.length === 3)
    const { view } = room.facts('p2')
    expect(view?.leader).not.toBe(room.facts('p1').id)
    room.heal()
    room.passUntil(() => room.isOneRing)
    expect(room.facts('p1').view?.members).toHaveLength(4)
  })
})

describe('stories: false suspicion', () => {
  it('one whom its watcher alone does not hear is vouched for by others, and stays', () => {
    const room = ringOf(4)
    const [watcher, watched] = [room.order[0]!, room.order[1]!]
    room.cut([watched], [watcher])
    room.uncut(watcher, watched)
    room.pass(2 * timing.suspicionTicks)
    const text = room.text()
    expect(text).toContain(`${watcher} suspects ${watched}\n${watcher} cleared ${watched}`)
    expect(text).not.toContain('dead')
    expect(room.facts(watcher).localHealth).toBeGreaterThan(0)
    room.heal()
    room.passUntil(() => room.isOneRing)
  })

  it.each(['p1', 'p2', 'p4'])('%s stalls for long and accuses nobody when it goes on', (name) => {
    const room = ringOf(4)
    room.pause(name)
    room.pass(timing.suspicionTicks - 1)
    room.text()
    room.resume(name)
    room.pass(timing.suspicionTicks)
    expect(room.textOf(name)).not.toMatch(/suspects|dead|token/)
    room.passUntil(() => room.isOneRing)
  })

  it('one that is late again and again is more patient, and well again when it is not', () => {
    const room = ringOf(3)
    for (let times = 0; times < 20; times += 1) room.step('p2', { kind: 'was-late', ticks: 3 })
    expect(room.facts('p2').localHealth).toBe(8)
    room.pass(6 * timing.heartbeatTicks)
    expect(room.facts('p2').localHealth).toBe(0)
  })
})

describe('stories: split and merge', () => {
  it.each([
    [
      'halves',
      [
        ['p1', 'p2', 'p3'],
        ['p4', 'p5', 'p6'],
      ],
    ],
    [
      'a majority and two',
      [
        ['p1', 'p2', 'p3', 'p4'],
        ['p5', 'p6'],
      ],
    ],
    [
      'three parts',
      [
        ['p1', 'p2'],
        ['p3', 'p4'],
        ['p5', 'p6'],
      ],
    ],
    ['one alone', [['p1', 'p2', 'p3', 'p4', 'p5'], ['p6']]],
  ])('%s each have a ring of their own, and one again with all that was said', (_, sides) => {
    const room = ringOf(6)
    room.cut(...sides)
    room.passUntil(() =>
      sides.every((side) => side.every((name) => room.facts(name).view?.members.length === side.length)),
    )
    for (const [first] of sides) room.say(first!, `of ${first}`)
    room.pass(timing.heartbeatTicks)
    room.heal()
    room.passUntil(() => room.isOneRing)
    room.passUntil(() => room.names.every((name) => room.texts(name).length === sides.length))
    for (const name of room.names) expect(room.texts(name)).toEqual(room.texts('p1'))
    expect(room.anomalies).toEqual([])
  })

  it('the leader that is greater as text takes the other ring in', () => {
    const room = ringOf(4)
    room.cut(['p1', 'p2'], ['p3', 'p4'])
    room.pass(6 * timing.suspicionTicks)
    const greater = room.facts('p3').view?.leader
    room.heal()
    room.passUntil(() => room.isOneRing)
    expect(room.facts('p1').view?.leader).toBe(greater)
  })
})
