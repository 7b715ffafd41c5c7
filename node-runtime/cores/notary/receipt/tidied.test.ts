import { describe, expect, it } from 'vitest'
import { parseReceipt } from './receipt.ts'
import { madeNotary, madeReceipt } from './testing/made-notary.ts'
import { tidied } from './tidied.ts'

const receipt = madeReceipt(madeNotary(3))

describe('a receipt that came by other ways', () => {
  it.each([
    ['a QR reader on the command line', `${receipt}\n`],
    ['a clipboard', `  ${receipt.trimEnd()}`],
    ['an editor', `\uFEFF${receipt.replaceAll('\n', '\r\n')}`],
    ['nobody', receipt],
  ])('is the same after %s', (_, text) => {
    expect(tidied(text)).toBe(receipt)
    expect(parseReceipt(tidied(text))).not.toBeNull()
  })

  it('is not made of one that was changed within', () => {
    expect(parseReceipt(tidied(receipt.replace('\n\n', '\n \n')))).toBeNull()
  })
})
