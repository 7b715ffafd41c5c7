import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { nodeId } from '#kit/ids'
import { paperLimits } from '#ports/paper'
import { notaryLimits } from '../messages.ts'
import { checkReceipt } from './check.ts'
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

  it('with the longest names of lab, cluster and nodes too fits for up to 5 members, but not for 7', () => {
    const name = 'n'.repeat(31)
    const long = `colmeia.local/${name}/${name}`
    const by = { leader: nodeId(name), term: 3, errorMs: 12 }
    const sizes = [3, 5, 7].map((members) => {
      const notary = madeNotary(members, long)
      const witnesses = notary.witnesses.map((_, index) => madeKey(`${long}/${name}`, 'witness', index))
      return bytesOf(madeLargeReceipt({ ...notary, witnesses }, { ...longest, by }, million))
    })
    expect(sizes).toEqual([2_733, 2_952, 3_171])
    expect(sizes.map((bytes) => bytes <= qrBytesMax)).toEqual([true, true, false])
  })

  it('with everything at its limit fits no QR code, and is a receipt all the same', () => {
    const worst = madeNotary(7, 'o'.repeat(notaryLimits.originBytesMax))
    const leader = { leader: nodeId('n'.repeat(31)), term: 3, errorMs: 12 }
    const receipt = madeLargeReceipt(worst, { ...longest, index: 654_321, by: leader }, 2 ** 40)
    expect(bytesOf(receipt)).toBeGreaterThan(qrBytesMax)
    expect(receipt.length).toBeLessThan(receiptCharsMax)
    expect(checkReceipt({ receipt, sha256: null, policies: [worst.policy], sums }).kind).toBe('proven')
  })
})
