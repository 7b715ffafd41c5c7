import { describe, expect, it } from 'vitest'
import { formatPolicy } from '#cores/notary/receipt/policy'
import { madeNotary, madeReceipt } from '#cores/notary/receipt/testing/made-notary'
import { documentOfText, type Held, judge, nothingHeld, policyOfText, receiptOfText } from './held.ts'

const notary = madeNotary(3)
const receipt = madeReceipt(notary, 3)
const all: Held = {
  document: documentOfText('document 3'),
  receipt: receiptOfText('r', receipt),
  policy: policyOfText('p', formatPolicy(notary.policy)),
}

describe('what the page holds', () => {
  it('is judged as soon as there is a receipt and nothing is being read', () => {
    expect(judge(nothingHeld)).toBeNull()
    expect(judge({ ...all, receipt: null })).toBeNull()
    expect(judge({ ...all, document: { kind: 'hashing', name: 'd', share: 0.5 } })).toBeNull()
    expect(judge(all)?.kind).toBe('proven')
  })

  it('proves a receipt alone of no document', () => {
    const alone = judge({ ...all, document: { kind: 'unreadable', name: 'd' } })
    expect(alone?.steps[0]).toMatchObject({ check: 'document', outcome: 'not-made' })
  })

  it('approves no key but those of the policy that was given', () => {
    expect(judge({ ...all, policy: null })?.kind).toBe('unknown-keys')
    expect(judge({ ...all, policy: policyOfText('p', 'log') })?.kind).toBe('unknown-keys')
  })

  it('takes a receipt with what clipboards and editors do to its ends', () => {
    for (const text of [receipt.replaceAll('\n', '\r\n'), `\uFEFF${receipt}`, `  ${receipt}\n\n`, receipt.trim()]) {
      expect(judge({ ...all, receipt: receiptOfText('r', text) })?.kind).toBe('proven')
    }
  })

  it('takes a text that was registered to the last space', () => {
    expect(judge({ ...all, document: documentOfText('document 3 ') })?.kind).toBe('other-document')
    expect(documentOfText('').kind).toBe('none')
  })
})
