import { describe, expect, it } from 'vitest'
import { Group, timing } from './testing/group.ts'

/** n1 leads, n3 was away while a, b and c were written, and nobody has the log from before c any more. */
function leftBehind(): Group {
  const group = new Group()
  group.elect('n1')
  group.isolate('n3')
  group.propose('n1', 'a', 'b', 'c')
  group.deliver()
  for (const id of ['n1', 'n2']) group.step(id, { kind: 'compact', upTo: 4 })
  group.pass(timing.electionTicksMin, ['n1', 'n2'])
  group.heal()
  group.text()
  return group
}

describe('stories of a snapshot', () => {
  it('three chunks: one is lost, the peer restarts in the middle, and goes on where it was', () => {
    const group = leftBehind()
    group.passUntil('snapshot-answer')
    group.passUntil('snapshot-chunk')
    group.lose('snapshot-chunk')
    group.restart('n3')
    group.pass(timing.electionTicksMin + timing.heartbeatTicks)
    expect(group.story()).toMatchInlineSnapshot(`
      "n1: a snapshot of 4 for n3
      n1 -> n3 snapshot-chunk term 1 of 4/1 number 0
      n3 -> n1 snapshot-answer term 1 wants 1
      n1 -> n3 snapshot-chunk term 1 of 4/1 number 1 (lost)
      n1 -> n3 snapshot-chunk term 1 of 4/1 number 1
      n3 -> n1 snapshot-answer term 1 wants 2
      n1 -> n3 snapshot-chunk term 1 of 4/1 number 2, the last
      n3: snapshot of 4 installed
      n3 -> n1 snapshot-answer term 1 has all
      n1 -> n3 commit term 1 up to 4"
    `)
    expect(group.disk('n3')).toMatchObject({ commands: ['a', 'b', 'c'], applied: { end: { index: 4, term: 1 } } })
  })

  it('a state that has moved too far is sent from the beginning again', () => {
    const group = leftBehind()
    group.passUntil('snapshot-answer')
    group.forgetSnapshots('n1')
    group.deliver()
    expect(group.story()).toMatchInlineSnapshot(`
      "n1: a snapshot of 4 for n3
      n1 -> n3 snapshot-chunk term 1 of 4/1 number 0
      n3 -> n1 snapshot-answer term 1 wants 1
      n1: a snapshot of 4 for n3
      n1 -> n3 snapshot-chunk term 1 of 4/1 number 0
      n3 -> n1 snapshot-answer term 1 wants 1
      n1 -> n3 snapshot-chunk term 1 of 4/1 number 1
      n3 -> n1 snapshot-answer term 1 wants 2
      n1 -> n3 snapshot-chunk term 1 of 4/1 number 2, the last
      n3: snapshot of 4 installed
      n3 -> n1 snapshot-answer term 1 has all
      n1 -> n3 commit term 1 up to 4"
    `)
    expect(group.disk('n3').commands).toEqual(['a', 'b', 'c'])
  })
})
