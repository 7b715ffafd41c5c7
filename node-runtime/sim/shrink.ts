import type { NodeId } from '#kit/ids'
import type { Failure } from './campaign.ts'
import type { RunResult } from './run.ts'
import type { Scenario, ScenarioFault } from './scenario.ts'

const budget = {
  /** Runs that one shrinking may cost. */
  attemptsMax: 6_000,
  /** A smaller schedule may need other luck than the one it was cut from. */
  seedsPerCandidate: 25,
  /** Rounds over all the cuts; each may make room for another. */
  roundsMax: 4,
} as const

export interface Shrunk {
  readonly scenario: Scenario
  readonly verdict: Failure
  readonly attempts: number
}

export interface Shrinking {
  run(scenario: Scenario): RunResult
  /** Settings with which a world has less to it. */
  readonly plain?: Readonly<Record<string, number>>
}

/** Makes a failing scenario smaller. Whatever it gives back was seen to fail with the same property. */
export function shrink(failing: Scenario, found: Failure, how: Shrinking): Shrunk {
  const search = new Search(failing, found, how)
  for (let round = 0; round < budget.roundsMax && search.hasShrunk(); round += 1) {
    search.cutTrouble()
    search.removeFaults()
    search.removeNodes()
    search.shortenFaults()
    search.calmWeather()
    search.plainSettings()
  }
  return search.best
}

class Search {
  readonly #how: Shrinking
  readonly #seed: string
  readonly #property: string
  #best: Scenario
  #verdict: Failure
  #attempts = 0
  #isSmaller = true

  constructor(failing: Scenario, found: Failure, how: Shrinking) {
    this.#how = how
    this.#seed = failing.seed
    this.#property = found.property
    this.#best = failing
    this.#verdict = found
  }

  get best(): Shrunk {
    return { scenario: this.#best, verdict: this.#verdict, attempts: this.#attempts }
  }

  /** Whether anything became smaller since it was last asked. */
  hasShrunk(): boolean {
    const hasShrunk = this.#isSmaller
    this.#isSmaller = false
    return hasShrunk
  }

  cutTrouble(): void {
    const endTick = this.#verdict.tick + 1
    if (endTick < this.#best.ticksOfTrouble) this.#try({ ...this.#best, ticksOfTrouble: endTick })
    // What breaks in calm has no tick to cut at; less trouble before it is tried by halves.
    while (this.#best.ticksOfTrouble > 1) {
      if (!this.#try({ ...this.#best, ticksOfTrouble: Math.floor(this.#best.ticksOfTrouble / 2) })) return
    }
  }

  removeFaults(): void {
    for (let size = this.#best.faults.length; size >= 1; size = Math.floor(size / 2)) {
      let from = 0
      while (from < this.#best.faults.length) {
        const faults = this.#best.faults.toSpliced(from, size)
        if (!this.#try({ ...this.#best, faults })) from += size
      }
    }
  }

  removeNodes(): void {
    if (this.#best.absentInCalm.length > 0) this.#try({ ...this.#best, absentInCalm: [] })
    for (const node of [...this.#best.nodes].reverse()) {
      if (this.#best.nodes.length > 1) this.#try(without(this.#best, node))
    }
  }

  shortenFaults(): void {
    for (let index = 0; index < this.#best.faults.length; index += 1) {
      while (this.#tryFault(index, (fault) => ({ ...fault, ticks: Math.floor(fault.ticks / 2) })));
      while (this.#tryLosingLess(index));
    }
  }

  calmWeather(): void {
    const { weather } = this.#best
    if (weather.copyPercent > 0) this.#try({ ...this.#best, weather: { ...this.#best.weather, copyPercent: 0 } })
    if (weather.lossPercent > 0) this.#try({ ...this.#best, weather: { ...this.#best.weather, lossPercent: 0 } })
    if (weather.jitterTicks > 0) this.#try({ ...this.#best, weather: { ...this.#best.weather, jitterTicks: 0 } })
    if (weather.latencyTicks > 1) this.#try({ ...this.#best, weather: { ...this.#best.weather, latencyTicks: 1 } })
  }

  plainSettings(): void {
    for (const [name, plain] of Object.entries(this.#how.plain ?? {})) {
      const { settings } = this.#best
      if (settings[name] !== undefined && settings[name] !== plain)
        this.#try({ ...this.#best, settings: { ...settings, [name]: plain } })
    }
  }

  #tryFault(index: number, change: (fault: ScenarioFault) => ScenarioFault): boolean {
    const fault = this.#best.faults[index]
    if (fault === undefined || fault.ticks <= 1) return false
    return this.#try({ ...this.#best, faults: this.#best.faults.with(index, change(fault)) })
  }

  #tryLosingLess(index: number): boolean {
    const lost = this.#best.faults[index]
    if (lost === undefined || lost.fault.kind !== 'lost-tail' || lost.fault.writes <= 1) return false
    const less = { ...lost, at: null, fault: { ...lost.fault, writes: lost.fault.writes - 1 } }
    return this.#try({ ...this.#best, faults: this.#best.faults.with(index, less) })
  }

  /** Keeps the candidate if it fails in the same way, under its own luck or another. */
  #try(candidate: Scenario): boolean {
    for (let reroll = 0; reroll < budget.seedsPerCandidate && this.#attempts < budget.attemptsMax; reroll += 1) {
      this.#attempts += 1
      const scenario = reroll === 0 ? candidate : { ...candidate, seed: `${this.#seed}~${reroll}` }
      const { verdict } = this.#how.run(scenario)
      if (verdict.kind !== 'failed' || verdict.property !== this.#property) continue
      const ticksOfTrouble = Math.min(scenario.ticksOfTrouble, verdict.tick + 1)
      this.#best = { ...scenario, ticksOfTrouble }
      this.#verdict = verdict
      this.#isSmaller = true
      return true
    }
    return false
  }
}

function without(scenario: Scenario, gone: NodeId): Scenario {
  const isOther = (node: NodeId): boolean => node !== gone
  return {
    ...scenario,
    nodes: scenario.nodes.filter(isOther),
    absentInCalm: scenario.absentInCalm.filter(isOther),
    faults: scenario.faults.filter((fault) => nodesOf(fault).every(isOther)),
  }
}

function nodesOf({ fault }: ScenarioFault): readonly NodeId[] {
  if ('node' in fault) return [fault.node]
  return [fault.from, fault.to].flat()
}
