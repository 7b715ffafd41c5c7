import { describe, expect, it } from 'vitest'
import { fold, missing, printable } from './lettering.ts'

const letters = new Set([...' abcdefghijklmnopqrstuvwxyzç…'].map((letter) => letter.codePointAt(0) ?? 0))
const column = { width: 10, linesMax: 3, widthOf: (text: string) => text.length }

describe('printable letters', () => {
  it('stand as they are, and each of the others as one sign that is counted', () => {
    expect(printable('abc', letters)).toEqual({ text: 'abc', missing: 0 })
    expect(printable('aΩ🐝b\n', letters)).toEqual({ text: `a${missing}${missing}b${missing}`, missing: 3 })
    expect(printable(missing, letters).missing).toBe(1)
  })

  it('are composed when a file system has taken them apart', () => {
    expect(printable('c\u0327a', letters)).toEqual({ text: 'ça', missing: 0 })
  })
})

describe('folding', () => {
  it('breaks between words where it can', () => {
    expect(fold('one two three four', column)).toEqual({ lines: ['one two', 'three four'], isCut: false })
  })

  it('breaks within a word where it must', () => {
    expect(fold('a bcdefghijklmnopq r', column).lines).toEqual(['a', 'bcdefghijk', 'lmnopq r'])
  })

  it('cuts what does not fit into its lines, and shows that it did', () => {
    const { lines, isCut } = fold('one two three four five six seven eight', column)
    expect(lines).toEqual(['one two', 'three four', 'five six…'])
    expect(isCut).toBe(true)
    expect(fold('x'.repeat(40), column).lines.at(-1)).toBe('xxxxxxxxx…')
  })

  it('makes one line of nothing', () => {
    expect(fold('', column)).toEqual({ lines: [''], isCut: false })
  })
})
