import { describe, expect, it } from 'vitest'
import { fittingTitle, isFittingRegistrant, orderTextLimits } from './order-text.ts'

const bytes = (text: string): number => new TextEncoder().encode(text).length

describe('a title', () => {
  it('is the name of the file, as one line', () => {
    expect(fittingTitle('folder/contrato.pdf')).toBe('folder/contrato.pdf')
    expect(fittingTitle('two\nlines\t\u009b.txt ')).toBe('two lines .txt')
  })

  it.each(['a', 'ã', '漢', '🐝'])('loses its middle when it is too long, in letters of any size: %s', (letter) => {
    const title = fittingTitle(`begin${letter.repeat(500)}end.pdf`)
    expect(title.length).toBeLessThanOrEqual(orderTextLimits.titleCharsMax)
    expect(bytes(title)).toBeLessThanOrEqual(orderTextLimits.titleBytesMax)
    expect(title).toMatch(/^begin.*….*end\.pdf$/u)
    expect(title).not.toContain('\ufffd')
  })
})

it('a name that others will read must fit', () => {
  expect(isFittingRegistrant('Ana Souza')).toBe(true)
  expect(isFittingRegistrant('漢'.repeat(90))).toBe(false)
})
