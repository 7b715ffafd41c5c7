import { describe, expect, it } from 'vitest'
import { shareUnchanged } from './share.ts'

describe('sharing what did not change', () => {
  it('gives back the old whole when nothing changed', () => {
    const before = { list: [{ a: 1 }, { b: null }], text: 'x' }
    expect(shareUnchanged(before, structuredClone(before))).toBe(before)
  })

  it('replaces only the path to what changed', () => {
    const before = { left: { a: 1 }, right: [{ b: 1 }, { c: 1 }] }
    const after = shareUnchanged(before, { left: { a: 1 }, right: [{ b: 2 }, { c: 1 }] })
    expect(after).toEqual({ left: { a: 1 }, right: [{ b: 2 }, { c: 1 }] })
    expect(after.left).toBe(before.left)
    expect(after.right[1]).toBe(before.right[1])
    expect(after.right[0]).not.toBe(before.right[0])
  })

  it('notices what went away, and what became null', () => {
    expect(shareUnchanged<unknown>([1, 2], [1])).toEqual([1])
    expect(shareUnchanged<unknown>({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 })
    expect(shareUnchanged<unknown>({ a: { b: 1 } }, { a: null })).toEqual({ a: null })
  })
})
