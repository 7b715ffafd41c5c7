import { describe, expect, it } from 'vitest'
import type { PeerLinkView } from '#contract/worker/view'
import { type NodeId, nodeId } from '#kit/ids'
import { LinkRates } from './link-rates.ts'

const [a, b] = ['a', 'b'].map(nodeId) as [NodeId, NodeId]

function view(sentCount: number, droppedCount = 0): PeerLinkView {
  const received = { receivedCount: 0, receivedBytes: 0, latencyMs: null, heardMsAgo: null }
  return { peer: b, isConnected: true, sentCount, sentBytes: sentCount * 100, droppedCount, ...received }
}

describe('link rates', () => {
  it('are what was sent between two reports, a second', () => {
    const rates = new LinkRates()
    rates.saw(a, [view(10)], 0)
    rates.saw(a, [view(50, 4)], 2_000)
    expect(rates.of(a, b)).toEqual({ messagesPerSecond: 20, bytesPerSecond: 2_000, droppedPerSecond: 2 })
  })

  it('are nothing before there is anything to compare, and for links nobody spoke of', () => {
    const rates = new LinkRates()
    rates.saw(a, [view(10)], 0)
    expect(rates.of(a, b).messagesPerSecond).toBe(0)
    expect(rates.of(b, a).messagesPerSecond).toBe(0)
  })

  it('gather reports that come close together, so that a hurried one makes no peak', () => {
    const rates = new LinkRates()
    rates.saw(a, [view(0)], 0)
    rates.saw(a, [view(10)], 1)
    expect(rates.of(a, b).messagesPerSecond).toBe(0)
    rates.saw(a, [view(20)], 1_000)
    expect(rates.of(a, b).messagesPerSecond).toBe(20)
  })

  it('begin anew with a new life of the worker, whose counts begin at zero', () => {
    const rates = new LinkRates()
    rates.saw(a, [view(1_000)], 0)
    rates.saw(a, [view(2)], 1_000)
    expect(rates.of(a, b).messagesPerSecond).toBe(0)
    rates.saw(a, [view(12)], 2_000)
    expect(rates.of(a, b).messagesPerSecond).toBe(10)
  })
})
