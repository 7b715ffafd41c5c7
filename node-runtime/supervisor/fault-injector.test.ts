import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Fault } from '#contract/worker/faults'
import { type NodeId, nodeId } from '#kit/ids'
import { FaultInjector, faultLimits } from './fault-injector.ts'

const [a, b, far] = ['a', 'b', 'far'].map(nodeId) as [NodeId, NodeId, NodeId]

function setUp(down: readonly NodeId[] = []) {
  const story: string[] = []
  const injector = new FaultInjector({
    isNode: (id) => [a, b, far].includes(id),
    isDown: (id) => down.includes(id),
    areLinked: (one, other) => (one === far) === (other === far),
    began: ({ id }) => story.push(`${id} began`),
    ended: ({ id }) => story.push(`${id} ended`),
  })
  const inject = (fault: Fault, forMs: number | null = null) => {
    const injected = injector.inject(fault, forMs)
    if (!injected.ok) throw new Error(injected.failure.code)
    return injected.value
  }
  return { injector, inject, story }
}

describe('fault injector', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('lists a fault with its end, and ends it then and not before', () => {
    const { injector, inject, story } = setUp()
    const pause = inject({ kind: 'pause', node: a }, 500)
    expect(pause.endsWallMs).toBe(pause.sinceWallMs + 500)
    vi.advanceTimersByTime(499)
    expect(injector.active).toEqual([pause])
    vi.advanceTimersByTime(1)
    expect(injector.active).toEqual([])
    expect(story).toEqual(['fault-1 began', 'fault-1 ended'])
  })

  it('keeps a fault without an end until it is cleared, once', () => {
    const { injector, inject, story } = setUp()
    const cut = inject({ kind: 'cut', from: [a], to: [b], both: true })
    vi.advanceTimersByTime(1_000_000_000)
    expect(injector.clear(cut.id)).toEqual({ ok: true, value: null })
    expect(injector.clear(cut.id)).toMatchObject({ failure: { code: 'unknown-fault' } })
    expect(story).toEqual(['fault-1 began', 'fault-1 ended'])
  })

  it('that was cleared early does not end a second time', () => {
    const { injector, inject, story } = setUp()
    injector.clear(inject({ kind: 'pause', node: a }, 500).id)
    vi.advanceTimersByTime(1_000)
    expect(story).toEqual(['fault-1 began', 'fault-1 ended'])
  })

  it('clears all, and never gives an id twice', () => {
    const { injector, inject } = setUp()
    const first = inject({ kind: 'pause', node: a })
    injector.clearAll()
    expect(injector.active).toEqual([])
    expect(inject({ kind: 'pause', node: a }).id).not.toBe(first.id)
  })

  it('ends the kills of one node and nothing else', () => {
    const { injector, inject } = setUp()
    inject({ kind: 'kill', node: a })
    const others = [inject({ kind: 'kill', node: b }), inject({ kind: 'pause', node: a })]
    injector.clearKillsOf(a)
    expect(injector.active).toEqual(others)
    expect([injector.killOf(a), injector.killOf(b)]).toEqual([null, others[0]?.id])
  })

  it.each<[string, Fault, string]>([
    ['a node nobody knows', { kind: 'pause', node: nodeId('nobody') }, 'unknown-node'],
    ['an unknown node in a partition', { kind: 'cut', from: [a], to: [nodeId('x')], both: true }, 'unknown-node'],
    ['a link to itself', { kind: 'delay', from: a, to: a, ms: 1, jitterMs: 0 }, 'does-not-apply'],
    ['nodes that never talk', { kind: 'loss', from: a, to: far, percent: 5 }, 'does-not-apply'],
    ['a skew of nothing', { kind: 'skew', node: a, ms: 0 }, 'does-not-apply'],
    ['the kill of what is down', { kind: 'kill', node: b }, 'node-down'],
  ])('refuses %s, and nothing began', (_, fault, code) => {
    const { injector, story } = setUp([b])
    expect(injector.inject(fault, null)).toMatchObject({ ok: false, failure: { code } })
    expect(story).toEqual([])
  })

  it('refuses one more than its limit, until one has ended', () => {
    const { injector, inject } = setUp()
    const first = inject({ kind: 'pause', node: a })
    for (let count = 1; count < faultLimits.activeMax; count += 1) inject({ kind: 'pause', node: a })
    expect(injector.inject({ kind: 'pause', node: a }, null)).toMatchObject({ failure: { code: 'busy' } })
    injector.clear(first.id)
    expect(injector.inject({ kind: 'pause', node: a }, null).ok).toBe(true)
  })
})
