import { describe, expect, it } from 'vitest'
import { fitText, fitUser } from './fitting.ts'

const bytesOf = (text: string): number => new TextEncoder().encode(text).length
const lineBytes = (text: string, user: string): number => 36 + 2 + bytesOf(user) + bytesOf(text)

describe('what a reference peer can take', () => {
  it('TX2 is left as it was said where it can be', () => {
    for (const text of ['', 'olá', 'a>>b', '@Ana oi', 'x'.repeat(1024 - 41)]) expect(fitText(text, 'Ana')).toBe(text)
  })

  it('TX2 has no bar, which would lose it', () => {
    expect(fitText('a|b||', 'Ana')).toBe('a¦b¦¦')
    expect(fitUser('A|na')).toBe('A¦na')
  })

  it('TX2 is never a word of the ring', () => {
    expect(fitText('@EXIT>>1.2.3.4:5>>1.2.3.4:6>>1.2.3.4:7', 'Ana')).not.toContain('>>')
  })

  it('TX2 fits into a line by its bytes, and never ends within a letter', () => {
    for (const letter of ['x', 'ç', '→', '😀']) {
      for (let count = 200; count < 1_100; count += 7) {
        const fitted = fitText(letter.repeat(count), 'Bia')
        expect(lineBytes(fitted, 'Bia')).toBeLessThanOrEqual(1024)
        expect(new Set(fitted.replace(/…$/, ''))).toEqual(new Set([letter]))
        if (fitted.endsWith('…')) expect(lineBytes(fitted, 'Bia')).toBeGreaterThan(1024 - 4)
      }
    }
  })
})
