import { describe, expect, it } from 'vitest'
import { asciiJson } from './ascii-json.ts'

describe('a text as JSON in ASCII', () => {
  it.each([
    ['plain text', '"plain text"'],
    ['', '""'],
    ['Contrato nº 1', '"Contrato n\\u00ba 1"'],
    ['"\\\b\f\n\r\t', '"\\"\\\\\\b\\f\\n\\r\\t"'],
    ['\u0000\u001f ~\u007f\u0080', '"\\u0000\\u001f ~\\u007f\\u0080"'],
    ['\u{1f41d}', '"\\ud83d\\udc1d"'],
  ])('%j becomes %s', (text, json) => {
    expect(asciiJson(text)).toBe(json)
  })

  it('is read back as it was, whatever it was', () => {
    const all = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).join('')
    const json = asciiJson(all)
    expect(JSON.parse(json)).toBe(all)
    expect(/^[ -~]*$/.test(json)).toBe(true)
  })
})
