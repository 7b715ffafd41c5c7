import { describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { Ballot, majorityOf, reachedByMajority } from './quorum.ts'

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(nodeId) as [never, never, never, never]

describe('a majority', () => {
  it('is the smallest number of which any two groups share a member', () => {
    for (let members = 1; members <= 20; members += 1) {
      expect(2 * majorityOf(members)).toBeGreaterThan(members)
      expect(2 * (majorityOf(members) - 1)).toBeLessThanOrEqual(members)
    }
  })
})

describe('what a majority has reached', () => {
  it.each([
    [[], 0],
    [[7], 7],
    [[7, 3], 3],
    [[3, 9, 5], 5],
    [[9, 9, 0], 9],
    [[1, 2, 3, 4], 2],
    [[5, 0, 5, 0, 5], 5],
  ])('of %o is %i', (values, reached) => {
    expect(reachedByMajority(values)).toBe(reached)
  })
})

describe('a ballot', () => {
  it('EL10 is won with a majority, and not before', () => {
    const ballot = new Ballot(4)
    expect([a, b, c].map((voter) => ballot.count(voter, true))).toEqual(['open', 'open', 'won'])
  })

  it('EL10 is lost as soon as those who are left are too few', () => {
    const ballot = new Ballot(4)
    expect(ballot.count(a, true)).toBe('open')
    expect(ballot.count(b, false)).toBe('open')
    expect(ballot.count(c, false)).toBe('lost')
  })

  it('EL10 counts a member once, whatever it says later', () => {
    const ballot = new Ballot(4)
    for (let times = 0; times < 5; times += 1) expect(ballot.count(a, true)).toBe('open')
    expect(ballot.count(b, false)).toBe('open')
    expect(ballot.count(b, true)).toBe('open')
    expect(ballot.count(c, true)).toBe('open')
    expect(ballot.count(d, true)).toBe('won')
  })
})
