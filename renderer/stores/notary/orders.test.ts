import { describe, expect, it } from 'vitest'
import type { OutboxOrder } from '#contract/worker/desk'
import { inCalls } from './orders.ts'

const bytes = (text: string): number => new TextEncoder().encode(text).length

describe('calls', () => {
  const text = (id: number, length: number): OutboxOrder => ({
    id: `${id}`,
    document: { kind: 'text', text: 'é'.repeat(length) },
    title: '',
    registrant: '',
  })

  it('keep order and stay below what one call may be', () => {
    const orders = Array.from({ length: 40 }, (_, index) => text(index, 20_000))
    const calls = [...inCalls(orders)]
    expect(calls.flat()).toEqual(orders)
    expect(calls.length).toBeGreaterThan(1)
    for (const documents of calls) expect(bytes(JSON.stringify({ documents }))).toBeLessThan(256 * 1024)
  })

  it('are none for nothing', () => {
    expect([...inCalls([])]).toEqual([])
  })
})
