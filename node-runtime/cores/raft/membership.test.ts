import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { changed, decodeMembership, encodeMembership, founded, membersMax } from './membership.ts'
import { n1, n2, n3, n4 } from './testing/one-core.ts'

const three = founded([n1, n2, n3])

describe('a membership', () => {
  it('stands in order of names, whoever is named first', () => {
    expect(founded([n3, n1, n2])).toEqual(three)
    expect(decodeMembership(encodeMembership(three.toReversed()))).toEqual(three)
  })

  it('MB4 takes in a learner under its incarnation, and makes it a voter', () => {
    const grown = changed(three, { kind: 'add', node: n4, incarnation: 9 })
    expect(grown?.at(-1)).toEqual({ node: n4, incarnation: 9, isVoter: false })
    expect(changed(grown!, { kind: 'promote', node: n4 })?.at(-1)).toEqual({ node: n4, incarnation: 9, isVoter: true })
  })

  it('is smaller by one who is removed', () => {
    expect(changed(three, { kind: 'remove', node: n2 })?.map(({ node }) => node)).toEqual([n1, n3])
  })

  it.each([
    ['a member, in whatever life', three, { kind: 'add', node: n2, incarnation: 5 } as const],
    ['one more than there may be', crowd(), { kind: 'add', node: n1, incarnation: 1 } as const],
    ['a voter once more', three, { kind: 'promote', node: n2 } as const],
    ['a stranger as a voter', three, { kind: 'promote', node: n4 } as const],
    ['a stranger away', three, { kind: 'remove', node: n4 } as const],
    ['the last voter away', founded([n1]), { kind: 'remove', node: n1 } as const],
  ])('does not take %s', (_, membership, change) => {
    expect(changed(membership, change)).toBeNull()
  })

  it('goes through bytes unchanged, and garbage is none', () => {
    for (const membership of [[], three, crowd()])
      expect(decodeMembership(encodeMembership(membership))).toEqual(membership)
    expect(decodeMembership(encodeMembership([...three, ...three]))).toBeNull()
    expect(decodeMembership(Uint8Array.of(...encodeMembership(three), 0))).toBeNull()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const membership = decodeMembership(bytes)
        if (membership !== null) expect(decodeMembership(encodeMembership(membership))).toEqual(membership)
      }),
    )
  })
})

function crowd() {
  return founded(Array.from({ length: membersMax }, (_, count) => nodeId(`m${10 + count}`)))
}
