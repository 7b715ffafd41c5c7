import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { FaultSchedule } from './fault-schedule.ts'
import { calmWeather, type Scenario } from './scenario.ts'
import type { Always, Crash, Envelope, Eventually, Moment, Sometimes, Subject, Words } from './subject.ts'
import { TraceHash } from './trace-hash.ts'
import { VirtualNetwork } from './virtual-network.ts'
import { VirtualNode } from './virtual-node.ts'

export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly property: string; readonly tick: number; readonly detail: string }

export interface RunResult {
  readonly verdict: Verdict
  readonly ticks: number
  readonly hash: string
  /** Names of the rare places this run came to. */
  readonly reached: readonly string[]
}

/** What a program that throws has broken: our own state was impossible. */
export const noOwnAssertion = 'no assertion of our own fails'

/** Plays one scenario to its end, or to the first property that breaks. A run owns everything it touches. */
export function runScenario<W extends Words>(
  subject: Subject<W>,
  scenario: Scenario,
  watch?: (moment: Moment<W>) => void,
): RunResult {
  return new Run(subject, scenario, watch).play()
}

class Run<W extends Words> {
  readonly #scenario: Scenario
  readonly #subject: Subject<W>
  readonly #watch: ((moment: Moment<W>) => void) | undefined
  readonly #network: VirtualNetwork<W>
  readonly #nodes: readonly VirtualNode<W>[]
  readonly #nodeOf: ReadonlyMap<NodeId, VirtualNode<W>>
  readonly #schedule: FaultSchedule
  readonly #hash = new TraceHash()
  readonly #moment: Filling<W>
  readonly #always: readonly { readonly name: string; readonly check: ReturnType<Always<W>['start']> }[]
  readonly #eventually: readonly Owed<W>[]
  #sometimes: readonly { readonly name: string; readonly isReached: ReturnType<Sometimes<W>['start']> }[]
  readonly #reached: string[] = []

  constructor(subject: Subject<W>, scenario: Scenario, watch: ((moment: Moment<W>) => void) | undefined) {
    const random = new Random(scenario.seed)
    this.#subject = subject
    this.#scenario = scenario
    this.#watch = watch
    this.#network = new VirtualNetwork(scenario.nodes, scenario.weather, random.fork('network'))
    this.#nodes = scenario.nodes.map((id) => this.#makeNode(id, random.fork('nodes')))
    this.#nodeOf = new Map(this.#nodes.map((node) => [node.id, node]))
    this.#schedule = new FaultSchedule(scenario)
    this.#moment = emptyMoment(scenario)
    this.#always = subject.always.map((property) => ({ name: property.name, check: property.start() }))
    this.#eventually = subject.eventually.map((property) => ({ property, steadyTicks: 0, missing: null }))
    this.#sometimes = subject.sometimes.map((property) => ({ name: property.name, isReached: property.start() }))
  }

