import { expect, it } from 'vitest'
import { formatPolicy } from '#cores/notary/receipt/policy'
import { plainVerifyEd25519 } from '#kit/ed25519'
import { toHex } from '#kit/hex'
import { plainSha256 } from '#kit/sha256'
import { madeNotary, madeReceipt, madeRecord } from '../../cores/notary/receipt/testing/made-notary.ts'
import { judgeWith } from './judge.ts'

const judge = judgeWith({ sha256: plainSha256, verify: plainVerifyEd25519 })

it('reads a policy that an editor gave other line ends, and judges by it', () => {
  const notary = madeNotary(3)
  const policy = formatPolicy(notary.policy)
  const edited = `\ufeff${policy.replaceAll('\n', '\r\n')}\r\n`
  expect(judge.readPolicy(edited)).toEqual(judge.readPolicy(policy))
  const receipt = { text: madeReceipt(notary), sha256: toHex(madeRecord(3).sha256), policies: [edited] }
  expect(judge.check(receipt)).toMatchObject({ kind: 'proven' })
})
