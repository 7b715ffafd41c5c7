import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Heap } from './heap.ts'

describe('a heap', () => {
  it('gives what has the lowest rank, and nothing when it is empty', () => {
    const heap = new Heap<string>()
    heap.add(2, 'b')
    heap.add(1, 'a')
    expect([heap.take(), heap.take(), heap.take()]).toEqual(['a', 'b', null])
  })

  it('gives as a sorted list would, whatever is added and taken in between', () => {
    const step = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.constant(null))
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const heap = new Heap<number>()
        let sorted: number[] = []
        for (const rank of steps) {
          if (rank === null) {
            expect(heap.take()).toBe(sorted[0] ?? null)
            sorted = sorted.slice(1)
          } else {
            heap.add(rank, rank)
            sorted = [...sorted, rank].sort((one, other) => one - other)
          }
          expect(heap.size).toBe(sorted.length)
        }
      }),
    )
  })
})
