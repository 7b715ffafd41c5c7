import { describe, expect, it } from 'vitest'
import { assert, InvariantError, unreachable } from './assert.ts'

describe('assert', () => {
  it('lets a true claim pass', () => {
    expect(() => assert(true, 'never said')).not.toThrow()
  })

  it('throws an InvariantError that says what should have been true', () => {
    expect(() => assert(false, 'terms never go back')).toThrow(InvariantError)
    expect(() => assert(false, 'terms never go back')).toThrow('terms never go back')
  })

  it('narrows a type for the lines after it', () => {
    const found: string | undefined = ['a'].find(() => true)
    assert(found !== undefined, 'found')
    expect(found.length).toBe(1)
  })
})

describe('unreachable', () => {
  it('shows the member of the union that nobody handled', () => {
    // Only a value from outside of the types can get there.
    const stranger = { kind: 'new' } as never
    expect(() => unreachable(stranger)).toThrow(InvariantError)
    expect(() => unreachable(stranger)).toThrow('{"kind":"new"}')
  })
})
