import { describe, expect, it } from 'vitest'
import type { ClusterCard } from '#contract/window/topology'
import type { ShopServiceFacts } from '#contract/worker/shop'
import type { NodeId } from '#kit/ids'
import { replicasOf } from './replicas.ts'

const stopped = { state: { kind: 'stopped' }, view: null }
const nodes = (...names: readonly string[]) => names.map((id) => ({ id, role: 'shop-catalog', ...stopped }))
// Of the card only this is looked at.
const shop = (...names: readonly string[]) =>
  ({ nodes: [{ id: 'cart', role: 'shop-cart', ...stopped }, ...nodes(...names)] }) as never as ClusterCard
const facts = (nodeId: string, more: Partial<ShopServiceFacts> = {}): ShopServiceFacts => ({
  nodeId: nodeId as NodeId,
  isLive: true,
  isPrimary: false,
  isLearner: false,
  position: 1,
  answeredInMs: 1,
  heardMsAgo: 1,
  ...more,
})

describe('the replicas of a shop', () => {
  it('are shown with who has come and does not belong to it yet', () => {
    const { rows } = replicasOf(
      [
        facts('c1', { isPrimary: true }),
        facts('c2', { isLive: false }),
        facts('c3', { isLearner: true }),
        facts('cart'),
      ],
      shop('c1', 'c2', 'c3', 'c4'),
    )
    expect(rows.map(({ nodeId, state, isReplica }) => [nodeId, state, isReplica])).toEqual([
      ['c1', 'primary', true],
      ['c2', 'silent', true],
      ['c3', 'learner', true],
      ['cart', 'live', false],
      ['c4', 'coming', true],
    ])
  })

  it('learn as soon as who leads says so, also before the gateway has heard of them', () => {
    const leads = (id: string, term: number, learners: readonly string[]) => ({
      ...{ id, role: 'shop-catalog', state: { kind: 'running' } },
      view: { leadership: { leadership: 'leader', term, learners } },
    })
    const card = { nodes: [leads('c1', 1, []), leads('c2', 2, ['c3', 'c4']), ...nodes('c3', 'c4', 'c5')] }
    const { rows } = replicasOf([facts('c1'), facts('c2'), facts('c3')], card as never as ClusterCard)
    expect(rows.map(({ nodeId, state }) => [nodeId, state])).toEqual([
      ['c1', 'live'],
      ['c2', 'live'],
      ['c3', 'learner'],
      ['c4', 'learner'],
      ['c5', 'coming'],
    ])
  })

  it('are never fewer than a shop begins with, nor more than it has room for', () => {
    const can = (...names: readonly string[]) => {
      const { canAdd, canRemove } = replicasOf([], shop(...names))
      return [canAdd, canRemove]
    }
    expect(can('a', 'b', 'c')).toEqual([true, false])
    expect(can('a', 'b', 'c', 'd')).toEqual([true, true])
    expect(can('a', 'b', 'c', 'd', 'e')).toEqual([false, true])
    expect(replicasOf([], null)).toMatchObject({ canAdd: false, canRemove: false })
  })
})
