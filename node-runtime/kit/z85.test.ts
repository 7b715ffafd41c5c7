import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from './assert.ts'
import { fromZ85, toZ85 } from './z85.ts'

describe('Z85', () => {
  it('writes the example of its specification', () => {
    const bytes = new Uint8Array([0x86, 0x4f, 0xd2, 0x6f, 0xb5, 0x59, 0xf7, 0x5b])
    expect(toZ85(bytes)).toBe('HelloWorld')
    expect(fromZ85('HelloWorld')).toEqual(bytes)
  })

  it('gives back what it was given, a view into a larger buffer included', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 3, maxLength: 68 }), (given) => {
        const bytes = given.subarray(3, given.length - ((given.length - 3) % 4))
        expect(fromZ85(toZ85(bytes))).toEqual(new Uint8Array(bytes))
      }),
    )
  })

  it('takes nothing that is not Z85', () => {
    for (const text of ['Hello', 'HelloWorl', 'Hello World', 'Hell"World', '#####', 'ééééé']) {
      const isText = text === 'Hello'
      expect(fromZ85(text) !== null, text).toBe(isText)
    }
  })

  it('writes whole groups only', () => {
    expect(() => toZ85(new Uint8Array(3))).toThrow(InvariantError)
  })
})
