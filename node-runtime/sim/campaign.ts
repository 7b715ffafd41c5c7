import type { Verdict } from './run.ts'
import type { Scenario } from './scenario.ts'
import type { Simulation } from './simulation.ts'

export type Failure = Extract<Verdict, { kind: 'failed' }>

export interface CampaignPlan {
  readonly seed: string
  readonly runs: number
  readonly bug: string | null
  /** A hunt ends with its first find; a campaign counts them all. */
  readonly endsAtFailure: boolean
}

export interface CampaignResult {
  readonly runs: number
  readonly ticks: number
  readonly simulatedMs: number
  readonly failures: readonly { readonly scenario: Scenario; readonly verdict: Failure }[]
  /** How many runs came to each rare place; places nobody came to are there with 0. */
  readonly reached: ReadonlyMap<string, number>
}

/** Failing scenarios that are kept of one campaign; the others are like them. */
const failuresMax = 100

/** The scenario of the n-th run from a seed. The first has the seed itself, so that one run can be asked for alone. */
export function seedOfRun(seed: string, run: number): string {
  return run === 0 ? seed : `${seed}+${run}`
}

export function runCampaign(simulation: Simulation, plan: CampaignPlan): CampaignResult {
  const reached = new Map(simulation.sometimes.map((name) => [name, 0]))
  const failures: { scenario: Scenario; verdict: Failure }[] = []
  let ticks = 0
  let simulatedMs = 0
  let runs = 0
  while (runs < plan.runs && failures.length < (plan.endsAtFailure ? 1 : failuresMax)) {
    const scenario = simulation.draw(seedOfRun(plan.seed, runs))
    const result = simulation.run(scenario, plan.bug)
    runs += 1
    ticks += result.ticks
    simulatedMs += result.ticks * scenario.tickMs
    for (const name of result.reached) reached.set(name, (reached.get(name) ?? 0) + 1)
    if (result.verdict.kind === 'failed') failures.push({ scenario, verdict: result.verdict })
  }
  return { runs, ticks, simulatedMs, failures, reached }
}

export interface Find {
  readonly bug: string
  readonly property: string
  /** How many seeds it took until the property that is meant for it broke; null: not found. */
  readonly seeds: number | null
  readonly scenario: Scenario | null
  readonly tick: number | null
}

/** Looks for a planted bug. Only its own property counts as a find: another one may break by the way. */
export function hunt(simulation: Simulation, bug: string, plan: { seed: string; seedsMax: number }): Find {
  const property = simulation.bugs.find(({ name }) => name === bug)?.property ?? ''
  for (let run = 0; run < plan.seedsMax; run += 1) {
    const scenario = simulation.draw(seedOfRun(plan.seed, run))
    const { verdict } = simulation.run(scenario, bug)
    if (verdict.kind === 'failed' && verdict.property === property)
      return { bug, property, seeds: run + 1, scenario, tick: verdict.tick }
  }
  return { bug, property, seeds: null, scenario: null, tick: null }
}