  play(): RunResult {
    const ticksTotal = this.#scenario.ticksOfTrouble + this.#scenario.ticksOfCalmMax
    const moment = this.#moment
    for (moment.tick = 0; moment.tick < ticksTotal; moment.tick += 1) {
      const broken = this.#playTick() ?? this.#firstBroken()
      this.#watch?.(moment)
      this.#noteReached()
      if (broken !== null) return this.#finish(broken)
      if (moment.isCalm && this.#isAllPaid()) return this.#finish({ kind: 'passed' })
    }
    return this.#finish(this.#firstOwed())
  }

  /** What a program throws is its own broken state: it is a finding, not the end of the simulator. */
  #playTick(): Verdict | null {
    try {
      this.#tick()
      return null
    } catch (error) {
      const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      return { kind: 'failed', property: noOwnAssertion, tick: this.#moment.tick, detail }
    }
  }

  #tick(): void {
    const moment = this.#moment
    clear(moment)
    this.#changeFaults()
    for (const node of this.#nodes) node.power()
    for (const node of this.#nodes) node.wake()
    for (const envelope of this.#network.due(moment.tick)) {
      this.#hash.add(moment.tick)
      this.#hash.add(envelope.from)
      this.#hash.add(envelope.to)
      this.#hash.add(this.#subject.digest?.(envelope.message) ?? envelope.message)
      if (this.#nodeOf.get(envelope.to)?.deliver(envelope) === false) this.#refuse(envelope)
    }
    for (const node of this.#nodes) node.advance()
    for (const node of this.#nodes) if (node.shown !== null) moment.views.push(node.shown)
  }

  #refuse({ from, to, message }: Envelope<W>): void {
    const refusal = this.#subject.hostSays?.(this.#scenario, message) ?? null
    if (refusal !== null) this.#network.send({ from: to, to: from, message: refusal }, this.#moment.tick)
  }

  #ended(gone: NodeId): void {
    const word = this.#subject.hostSays?.(this.#scenario, null) ?? null
    if (word === null) return
    for (const { id } of this.#nodes)
      if (id !== gone) this.#network.send({ from: gone, to: id, message: word }, this.#moment.tick)
  }

  #changeFaults(): void {
    const { tick } = this.#moment
    if (tick === this.#scenario.ticksOfTrouble) {
      this.#moment.isCalm = true
      this.#network.setWeather(calmWeather)
      for (const node of this.#nodes) node.calmDown()
    }
    const inForce = this.#schedule.changeAt(tick)
    if (inForce === null) return
    this.#network.setFaults(inForce.links)
    for (const node of this.#nodes) node.setFaults(inForce.nodes.get(node.id))
  }

  #firstBroken(): Verdict | null {
    const moment = this.#moment
    for (const { name, check } of this.#always) {
      const detail = check(moment)
      if (detail !== null) return { kind: 'failed', property: name, tick: moment.tick, detail }
    }
    return null
  }

  #noteReached(): void {
    let isAnyReached = false
    for (const { name, isReached } of this.#sometimes) {
      if (!isReached(this.#moment)) continue
      this.#reached.push(name)
      isAnyReached = true
    }
    if (isAnyReached) this.#sometimes = this.#sometimes.filter(({ name }) => !this.#reached.includes(name))
  }

  #isAllPaid(): boolean {
    let isPaid = true
    for (const owed of this.#eventually) {
      owed.missing = owed.property.missing(this.#moment)
      owed.steadyTicks = owed.missing === null ? owed.steadyTicks + 1 : 0
      if (owed.steadyTicks < owed.property.steadyTicks(this.#scenario)) isPaid = false
    }
    return isPaid
  }

  #firstOwed(): Verdict {
    const { tick } = this.#moment
    for (const { property, missing, steadyTicks } of this.#eventually) {
      if (steadyTicks >= property.steadyTicks(this.#scenario)) continue
      return { kind: 'failed', property: property.name, tick, detail: missing ?? 'true only for a moment' }
    }
    return { kind: 'passed' }
  }

  #finish(verdict: Verdict): RunResult {
    return { verdict, ticks: this.#moment.tick, hash: this.#hash.text, reached: this.#reached }
  }

  #makeNode(id: NodeId, random: Random): VirtualNode<W> {
    return new VirtualNode<W>(id, {
      scenario: this.#scenario,
      subject: this.#subject,
      random,
      now: () => this.#moment.tick,
      send: (envelope) => {
        this.#moment.sent.push(envelope)
        return this.#network.send(envelope, this.#moment.tick)
      },
      received: (envelope) => this.#moment.received.push(envelope),
      noted: (node, note) => this.#moment.notes.push({ node, note }),
      anomaly: (node, detail) => this.#moment.anomalies.push({ node, detail }),
      booted: (node) => {
        this.#hash.add(`boot ${node} ${this.#moment.tick}`)
        this.#moment.boots.push(node)
      },
      crashed: (crash) => {
        this.#hash.add(`crash ${crash.node} ${this.#moment.tick}`)
        this.#moment.crashes.push(crash)
        this.#ended(crash.node)
      },
    })
  }
}

interface Owed<W extends Words> {
  readonly property: Eventually<W>
  steadyTicks: number
  missing: string | null
}

/** The one moment of a run. Its lists are emptied and filled again, because a run has many ticks and most are quiet. */
interface Filling<W extends Words> extends Moment<W> {
  tick: number
  isCalm: boolean
  readonly views: W['view'][]
  readonly sent: Envelope<W>[]
  readonly received: Envelope<W>[]
  readonly notes: { readonly node: NodeId; readonly note: W['note'] }[]
  readonly boots: NodeId[]
  readonly crashes: Crash<W>[]
  readonly anomalies: { readonly node: NodeId; readonly detail: string }[]
}

function emptyMoment<W extends Words>(scenario: Scenario): Filling<W> {
  return {
    scenario,
    tick: 0,
    isCalm: false,
    views: [],
    sent: [],
    received: [],
    notes: [],
    boots: [],
    crashes: [],
    anomalies: [],
  }
}

function clear<W extends Words>(moment: Filling<W>): void {
  const { views, sent, received, notes, boots, crashes, anomalies } = moment
  // Most are empty already, and to look is cheaper than to empty.
  for (const list of [views, sent, received, notes, boots, crashes, anomalies]) if (list.length > 0) list.length = 0
}
