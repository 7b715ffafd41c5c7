import { describe, expect, it } from 'vitest'
import type { OutboxOrder } from '#contract/worker/desk'
import { fittingTitle, inCalls, isFittingRegistrant, orderLimits } from './orders.ts'

const bytes = (text: string): number => new TextEncoder().encode(text).length

describe('a title', () => {
  it('is the name of the file, as one line', () => {
    expect(fittingTitle('folder/contrato.pdf')).toBe('folder/contrato.pdf')
    expect(fittingTitle('two\nlines\t.txt ')).toBe('two lines .txt')
  })

  it.each(['a', 'ã', '漢', '🐝'])('loses its middle when it is too long, in letters of any size: %s', (letter) => {
    const title = fittingTitle(`begin${letter.repeat(500)}end.pdf`)
    expect(title.length).toBeLessThanOrEqual(orderLimits.titleCharsMax)
    expect(bytes(title)).toBeLessThanOrEqual(orderLimits.titleBytesMax)
    expect(title).toMatch(/^begin.*….*end\.pdf$/u)
    expect(title).not.toContain('\ufffd')
  })
})

it('a name that others will read must fit', () => {
  expect(isFittingRegistrant('Ana Souza')).toBe(true)
  expect(isFittingRegistrant('漢'.repeat(90))).toBe(false)
})

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
