import { expect, it } from 'vitest'
import { hunt } from './campaign.ts'
import { shrink } from './shrink.ts'
import { raft } from './subjects/raft/raft.ts'

it('shrinks a find to a handful of faults that still break the same property, in the same way each time', () => {
  const bug = 'leads-on-after-newer-term'
  const { scenario } = hunt(raft, bug, { seed: '1', seedsMax: 2_000 })
  const run = (candidate: NonNullable<typeof scenario>) => raft.run(candidate, bug)
  const found = run(scenario!).verdict
  if (found.kind !== 'failed') throw new Error('a find fails')
  const how = { run, plain: raft.plain }
  const shrunk = shrink(scenario!, found, how)
  expect(scenario!.faults.length).toBeGreaterThan(3)
  expect(shrunk.scenario.faults.length).toBeLessThanOrEqual(2)
  expect(shrunk.scenario.ticksOfTrouble).toBeLessThan(scenario!.ticksOfTrouble)
  expect(run(shrunk.scenario).verdict).toEqual(shrunk.verdict)
  expect(shrunk.verdict.property).toBe(found.property)
  expect(shrink(scenario!, found, how)).toEqual(shrunk)
})
