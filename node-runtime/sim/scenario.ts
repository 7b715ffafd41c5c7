import type { Fault } from '#contract/worker/faults'
import type { NodeId } from '#kit/ids'

/** How the network is everywhere and all the time; faults come on top of it. */
export interface Weather {
  readonly latencyTicks: number
  readonly jitterTicks: number
  readonly lossPercent: number
  readonly copyPercent: number
}

/** What the network is once trouble is over: progress is owed then, so nothing may be left to blame. */
export const calmWeather: Weather = { latencyTicks: 1, jitterTicks: 0, lossPercent: 0, copyPercent: 0 }

export interface TimedFault {
  readonly at: number
  readonly ticks: number
  readonly fault: Fault
}

/**
 * Power is lost at the moment of the node's n-th durable write, counted over the whole run. Kept: right after it is on
 * the disk, before anyone hears of it. Not kept: it was on its way and is gone.
 */
export interface Blink {
  readonly kind: 'blink'
  readonly node: NodeId
  readonly nthWrite: number
  readonly isKept: boolean
}

/**
 * A disk that lies: power is lost at the n-th durable write, which is gone, and so are some before it that had returned.
 * Noticed: the mark of the store outlived, so that it is found damaged when it is opened. Not noticed: the node finds
 * its disk as it once was.
 */
export interface LostTail {
  readonly kind: 'lost-tail'
  readonly node: NodeId
  readonly nthWrite: number
  /** How many of those that had returned; at most lostWritesMax. */
  readonly writes: number
  readonly isNoticed: boolean
}

/** From the n-th durable write on, one of the rows that it put cannot be read: what is there is not what was written. */
export interface BitFlip {
  readonly kind: 'bit-flip'
  readonly node: NodeId
  readonly nthWrite: number
  /** Counted round those that the write put. */
  readonly row: number
}

/** How far back a disk can lose what it had promised. */
export const lostWritesMax = 32

/** A fault that is aimed at a moment instead of a tick. The ticks are those without power, where power is lost. */
export interface AimedFault {
  readonly at: null
  readonly ticks: number
  readonly fault: Blink | LostTail | BitFlip
}

export type ScenarioFault = TimedFault | AimedFault

/**
 * A whole run as data. First trouble, in which only safety is checked, then calm, in which progress is owed.
 * It is what a seed is drawn into, what shrinking makes smaller, and what a case file holds.
 */
export interface Scenario {
  readonly core: string
  /** Decides the luck that is left: delays, losses, copies, and what the nodes themselves draw. */
  readonly seed: string
  readonly tickMs: number
  readonly nodes: readonly NodeId[]
  /** Sizes of the core's own, such as its timeouts. */
  readonly settings: Readonly<Record<string, number>>
  readonly weather: Weather
  readonly ticksOfTrouble: number
  readonly ticksOfCalmMax: number
  readonly faults: readonly ScenarioFault[]
  /** Nodes that stay down in calm: the others owe progress without them. */
  readonly absentInCalm: readonly NodeId[]
}

/** A scenario that once broke something, with a line on what. It is run on every test run. */
export interface Case {
  readonly broke: string
  readonly property: string
  /** The planted bug under which it must fail. null: it broke the right core once, and must pass now. */
  readonly bug: string | null
  readonly scenario: Scenario
}
