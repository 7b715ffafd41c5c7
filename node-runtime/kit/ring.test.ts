import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Ring } from './ring.ts'

describe('a ring', () => {
  it('behaves like a list that forgets at its head, whatever is pushed and taken', () => {
    const step = fc.oneof(fc.constant('push' as const), fc.integer({ min: 0, max: 5 }))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 60 }), (size, steps) => {
        const ring = new Ring<number>(size)
        let list: number[] = []
        let forgotten = 0
        steps.forEach((what, number) => {
          if (what === 'push') {
            ring.push(number)
            list.push(number)
            if (list.length > size) forgotten += 1
            list = list.slice(-size)
          } else {
            expect(ring.take(what)).toEqual(list.slice(0, what))
            list = list.slice(what)
          }
          expect(ring.length).toBe(list.length)
          expect([...ring.newestFirst()]).toEqual([...list].reverse())
        })
        expect(ring.forgotten).toBe(forgotten)
      }),
    )
  })
})
