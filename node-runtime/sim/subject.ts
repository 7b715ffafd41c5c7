import type { FaultKind, FaultRules } from '#contract/worker/faults'
import type { DropWhy } from '#contract/worker/trace'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import type { Clock } from '#ports/clock'
import type { Store } from '#ports/store'
import type { Scenario } from './scenario.ts'

/** The words of one protocol: what its nodes say, show and note. The engine carries them and understands none. */
export interface Words {
  readonly message: unknown
  readonly view: unknown
  readonly note: unknown
}

/** What a program on a virtual node has in its hands. One life of the node; after a crash there is a new set. */
export interface NodeHands<W extends Words> {
  readonly id: NodeId
  readonly scenario: Scenario
  readonly clock: Clock
  /** Refuses every use with `store-damaged` when damage was found. */
  readonly store: Store
  /** Whether the store, as it was opened, holds less than it had promised. A row that is damaged is found by reading it. */
  readonly damage: 'none' | 'found'
  /** It was up before, as whoever starts it knows: a store with nothing in it has then lost everything. */
  readonly hasRun: boolean
  /** How many stores of this node were set aside before this life. */
  readonly setAsideCount: number
  /** Small files beside the store: there when `set` returns, and kept over crashes and damage of the store. */
  readonly files: Map<string, Uint8Array>
  readonly random: Random
  /** Puts the store out of the way and gives back an empty one that is used instead of it from then on. */
  setAside(): Store
  /** Why it was dropped here; null: it is on its way, or will be when the disk has done its part. */
  send(to: NodeId, message: W['message']): DropWhy | null
  note(note: W['note']): void
  anomaly(detail: string): void
}

/** What runs on a node: a core, and whatever feeds it and performs its outputs. */
export interface Program<W extends Words> {
  readonly view: W['view']
  receive(from: NodeId, message: W['message']): void
  /** Told at boot and at every change, as a worker is. The engine has acted on them already; links are not named. */
  setFaults(rules: FaultRules): void
}

export interface Envelope<W extends Words> {
  readonly from: NodeId
  readonly to: NodeId
  readonly message: W['message']
}

export interface Crash<W extends Words> {
  readonly node: NodeId
  /** What it last showed; null if it died before it could show anything. */
  readonly view: W['view'] | null
  /** Something that its program had given to the disk is gone. */
  readonly isWriteLost: boolean
}

/** All that happened in one tick, as an outsider sees it. It is filled anew each tick: keep values, never the lists. */
export interface Moment<W extends Words> {
  readonly scenario: Scenario
  readonly tick: number
  readonly isCalm: boolean
  /** Of the nodes that are up. What a node has not yet on its disk is not shown. */
  readonly views: readonly W['view'][]
  /** What left a node, also if the network then lost it. */
  readonly sent: readonly Envelope<W>[]
  /** What a node's program was given, at once or after it had slept. */
  readonly received: readonly Envelope<W>[]
  readonly notes: readonly { readonly node: NodeId; readonly note: W['note'] }[]
  readonly boots: readonly NodeId[]
  readonly crashes: readonly Crash<W>[]
  readonly anomalies: readonly { readonly node: NodeId; readonly detail: string }[]
}

/** Must be true at every moment. What `start` gives back remembers one run: the answer is what is wrong, or null. */
export interface Always<W extends Words> {
  readonly name: string
  start(): (moment: Moment<W>) => string | null
}

/** Must become true in calm, and stay so. The answer is what is missing, or null. */
export interface Eventually<W extends Words> {
  readonly name: string
  missing(moment: Moment<W>): string | null
  /** How long it must stay true to be believed. */
  steadyTicks(scenario: Scenario): number
}

/** A rare place that some run must reach; a simulator that never comes there proves nothing about it. */
export interface Sometimes<W extends Words> {
  readonly name: string
  start(): (moment: Moment<W>) => boolean
}

/** What is drawn of lost-tail and bit-flip. A tail that is lost unnoticed breaks promises that no node alone can keep. */
export type DiskFault = 'bit-flip' | 'lost-tail' | 'unnoticed-lost-tail'

/** One protocol as the simulator needs to know it. */
export interface Subject<W extends Words> {
  readonly name: string
  /** Faults that mean something to it. */
  readonly faultKinds: readonly FaultKind[]
  /** Disks that lie, for a protocol that claims to survive them. */
  readonly diskFaults?: readonly DiskFault[]
  readonly always: readonly Always<W>[]
  readonly eventually: readonly Eventually<W>[]
  readonly sometimes: readonly Sometimes<W>[]
  /** What the trace says of a message, for one that is costly to look at whole. Left out: all that is in it. */
  digest?(message: W['message']): number
  /** Those with which there is least to look at when a world is made smaller. */
  readonly plainSettings?: Readonly<Record<string, number>>
  drawSettings(random: Random): Readonly<Record<string, number>>
  /** Long enough for progress under any luck: a false alarm costs more than some idle ticks. */
  ticksOfCalmMax(settings: Readonly<Record<string, number>>): number
  /**
   * What a host that is up says for a program that is not: to whoever speaks to it, and (`spoken` is null) to all others
   * when it has just ended. null, or left out: nothing, as if the host were down as well.
   */
  hostSays?(scenario: Scenario, spoken: W['message'] | null): W['message'] | null
  boot(hands: NodeHands<W>): Program<W>
}

/** The same protocol with one thing wrong, and the property that must notice. */
export interface PlantedBug<W extends Words> {
  readonly name: string
  readonly property: string
  readonly subject: Subject<W>
  /** Its property is decided when all is over: calm must be played to its end, though nothing of it is asked. */
  readonly isJudgedInCalm?: boolean
  /** Plays a run with something replaced that lies deeper than a subject reaches, and puts it back. */
  around?<T>(run: () => T): T
}
