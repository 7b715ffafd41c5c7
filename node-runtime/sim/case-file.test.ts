import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultKinds } from '#contract/worker/faults'
import { seedOfRun } from './campaign.ts'
import { caseText, parseCase } from './case-file.ts'
import { drawScenario } from './draw.ts'
import type { Case } from './scenario.ts'
import { raftSubject } from './subjects/raft/raft.ts'

const diskFaults = ['bit-flip', 'lost-tail', 'unnoticed-lost-tail'] as const
const troubled = { ...raftSubject, faultKinds, diskFaults }
const drawn = Array.from({ length: 200 }, (_, run) => drawScenario(troubled, seedOfRun('file', run)))
const value: Case = { broke: 'nothing.', property: 'none', bug: null, scenario: drawn[0]! }

describe('a case file', () => {
  it('brings back every world that can be drawn, with every kind of fault', () => {
    const kinds = new Set<string>()
    for (const scenario of drawn) {
      const read = parseCase(caseText({ ...value, scenario }))
      expect(read).toEqual({ ok: true, value: { ...value, scenario } })
      for (const { fault } of scenario.faults) kinds.add(fault.kind)
    }
    expect([...kinds].sort()).toEqual([...faultKinds, 'bit-flip', 'blink', 'lost-tail'].sort())
  })

  it.each([
    ['no JSON', '{', 'JSON'],
    ['a list', '[]', 'fields'],
    ['no property', text({ property: undefined }), 'property'],
    ['a bug that is no name', text({ bug: 3 }), 'bug'],
    ['no scenario', text({ scenario: undefined }), 'scenario'],
    ['a node twice', scenario({ nodes: ['n1', 'n1'] }), 'nodes'],
    ['no nodes', scenario({ nodes: [] }), 'nodes'],
    ['a thousand nodes', scenario({ nodes: Array.from({ length: 1_000 }, (_, index) => `n${index}`) }), 'nodes'],
    ['endless trouble', scenario({ ticksOfTrouble: 1e12 }), 'ticksOfTrouble'],
    ['a fault on a node that is not there', fault({ kind: 'kill', node: 'n99' }), 'fault 0'],
    ['an unknown fault', fault({ kind: 'earthquake', node: 'n1' }), 'fault 0'],
    ['a fault without an end', fault({ kind: 'kill', node: 'n1' }, { ticks: null }), 'fault 0'],
    ['a timed blink', fault({ kind: 'blink', node: 'n1', nthWrite: 1, isKept: true }), 'fault 0'],
    ['a lost tail of nothing', aimed({ kind: 'lost-tail', nthWrite: 1, writes: 0, isNoticed: true }), 'fault 0'],
    [
      'a longer tail than a disk keeps',
      aimed({ kind: 'lost-tail', nthWrite: 1, writes: 99, isNoticed: true }),
      'fault 0',
    ],
    ['a bit of no row', aimed({ kind: 'bit-flip', nthWrite: 1, row: -1 }), 'fault 0'],
    ['more than all lost', fault({ kind: 'loss', from: 'n1', to: 'n2', percent: 101 }), 'fault 0'],
    ['a link of a node to itself', fault({ kind: 'loss', from: 'n1', to: 'n1', percent: 1 }), 'fault 0'],
    ['weather that flies', scenario({ weather: { ...value.scenario.weather, latencyTicks: 0.5 } }), 'weather'],
  ])('is refused with %s, and says what it needs', (_, broken, need) => {
    const read = parseCase(broken)
    expect(read).toMatchObject({ ok: false, failure: { code: 'bad-request' } })
    expect(read.ok ? '' : read.failure.message).toContain(need)
  })

  it('is refused when it is longer than anybody would write', () => {
    expect(parseCase(' '.repeat(300_000))).toMatchObject({ failure: { code: 'too-large' } })
  })

  it('never throws, whatever the file holds', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (any) => void parseCase(any)))
  })
})

function text(change: object): string {
  return JSON.stringify({ ...value, ...change })
}

function scenario(change: object): string {
  return text({ scenario: { ...value.scenario, nodes: ['n1', 'n2'], absentInCalm: [], faults: [], ...change } })
}

function fault(what: object, timing: object = {}): string {
  return scenario({ faults: [{ at: 0, ticks: 1, fault: what, ...timing }] })
}

function aimed(what: object): string {
  return fault({ node: 'n1', ...what }, { at: null })
}
