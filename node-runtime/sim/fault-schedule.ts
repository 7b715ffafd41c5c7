import type { Fault } from '#contract/worker/faults'
import type { NodeId } from '#kit/ids'
import type { Scenario, TimedFault } from './scenario.ts'
import type { LinkFaults } from './virtual-network.ts'

/** What all faults of one moment come to for one node. */
export interface NodeFaults {
  isKilled: boolean
  isPaused: boolean
  isDiskFull: boolean
  slowDiskTicks: number
  skewMs: number
}

/** All that is in force at one moment. Links without faults are absent. */
export interface FaultsInForce {
  readonly nodes: ReadonlyMap<NodeId, NodeFaults>
  readonly links: readonly { readonly from: NodeId; readonly to: NodeId; readonly faults: LinkFaults }[]
}

/** Says what is in force when. Faults change at few ticks; at all others there is nothing to work out. */
export class FaultSchedule {
  readonly #scenario: Scenario
  readonly #timed: readonly TimedFault[]
  readonly #changeTicks: ReadonlySet<number>

  constructor(scenario: Scenario) {
    this.#scenario = scenario
    this.#timed = scenario.faults.filter((fault) => fault.at !== null)
    this.#changeTicks = new Set([
      0,
      scenario.ticksOfTrouble,
      ...this.#timed.flatMap(({ at, ticks }) => [at, at + ticks]),
    ])
  }

  /** null: nothing changed since the tick before. */
  changeAt(tick: number): FaultsInForce | null {
    if (!this.#changeTicks.has(tick)) return null
    const isCalm = tick >= this.#scenario.ticksOfTrouble
    // Calm ends every fault, whatever end it carries.
    const active = isCalm ? [] : this.#timed.filter(({ at, ticks }) => at <= tick && tick < at + ticks)
    const inForce = combine(active, this.#scenario)
    if (isCalm) for (const node of this.#scenario.absentInCalm) faultsOf(inForce.nodes, node).isKilled = true
    return { nodes: inForce.nodes, links: [...inForce.links.values()] }
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

interface MutableLink {
  readonly from: NodeId
  readonly to: NodeId
  readonly faults: Mutable<LinkFaults>
}

interface InForce {
  readonly nodes: Map<NodeId, NodeFaults>
  readonly links: Map<string, MutableLink>
}

/** Faults on one node or link add up as in a real cluster: the longest delay, the worst loss. */
function combine(active: readonly TimedFault[], scenario: Scenario): InForce {
  const inForce: InForce = { nodes: new Map(), links: new Map() }
  for (const { fault } of active) {
    if (!addToLinks(inForce, fault, scenario.tickMs)) addToNode(inForce, fault, scenario.tickMs)
  }
  return inForce
}

function addToLinks(inForce: InForce, fault: Fault, tickMs: number): boolean {
  switch (fault.kind) {
    case 'cut':
      for (const from of fault.from) {
        for (const to of fault.to) {
          if (from === to) continue
          linkFaults(inForce, from, to).isCut = true
          if (fault.both) linkFaults(inForce, to, from).isCut = true
        }
      }
      return true
    case 'delay': {
      const link = linkFaults(inForce, fault.from, fault.to)
      link.delayTicks = Math.max(link.delayTicks, inTicks(fault.ms, tickMs))
      link.jitterTicks = Math.max(link.jitterTicks, inTicks(fault.jitterMs, tickMs))
      return true
    }
    case 'loss': {
      const link = linkFaults(inForce, fault.from, fault.to)
      link.lossPercent = Math.max(link.lossPercent, fault.percent)
      return true
    }
    case 'duplicate': {
      const link = linkFaults(inForce, fault.from, fault.to)
      link.duplicatePercent = Math.max(link.duplicatePercent, fault.percent)
      return true
    }
    default:
      return false
  }
}

function addToNode(inForce: InForce, fault: Fault, tickMs: number): void {
  if (!('node' in fault)) return
  const node = faultsOf(inForce.nodes, fault.node)
  if (fault.kind === 'kill') node.isKilled = true
  else if (fault.kind === 'pause') node.isPaused = true
  else if (fault.kind === 'full-disk') node.isDiskFull = true
  else if (fault.kind === 'slow-disk') node.slowDiskTicks = Math.max(node.slowDiskTicks, inTicks(fault.ms, tickMs))
  else node.skewMs += fault.ms
}

function linkFaults(inForce: InForce, from: NodeId, to: NodeId): Mutable<LinkFaults> {
  const key = `${from}>${to}`
  const known = inForce.links.get(key)
  if (known !== undefined) return known.faults
  const faults = { isCut: false, delayTicks: 0, jitterTicks: 0, lossPercent: 0, duplicatePercent: 0 }
  inForce.links.set(key, { from, to, faults })
  return faults
}

function faultsOf(nodes: Map<NodeId, NodeFaults>, node: NodeId): NodeFaults {
  const known = nodes.get(node)
  if (known !== undefined) return known
  const faults = { isKilled: false, isPaused: false, isDiskFull: false, slowDiskTicks: 0, skewMs: 0 }
  nodes.set(node, faults)
  return faults
}

function inTicks(ms: number, tickMs: number): number {
  return Math.ceil(ms / tickMs)
}
