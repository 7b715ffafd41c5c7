import { describe, expect, it } from 'vitest'
import { faultKinds } from '#contract/worker/faults'
import { seedOfRun } from './campaign.ts'
import { drawScenario } from './draw.ts'
import type { DiskFault } from './subject.ts'
import { raft, raftSubject } from './subjects/raft/raft.ts'

const worlds = Array.from({ length: 1_000 }, (_, run) => raft.draw(seedOfRun('draw', run)))

describe('drawing a world', () => {
  it('is the same for the same seed', () => {
    expect(raft.draw('draw')).toEqual(worlds[0])
  })

  it('draws all sizes, and each part of the weather both with and without', () => {
    expect([...new Set(worlds.map(({ nodes }) => nodes.length))].sort()).toEqual([1, 2, 3, 4, 5, 7])
    for (const part of ['jitterTicks', 'lossPercent', 'copyPercent'] as const) {
      const without = worlds.filter(({ weather }) => weather[part] === 0).length
      expect(without, part).toBeGreaterThan(400)
      expect(without, part).toBeLessThan(700)
    }
  })

  it('leaves every kind of fault out of many worlds, and has it in many', () => {
    const kinds = [...faultKinds.filter((kind) => kind !== 'skew'), 'blink']
    for (const kind of kinds) {
      const having = worlds.filter(({ faults }) => faults.some(({ fault }) => fault.kind === kind)).length
      expect(having, kind).toBeGreaterThan(150)
      expect(having, kind).toBeLessThan(700)
    }
    expect(worlds.filter(({ faults }) => faults.length === 0).length).toBeGreaterThan(10)
  })

  it('has disks lie only for a subject that lists it, and then in every way that it lists', () => {
    const kindsOf = (scenarios: typeof worlds) => scenarios.flatMap(({ faults }) => faults.map(({ fault }) => fault))
    const seeds = Array.from({ length: 300 }, (_, run) => seedOfRun('lies', run))
    const drawn = (...diskFaults: readonly DiskFault[]) =>
      kindsOf(seeds.map((seed) => drawScenario({ ...raftSubject, diskFaults }, seed)))
    const tails = (faults: ReturnType<typeof drawn>) =>
      new Set(faults.flatMap((fault) => (fault.kind === 'lost-tail' ? [fault.isNoticed] : [])))
    expect(drawn().filter(({ kind }) => kind === 'lost-tail' || kind === 'bit-flip')).toEqual([])
    expect(tails(drawn('lost-tail'))).toEqual(new Set([true]))
    expect(tails(drawn('unnoticed-lost-tail'))).toEqual(new Set([false]))
    expect(tails(drawn('lost-tail', 'unnoticed-lost-tail'))).toEqual(new Set([true, false]))
    expect(drawn('bit-flip').some(({ kind }) => kind === 'bit-flip')).toBe(true)
  })

  it('gives every fault an end and a place inside the run, and every cut two sides', () => {
    for (const { faults, ticksOfTrouble, nodes } of worlds) {
      for (const { at, ticks, fault } of faults) {
        expect(ticks).toBeGreaterThan(0)
        if (at !== null) expect(at).toBeLessThan(ticksOfTrouble)
        if (fault.kind !== 'cut') continue
        expect([...fault.from, ...fault.to].sort()).toEqual([...nodes].sort())
        expect(Math.min(fault.from.length, fault.to.length)).toBeGreaterThan(0)
      }
    }
  })

  it('leaves at most a minority out of the calm', () => {
    for (const { absentInCalm, nodes } of worlds) expect(2 * absentInCalm.length).toBeLessThan(nodes.length)
    expect(worlds.some(({ absentInCalm }) => absentInCalm.length > 0)).toBe(true)
  })
})
