import { describe, expect, it } from 'vitest'
import { clusterHealth } from '../../stores/derived/health.ts'
import { FakeLab } from './fake-lab.ts'
import { FakeRing, fakeRingScenes } from './fake-ring.ts'

const healthIn = (scene: (typeof fakeRingScenes)[number]): string => {
  const lab = new FakeLab(1_000_000)
  lab.startAll()
  lab.advance(3_000)
  const { clusters, takenWallMs } = new FakeRing({ scene }).advance(lab.snapshot())
  const ring = clusters.find(({ kind }) => kind === 'ring')
  return ring === undefined ? 'none' : clusterHealth(ring, takenWallMs).word
}

describe('the scripted ring', () => {
  it('stands in the lab as its scene says', () => {
    expect(fakeRingScenes.map(healthIn)).toEqual(['well', 'impaired', 'split', 'impaired'])
  })

  it('gives its history page by page, newest first', () => {
    const calls = new FakeRing({ messages: 25 }).handlers()
    const nodeId = 'ring-1'
    const first = calls['ring.history']({ nodeId, before: null, limit: 20 })
    const rest = calls['ring.history']({ nodeId, before: first.ok ? first.value.next : '', limit: 20 })
    expect(first.ok && [first.value.rows[0]?.text, first.value.total]).toEqual(['message 25', 25])
    expect(rest.ok && [rest.value.rows.at(-1)?.text, rest.value.next]).toEqual(['message 1', null])
  })
})
