import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { nodeId } from '#kit/ids'
import { paperLimits } from '#ports/paper'
import { notaryLimits } from '../messages.ts'
import { checkReceipt } from './check.ts'
import { majorityPolicy } from './policy.ts'
import { receiptCharsMax } from './receipt.ts'
import { madeKey, madeLargeReceipt, madeNotary, madeRecord, sums } from './testing/made-notary.ts'

const bytesOf = (text: string) => encodeText(text).length
const origin = 'colmeia.local/lab/notary'
const qrBytesMax = paperLimits.receiptBytesMax
const million = 1_000_000
const record = madeRecord(654_321, { title: 'T'.repeat(60), registrant: 'Maria Aparecida dos Santos' })
const longest = madeRecord(654_321, {
  title: 'T'.repeat(notaryLimits.titleBytesMax),
  registrant: 'R'.repeat(notaryLimits.registrantBytesMax),
})

describe('RC42 size of a receipt', () => {
  it('of a title of 60 letters among a million, signed by 3 of 5, is 1,902 bytes: one QR code', () => {
    const notary = madeNotary(5, origin)
    const receipt = madeLargeReceipt(notary, record, million)
    expect(checkReceipt({ receipt, sha256: record.sha256, policies: [notary.policy], sums }).kind).toBe('proven')
    expect(bytesOf(receipt)).toBe(1_902)
    expect(bytesOf(receipt)).toBeLessThanOrEqual(qrBytesMax)
  })

  it('with the longest title and registrant still fits for up to 7 members', () => {
    const sizes = [1, 3, 5, 7].map((members) =>
      bytesOf(madeLargeReceipt(madeNotary(members, origin), longest, million)),
    )
    expect(sizes).toEqual([2_300, 2_443, 2_586, 2_729])
    expect(Math.max(...sizes)).toBeLessThanOrEqual(qrBytesMax)
  })

  /** Everything as long as it gets in a notary that is founded now: numbers in a leaf have one length. */
  const longestOf = (members: number, size: number) => {
    const node = 'n'.repeat(31)
    const founded = madeNotary(members, 'o'.repeat(notaryLimits.foundedOriginBytesMax))
    const witnesses = founded.witnesses.map((_, index) => madeKey(`${founded.origin}/${node}`, 'witness', index))
    const policy = majorityPolicy(
      founded.log.key,
      witnesses.map(({ key }) => key),
      members,
    )
    const by = { leader: nodeId(node), term: Number.MAX_SAFE_INTEGER, errorMs: 12 }
    const last = { ...longest, index: 1_234_567, by, lamport: Number.MAX_SAFE_INTEGER }
    const receipt = madeLargeReceipt({ ...founded, witnesses }, last, size)
    expect(checkReceipt({ receipt, sha256: last.sha256, policies: [policy], sums }).kind).toBe('proven')
    return bytesOf(receipt)
  }

  it('with the longest names of lab, cluster and nodes too fits for 1 to 7 members, among two million', () => {
    const sizes = [1, 2, 3, 4, 5, 6, 7].map((members) => longestOf(members, 2 ** 21))
    expect(sizes).toEqual([2_425, 2_599, 2_599, 2_773, 2_773, 2_947, 2_947])
    expect(Math.max(...sizes)).toBeLessThanOrEqual(qrBytesMax)
    expect(longestOf(7, 2 ** 21 + 1), 'one hash more').toBe(2_947 + 45)
  })

  it('of a notary founded under a longer name, with everything at its limit, fits no QR code, and is a receipt all the same', () => {
    const worst = madeNotary(7, 'o'.repeat(notaryLimits.originBytesMax))
    const leader = { leader: nodeId('n'.repeat(31)), term: 3, errorMs: 12 }
    const receipt = madeLargeReceipt(worst, { ...longest, index: 654_321, by: leader }, 2 ** 40)
    expect(bytesOf(receipt)).toBeGreaterThan(qrBytesMax)
    expect(receipt.length).toBeLessThan(receiptCharsMax)
    expect(checkReceipt({ receipt, sha256: null, policies: [worst.policy], sums }).kind).toBe('proven')
  })
})
