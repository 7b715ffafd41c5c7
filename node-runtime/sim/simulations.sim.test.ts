import { describe, expect, it } from 'vitest'
import { hunt, runCampaign, seedOfRun } from './campaign.ts'
import { simulations } from './subjects/all.ts'

/** Whole replicas cost more than bare cores, and most of what they could break a core breaks sooner. */
const runsOf: Readonly<Record<string, number>> = {
  replica: 60,
  notary: 100,
  ring: 100,
  chat: 60,
  'chat-everyone': 100,
  shop: 60,
}
const runsWanted = process.env.SIM_RUNS === undefined ? null : Number(process.env.SIM_RUNS)
/** By hand and at night the seeds are of the day, so that new worlds are seen. */
const seed = process.env.SIM_SEED ?? '1'
const seedsPerBugMax = 2_000

describe.each([...simulations.values()])('$core', (simulation) => {
  const runs = runsWanted ?? runsOf[simulation.core] ?? 300
  const npmRun = `npm run sim -- --core ${simulation.core}`

  it(`keeps every property in ${runs} worlds, and comes to every rare place`, () => {
    const { failures, reached } = runCampaign(simulation, { seed, runs, bug: null, endsAtFailure: false })
    const broken = failures.map(
      ({ scenario, verdict }) =>
        `${verdict.property} broke at tick ${verdict.tick}: ${verdict.detail}\nreplay:  ${npmRun} --seed ${scenario.seed} --shrink`,
    )
    expect(broken.join('\n')).toBe('')
    const unreached = [...reached].filter(([, count]) => count === 0).map(([name]) => name)
    expect(unreached, 'rare places that no run came to').toEqual([])
  })

  it('gives the same trace when a seed is played again', () => {
    const hashes = (bug: string | null) =>
      Array.from({ length: 20 }, (_, run) => simulation.run(simulation.draw(seedOfRun(seed, run)), bug).hash)
    const first = hashes(null)
    expect(hashes(null)).toEqual(first)
    expect(new Set(first).size, 'different seeds are different worlds').toBe(20)
  })

  it.each(simulation.bugs)(`finds $name in fewer than ${seedsPerBugMax} seeds, by: $property`, ({ name }) => {
    const { seeds, scenario } = hunt(simulation, name, { seed: '1', seedsMax: seedsPerBugMax })
    expect(seeds, `${npmRun} --bug ${name}`).not.toBeNull()
    expect(seeds).toBeLessThan(seedsPerBugMax)
    // What a bug broke must hold without it, or the find says nothing about the bug.
    expect(scenario === null ? null : simulation.run(scenario, null).verdict).toEqual({ kind: 'passed' })
  })
})

it('has a planted bug for every property of the raft core', () => {
  const raft = simulations.get('raft')!
  const noticed = new Set(raft.bugs.map(({ property }) => property))
  expect([...noticed].sort()).toEqual([...raft.properties].sort())
})

it.each(['bully', 'rank', 'berkeley', 'chosen-raft', 'notary', 'ring', 'chat', 'chat-everyone', 'shop'])(
  'has a planted bug for every property of %s',
  (core) => {
    const { bugs, properties } = simulations.get(core)!
    const noticed = new Set(bugs.map(({ property }) => property))
    expect([...noticed].sort()).toEqual([...properties].sort())
  },
)
