import { describe, expect, it } from 'vitest'
import { InvariantError } from './assert.ts'
import { clusterId, faultId, messageId, nodeId } from './ids.ts'

const good = ['n', 'n1', 'notary-1', 'a'.repeat(31)]
const bad = ['', '1n', '-n', 'N1', 'n 1', 'n_1', 'é', 'n/1', '..', 'n1\n', 'a'.repeat(32)]

describe.each([
  ['node', nodeId],
  ['cluster', clusterId],
  ['fault', faultId],
])('the id of a %s', (_, make) => {
  it.each(good)('may be %j', (text) => {
    expect(make(text)).toBe(text)
  })

  it.each(bad)('may not be %j: it would be unsafe as a file name or unclear as a label', (text) => {
    expect(() => make(text)).toThrow(InvariantError)
  })
})

describe('the id of a message', () => {
  it('differs whenever sender or number differ', () => {
    const ids = [
      [nodeId('n1'), 11],
      [nodeId('n11'), 1],
      [nodeId('n1'), 1],
    ] as const
    expect(new Set(ids.map(([from, sequence]) => messageId(from, sequence))).size).toBe(ids.length)
  })
})
