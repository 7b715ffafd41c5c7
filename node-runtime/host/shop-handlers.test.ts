import { describe, expect, it } from 'vitest'
import type { NodeCard } from '#contract/window/topology'
import type { Fault } from '#contract/worker/faults'
import type { NodeRequest } from '#contract/worker/protocol'
import type { RaceFault, RaceOrder } from '#contract/worker/shop-races'
import type { OrderForm } from '#contract/worker/shop-shapes'
import { type NodeId, nodeId } from '#kit/ids'
import { ok } from '#kit/result'
import { deskNode } from './desk-handlers.ts'
import type { Lab } from './lab.ts'
import { shopHandlerLimits, shopHandlers } from './shop-handlers.ts'
import { memoryLab } from './testing/memory-lab.ts'

const id = '0'.repeat(32)

function setUp(answer: unknown = null) {
  const { lab, done } = memoryLab()
  const asked: { readonly node: NodeId; readonly request: NodeRequest }[] = []
  const injected: { readonly fault: Fault; readonly forMs: number | null }[] = []
  const [cluster] = lab.topology().clusters
  if (cluster === undefined) throw new Error('a lab has a cluster')
  const nodes = ['primary', 'b', 'c'].map((name) => ({ id: nodeId(name) }) as NodeCard) // nothing else is read here
  const topology = () => ({ ...lab.topology(), clusters: [{ ...cluster, nodes }] })
  const inject: Lab['inject'] = (fault, forMs) => {
    injected.push({ fault, forMs })
    return lab.inject(fault, forMs)
  }
  const ask = async (node: NodeId, request: NodeRequest) => {
    asked.push({ node, request })
    done.push('asked')
    return ok(answer) as never // the answer that the test wants
  }
  return { done, asked, injected, handlers: shopHandlers({ ...lab, ask, inject, topology }) }
}

function race(fault: RaceFault | null): RaceOrder {
  return { id, product: 3, shoppers: 100, units: 1, shopper: 'Comprador', fault }
}

describe('what people do with the shop', () => {
  it('goes to the desk, noted before it happens, and without a word of who ordered', async () => {
    const { handlers, asked, done } = setUp()
    const form: OrderForm = {
      ...{ name: 'Ana', phone: '999', pickupName: 'Bia', pickupDate: null, message: 'Segredo' },
      lines: [{ product: 1, quantity: 1, priceCents: 450 }],
    }
    await handlers['shop.order']({ id, form })
    expect(asked).toEqual([
      { node: deskNode, request: { kind: 'shop', call: { name: 'shop.order', input: { id, form } } } },
    ])
    expect(done).toEqual([`note shop.order ${id}`, 'asked'])
  })

  it('that only looks is not noted', async () => {
    const { handlers, done } = setUp()
    await handlers['shop.cart']({})
    await handlers['shop.replicas']({})
    expect(done).toEqual(['asked', 'asked'])
  })
})

describe('a race', () => {
  const target = nodeId('primary')
  it.each([
    { kind: 'kill', injects: { kind: 'kill', node: target } },
    { kind: 'pause', injects: { kind: 'pause', node: target } },
    { kind: 'slow-disk', injects: { kind: 'slow-disk', node: target, ms: shopHandlerLimits.slowDiskMs } },
    { kind: 'cut', injects: { kind: 'cut', from: [target], to: ['b', 'c'], both: true } },
  ] as const)('has its $kind at the node that the desk names, once it has begun', async ({ kind, injects }) => {
    const fault = { kind, on: 'primary' } as const
    const { handlers, done, injected } = setUp({ ...race(fault), target, isNew: true })
    expect(await handlers['shop.race'](race(fault))).toMatchObject({ ok: true, value: { target } })
    expect(injected).toEqual([{ fault: injects, forMs: shopHandlerLimits.raceFaultMs }])
    expect(done.slice(0, 2)).toEqual([`note shop.race 3 100 ${kind} primary`, 'asked'])
  })

  it.each([
    ['nobody wants to', race(null), target, true],
    ['nobody knows whom', race({ kind: 'kill', on: 'primary' }), null, true],
    ['it had begun before', race({ kind: 'kill', on: 'primary' }), target, false],
  ] as const)('is not disturbed when %s', async (_, order, named, isNew) => {
    const { handlers, injected } = setUp({ ...order, target: named, isNew })
    await handlers['shop.race'](order)
    expect(injected).toEqual([])
  })
})
