import { describe, expect, it } from 'vitest'
import { checkReceipt } from '#cores/notary/receipt/check'
import { leastCosignatures, majorityOf, parsePolicy } from '#cores/notary/receipt/policy'
import { decodeText, encodeText } from '#kit/bytes'
import { plainVerifyEd25519 } from '#kit/ed25519'
import type { NodeId } from '#kit/ids'
import { plainSha256 as sha256 } from '#kit/sha256'
import { textOf, VirtualNotary } from './testing/virtual-notary.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const
const counts = [1, 2, 3, 4, 5, 6, 7]

function asked(notary: VirtualNotary, id: NodeId, target: string): string {
  const [path = '', query = ''] = target.split('?')
  const { status, body } = notary.http(id, { path, query: new Map(new URLSearchParams(query)) })
  expect(status, `${target} at ${id}`).toBe(200)
  return decodeText(body) ?? ''
}

/** What each peer that is up says proves this text, and by its own policy of that size does. */
function expectProven(
  notary: VirtualNotary,
  { text, index, size }: { text: string; index: number; size: number },
): void {
  for (const id of notary.up) {
    const policy = parsePolicy(asked(notary, id, `/api/v1/policy?size=${size}`), sha256)!
    const receipt = asked(notary, id, `/api/v1/receipts/${index}`)
    const sums = { sha256, verify: plainVerifyEd25519 }
    const verdict = checkReceipt({ receipt, sha256: sha256(encodeText(text)), policies: [policy], sums })
    expect(verdict.kind, `record ${index} at ${id}`).toBe('proven')
    expect(leastCosignatures(policy)).toBe(majorityOf(notary.members.length))
  }
}

function keysFor(notary: VirtualNotary, size: number): number {
  return notary.found(notary.untilLed(), { kind: 'witnesses', size }).witnesses.length
}

describe('a notary of any number of peers', () => {
  it.each(counts)('of %i registers, and what it registers is proven', (count) => {
    const notary = new VirtualNotary(names.slice(0, count))
    notary.registered(notary.untilLed(), [textOf('one'), textOf('two')])
    notary.untilWitnessed(3)
    expectProven(notary, { text: 'two', index: 2, size: 3 })
    expect(keysFor(notary, 3)).toBe(count)
  })

  it.each(counts.slice(2))('of %i goes on with a bare majority, and with whoever leads next', (count) => {
    const notary = new VirtualNotary(names.slice(0, count))
    notary.registered(notary.untilLed(), [textOf('one')])
    notary.untilWitnessed(2)
    for (let gone = count - majorityOf(count); gone > 0; gone -= 1) notary.powerOff(notary.untilLed())
    notary.registered(notary.untilLed(), [textOf('two')])
    notary.untilWitnessed(3)
    expectProven(notary, { text: 'two', index: 2, size: 3 })
  })

  it.each([2, 4, 6])('of %i registers nothing without more than half of them, and goes on with one more', (count) => {
    const notary = new VirtualNotary(names.slice(0, count))
    const leader = notary.untilLed()
    notary.registered(leader, [textOf('one')])
    notary.untilWitnessed(2)
    const gone = notary.members.filter((id) => id !== leader).slice(0, count / 2)
    for (const id of gone) notary.powerOff(id)
    const results = notary.register(leader, [textOf('two')])
    notary.hosts.until(() => results.length > 0)
    expect(results[0]?.ok).toBe(false)
    notary.boot(gone[0]!, true)
    notary.registered(notary.untilLed(), [textOf('two')])
    notary.untilWitnessed(3)
    expectProven(notary, { text: 'two', index: 2, size: 3 })
  })
})

describe('NT17 members that were never heard', () => {
  it.each(counts.slice(2))('of %i count, and the others co-sign without their keys', (count) => {
    const notary = new VirtualNotary(names.slice(0, count))
    const majority = majorityOf(count)
    const silent = notary.members.slice(majority)
    for (const id of silent) notary.powerOff(id)
    notary.registered(notary.untilLed(), [textOf('one')])
    notary.untilWitnessed(2)
    expect(keysFor(notary, 2)).toBe(majority)
    expectProven(notary, { text: 'one', index: 1, size: 2 })
    for (const id of silent) notary.boot(id)
    notary.hosts.until(() => keysFor(notary, 1_000) === count)
    notary.registered(notary.untilLed(), [textOf('two')])
    notary.untilWitnessed(3)
    expectProven(notary, { text: 'one', index: 1, size: 3 })
    expect(
      [2, 3].map((size) => keysFor(notary, size)),
      'the policy of then is kept',
    ).toEqual([majority, count])
  })
})
