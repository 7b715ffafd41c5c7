import { describe, expect, it } from 'vitest'
import { Room, ringOf, timing } from './testing/room.ts'
import { trouble } from './testing/trouble.ts'

describe('stories: coming and going', () => {
  it('one alone leads, and others join behind it', () => {
    const room = new Room()
    room.start('p1')
    room.passUntil(() => room.isOneRing)
    room.start('p2')
    room.start('p3')
    room.passUntil(() => room.isOneRing)
    expect(room.text()).toMatchInlineSnapshot(`
      "p1 leads 1/p1/1 of 1: alone
      p2 joined 1/p1/2 of 2
      p3 joined 1/p1/3 of 3"
    `)
    expect(room.picture()).toMatchInlineSnapshot(`
      "p1 leader 1/p1/3 [p1 p3 p2] next p3
      p2 member 1/p1/3 [p1 p3 p2] next p1
      p3 member 1/p1/3 [p1 p3 p2] next p2"
    `)
  })

  it('eight that start at once are one ring', () => {
    const room = new Room()
    for (let number = 1; number <= 8; number += 1) room.start(`p${number}`)
    room.passUntil(() => room.isOneRing)
    expect(room.anomalies).toEqual([])
  })

  it('a member goes, the leader goes, and nobody is taken for dead', () => {
    const room = ringOf(4)
    room.step('p3', { kind: 'leave' })
    room.passUntil(() => room.isOneRing)
    room.step('p1', { kind: 'leave' })
    room.passUntil(() => room.isOneRing)
    expect(room.text()).toMatchInlineSnapshot(`
      "p1 left p3
      p3 has left
      p4 left p1
      p4 leads 2/p4/1 of 2: handed-over
      p2 followed 2/p4/1 of 2
      p1 has left"
    `)
  })

  it('what only one that goes had said is there when it is gone', () => {
    for (const name of ['p1', 'p3']) {
      const room = ringOf(3)
      room.say(name, 'farewell')
      room.step(name, { kind: 'leave' })
      room.passUntil(() => room.isOneRing && room.names.length === 2)
      for (const other of room.names) expect(room.texts(other)).toEqual(['farewell'])
    }
  })

  it('some join while some leave', () => {
    const room = ringOf(4)
    room.start('p5')
    room.start('p6')
    room.step('p2', { kind: 'leave' })
    room.step('p1', { kind: 'leave' })
    room.pass(1)
    room.step('p5', { kind: 'leave' })
    room.start('p7')
    room.passUntil(() => room.isOneRing)
    expect([...room.names].sort()).toEqual(['p3', 'p4', 'p6', 'p7'])
    expect(room.text()).not.toContain('dead')
    expect(room.anomalies).toEqual([])
  })

  it('the last one goes at once', () => {
    const room = ringOf(1)
    room.step('p1', { kind: 'leave' })
    expect(room.names).toEqual([])
  })

  it('an election that a person asks for gives the ring to the greatest who asks, and nobody is lost', () => {
    const room = ringOf(4)
    room.step('p3', { kind: 'elect' })
    room.step('p2', { kind: 'elect' })
    room.passUntil(() => room.isOneRing)
    expect(room.facts('p1').view?.leader).toBe(room.facts('p3').id)
    expect(room.facts('p1').view?.members).toHaveLength(4)
  })
})

describe('stories: what was said', () => {
  it('a late joiner has everything, in the order of all', () => {
    const room = ringOf(3)
    for (let count = 0; count < 20; count += 1) room.say(`p${1 + (count % 3)}`, `word ${count}`)
    room.pass(1)
    room.start('p4')
    room.passUntil(() => room.isOneRing)
    room.passUntil(() => room.texts('p4').length === 20)
    for (const name of room.names) expect(room.texts(name)).toEqual(room.texts('p4'))
  })

  it('a word that is on its way while any one dies is had by all who live', () => {
    for (const victim of ['p1', 'p2', 'p3', 'p4', 'p5']) {
      const room = ringOf(5)
      const speaker = victim === 'p1' ? 'p2' : 'p1'
      room.say(speaker, 'on its way')
      room.deliverRound()
      room.kill(victim)
      room.passUntil(() => room.isOneRing)
      room.passUntil(() => room.names.every((name) => room.texts(name).length === 1))
    }
  })
})

describe('stories: whatever happens', () => {
  const groups = Array.from({ length: 6 }, (_, group) => group)

  it.each(groups)('then there is calm, and one ring with one history (group %i)', (group) => {
    for (let index = 0; index < 10; index += 1) {
      const seed = `trouble ${10 * group + index}`
      const room = trouble(seed)
      room.passUntil(() => room.isOneRing)
      room.passUntil(() => new Set(room.names.map((name) => room.texts(name).join())).size <= 1)
      room.pass(timing.suspicionTicks)
      expect(room.isOneRing, seed).toBe(true)
      expect(room.anomalies, seed).toEqual([])
    }
  })
})
