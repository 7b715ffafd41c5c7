import { expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { nodeId } from '#kit/ids'
import { CatalogueNodes } from './catalogue-nodes.ts'
import { readStanding } from './standing.ts'

const [one, two, three, four] = ['c-1', 'c-2', 'c-3', 'c-4'].map(nodeId) as [never, never, never, never]
const voters = (...nodes: readonly string[]) => nodes.map((node) => ({ nodeId: nodeId(node), isVoter: true }))

function opened(): CatalogueNodes {
  const nodes = [one, two, three, four]
  return new CatalogueNodes({ nodes, founders: [one, two, three], nowMs: () => 0, isReachable: () => true })
}

const asked = (nodes: CatalogueNodes, times: number) => new Set(Array.from({ length: times }, () => nodes.next([])))
const named = (nodes: CatalogueNodes) => nodes.facts.map(({ nodeId: id, isLearner }) => `${id}${isLearner ? '?' : ''}`)

it('asks those with whom the catalogue began until somebody says who belongs to it', () => {
  const nodes = opened()
  expect(asked(nodes, 9)).toEqual(new Set([one, two, three]))
  expect(named(nodes)).toEqual(['c-1', 'c-2', 'c-3'])
})

it('reads from nobody who only learns, and shows them', () => {
  const nodes = opened()
  nodes.learned([...voters('c-1', 'c-2', 'c-3'), { nodeId: four, isVoter: false }], 7)
  expect(asked(nodes, 9)).toEqual(new Set([one, two, three]))
  expect(named(nodes)).toEqual(['c-1', 'c-2', 'c-3', 'c-4?'])
})

it('reads from who has come, and no more from who has gone', () => {
  const nodes = opened()
  nodes.learned(voters('c-1', 'c-3', 'c-4'), 9)
  expect(asked(nodes, 9)).toEqual(new Set([one, three, four]))
  expect(named(nodes)).toEqual(['c-1', 'c-3', 'c-4'])
})

it('believes nobody who has less of the log than who spoke before, and nobody who belongs to no group', () => {
  const nodes = opened()
  nodes.learned(voters('c-1', 'c-3', 'c-4'), 9)
  nodes.learned(voters('c-1', 'c-2', 'c-3'), 8)
  nodes.learned([], 10)
  nodes.learned([{ nodeId: four, isVoter: false }], 10)
  expect(named(nodes)).toEqual(['c-1', 'c-3', 'c-4'])
})

it('takes what has not the shape of a standing for none', () => {
  const read = (value: unknown) => readStanding(encodeText(typeof value === 'string' ? value : JSON.stringify(value)))
  const members = voters('c-1')
  expect(read({ data: { members, position: 4 } })).toEqual({ members, position: 4 })
  for (const strange of ['', 'no JSON', 'null', [], { data: null }, { data: { members: {}, position: 1 } }])
    expect(read(strange)).toBeNull()
  expect(read({ data: { members, position: '4' } })).toBeNull()
  expect(read({ data: { members: [...members, { nodeId: 'NO NODE' }], position: 4 } })).toBeNull()
})
