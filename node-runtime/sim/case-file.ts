import { type Fault, faultKinds } from '#contract/worker/faults'
import { idPattern } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import { type AimedFault, type Case, lostWritesMax, type ScenarioFault } from './scenario.ts'
import { networkLimits } from './virtual-network.ts'

/** What one file may ask of the machine that plays it. */
const limits = { textCharsMax: 200_000, nodesMax: 50, faultsMax: 1_000, ticksMax: 1_000_000 } as const

export function caseText(value: Case): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** A case as a file has it. A file comes from a person: what is wrong with it is said, and nothing is thrown. */
export function parseCase(text: string): Result<Case> {
  if (text.length > limits.textCharsMax) return fail('too-large', `a case of ${text.length} characters`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return fail('bad-request', `a case is JSON: ${error instanceof Error ? error.message : 'unreadable'}`)
  }
  const wrong = firstWrong(value)
  // Every field has been looked at by firstWrong.
  return wrong === null ? ok(value as Case) : fail('bad-request', `a case needs ${wrong}`)
}

type Fields = Readonly<Record<string, unknown>>

function firstWrong(value: unknown): string | null {
  if (!isFields(value)) return 'fields'
  if (typeof value.broke !== 'string') return 'a line in "broke" on what it once broke'
  if (typeof value.property !== 'string') return 'the name of a property in "property"'
  if (value.bug !== null && typeof value.bug !== 'string') return 'the name of a planted bug in "bug", or null'
  return isFields(value.scenario) ? wrongInScenario(value.scenario) : 'a scenario'
}

function wrongInScenario(scenario: Fields): string | null {
  const { core, seed, nodes, settings, weather, faults, absentInCalm } = scenario
  if (typeof core !== 'string' || typeof seed !== 'string') return 'a core and a seed'
  if (!isNodes(nodes) || nodes.length === 0 || nodes.length > limits.nodesMax) return 'nodes, each named once'
  if (!isCount(scenario.tickMs, 1, 60_000)) return 'tickMs'
  if (!isCount(scenario.ticksOfTrouble, 0, limits.ticksMax)) return 'ticksOfTrouble'
  if (!isCount(scenario.ticksOfCalmMax, 0, limits.ticksMax)) return 'ticksOfCalmMax'
  if (!isFields(settings) || !Object.values(settings).every((size) => isCount(size, 0, limits.ticksMax)))
    return 'settings, each a whole number'
  if (!isFields(weather) || !isWeather(weather)) return 'weather'
  const known = new Set(nodes)
  if (!isNodes(absentInCalm) || !absentInCalm.every((node) => known.has(node))) return 'absentInCalm, from its nodes'
  if (!Array.isArray(faults) || faults.length > limits.faultsMax) return 'faults'
  const bad = faults.findIndex((fault) => !isScenarioFault(fault, known))
  return bad === -1 ? null : `sense in fault ${bad}`
}

function isWeather({ latencyTicks, jitterTicks, lossPercent, copyPercent }: Fields): boolean {
  const areDelays = [latencyTicks, jitterTicks].every((ticks) => isCount(ticks, 0, networkLimits.delayTicksMax))
  return areDelays && isPercent(lossPercent) && isPercent(copyPercent)
}

function isScenarioFault(value: unknown, nodes: ReadonlySet<string>): value is ScenarioFault {
  if (!isFields(value) || !isFields(value.fault) || !isCount(value.ticks, 1, limits.ticksMax)) return false
  const { fault, at } = value
  const aimed = aimedKinds.find((kind) => kind === fault.kind)
  if (aimed === undefined) return isCount(at, 0, limits.ticksMax) && isFault(fault, nodes)
  const isAimed = at === null && isOneOf(fault.node, nodes) && isCount(fault.nthWrite, 1, limits.ticksMax)
  return isAimed && aimedShapes[aimed](fault)
}

const aimedShapes = {
  blink: ({ isKept }) => typeof isKept === 'boolean',
  'lost-tail': ({ writes, isNoticed }) => isCount(writes, 1, lostWritesMax) && typeof isNoticed === 'boolean',
  'bit-flip': ({ row }) => isCount(row, 0, limits.ticksMax),
} as const satisfies Record<AimedFault['fault']['kind'], (fault: Fields) => boolean>

const aimedKinds = ['blink', 'lost-tail', 'bit-flip'] as const

/** `satisfies` keeps this table as long as the contract's list of faults. */
const faultShapes = {
  kill: (fault, nodes) => isOneOf(fault.node, nodes),
  pause: (fault, nodes) => isOneOf(fault.node, nodes),
  'full-disk': (fault, nodes) => isOneOf(fault.node, nodes),
  'slow-disk': (fault, nodes) => isOneOf(fault.node, nodes) && isMs(fault.ms),
  skew: (fault, nodes) => isOneOf(fault.node, nodes) && Number.isInteger(fault.ms),
  cut: (fault, nodes) =>
    typeof fault.both === 'boolean' &&
    [fault.from, fault.to].every((side) => isNodes(side) && side.every((node) => nodes.has(node))),
  delay: (fault, nodes) => isLink(fault, nodes) && isMs(fault.ms) && isMs(fault.jitterMs),
  loss: (fault, nodes) => isLink(fault, nodes) && isPercent(fault.percent),
  duplicate: (fault, nodes) => isLink(fault, nodes) && isPercent(fault.percent),
} as const satisfies Record<Fault['kind'], (fault: Fields, nodes: ReadonlySet<string>) => boolean>

function isFault(fault: Fields, nodes: ReadonlySet<string>): boolean {
  const kind = faultKinds.find((known) => known === fault.kind)
  return kind !== undefined && faultShapes[kind](fault, nodes)
}

function isLink(fault: Fields, nodes: ReadonlySet<string>): boolean {
  return isOneOf(fault.from, nodes) && isOneOf(fault.to, nodes) && fault.from !== fault.to
}

function isOneOf(value: unknown, nodes: ReadonlySet<string>): boolean {
  return typeof value === 'string' && nodes.has(value)
}

function isNodes(value: unknown): value is readonly string[] {
  if (!Array.isArray(value)) return false
  return value.every((node) => typeof node === 'string' && idPattern.test(node)) && new Set(value).size === value.length
}

function isMs(value: unknown): boolean {
  return isCount(value, 0, limits.ticksMax)
}

function isPercent(value: unknown): boolean {
  return isCount(value, 0, 100)
}

function isCount(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
