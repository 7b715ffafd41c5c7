import { describe, expect, it } from 'vitest'
import { type NodeId, nodeId } from '#kit/ids'
import { FaultSchedule } from './fault-schedule.ts'
import { calmWeather, type Scenario, type ScenarioFault } from './scenario.ts'

const [n1, n2, n3] = ['n1', 'n2', 'n3'].map(nodeId) as [NodeId, NodeId, NodeId]

function schedule(faults: readonly ScenarioFault[], more: Partial<Scenario> = {}): FaultSchedule {
  return new FaultSchedule({
    core: 'x',
    seed: 'x',
    tickMs: 10,
    nodes: [n1, n2, n3],
    settings: {},
    weather: calmWeather,
    ticksOfTrouble: 100,
    ticksOfCalmMax: 100,
    faults,
    absentInCalm: [],
    ...more,
  })
}

describe('the fault schedule', () => {
  it('speaks at ticks at which something changes, and at no other', () => {
    const faults = schedule([{ at: 5, ticks: 10, fault: { kind: 'pause', node: n1 } }])
    const changes = Array.from({ length: 120 }, (_, tick) => tick).filter((tick) => faults.changeAt(tick) !== null)
    expect(changes).toEqual([0, 5, 15, 100])
  })

  it('adds up what is on one link: the longest delay, the worst loss', () => {
    const link = { from: n1, to: n2 }
    const inForce = schedule([
      { at: 0, ticks: 9, fault: { kind: 'delay', ...link, ms: 25, jitterMs: 0 } },
      { at: 0, ticks: 9, fault: { kind: 'delay', ...link, ms: 10, jitterMs: 40 } },
      { at: 0, ticks: 9, fault: { kind: 'loss', ...link, percent: 60 } },
      { at: 0, ticks: 9, fault: { kind: 'loss', ...link, percent: 30 } },
      { at: 0, ticks: 9, fault: { kind: 'duplicate', ...link, percent: 5 } },
    ]).changeAt(0)
    const faults = { isCut: false, delayTicks: 3, jitterTicks: 4, lossPercent: 60, duplicatePercent: 5 }
    expect(inForce?.links).toEqual([{ ...link, faults }])
  })

  it('cuts each link between two sides, one way or both, and no link of a node to itself', () => {
    const cut = (both: boolean) =>
      schedule([{ at: 0, ticks: 9, fault: { kind: 'cut', from: [n1, n3], to: [n2, n3], both } }])
        .changeAt(0)
        ?.links.map(({ from, to }) => `${from}>${to}`)
        .sort()
    expect(cut(false)).toEqual(['n1>n2', 'n1>n3', 'n3>n2'])
    expect(cut(true)).toEqual(['n1>n2', 'n1>n3', 'n2>n1', 'n2>n3', 'n3>n1', 'n3>n2'])
  })

  it('a fault that ends leaves the other of its kind in force', () => {
    const faults = schedule([
      { at: 0, ticks: 20, fault: { kind: 'kill', node: n1 } },
      { at: 5, ticks: 5, fault: { kind: 'kill', node: n1 } },
      { at: 0, ticks: 20, fault: { kind: 'skew', node: n1, ms: 70 } },
      { at: 5, ticks: 5, fault: { kind: 'skew', node: n1, ms: -100 } },
    ])
    expect(faults.changeAt(5)?.nodes.get(n1)).toMatchObject({ isKilled: true, skewMs: -30 })
    expect(faults.changeAt(10)?.nodes.get(n1)).toMatchObject({ isKilled: true, skewMs: 70 })
    expect(faults.changeAt(20)?.nodes.get(n1)).toBeUndefined()
  })

  it('has nothing in force in calm but the absence of who is absent', () => {
    const faults = schedule([{ at: 0, ticks: 500, fault: { kind: 'kill', node: n1 } }], { absentInCalm: [n2] })
    expect([...(faults.changeAt(100)?.nodes ?? [])]).toMatchObject([[n2, { isKilled: true }]])
  })
})
