import { type FaultRules, noFaults } from '#contract/worker/faults'
import type { DropWhy } from '#contract/worker/trace'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import type { NodeFaults } from './fault-schedule.ts'
import type { AimedFault, Scenario } from './scenario.ts'
import type { Crash, Envelope, NodeHands, Program, Subject, Words } from './subject.ts'
import { VirtualClock } from './virtual-clock.ts'
import { PowerLost, VirtualDisk } from './virtual-disk.ts'
import { VirtualStore } from './virtual-store.ts'

/** Envelopes that wait for a node which sleeps. Past that the newest is dropped. */
const heldMax = 10_000

/** What a node tells the world around it. */
export interface NodeWorld<W extends Words> {
  readonly scenario: Scenario
  readonly subject: Subject<W>
  readonly random: Random
  now(): number
  send(envelope: Envelope<W>): DropWhy | null
  received(envelope: Envelope<W>): void
  noted(node: NodeId, note: W['note']): void
  anomaly(node: NodeId, detail: string): void
  booted(node: NodeId): void
  crashed(crash: Crash<W>): void
}

interface Life<W extends Words> {
  readonly clock: VirtualClock
  readonly program: Program<W>
}

/** A machine: a disk that lasts, and one life of a program after the other. */
export class VirtualNode<W extends Words> {
  readonly id: NodeId
  readonly #world: NodeWorld<W>
  readonly #disk: VirtualDisk
  readonly #files = new Map<string, Uint8Array>()
  #life: Life<W> | null = null
  /** Of the present life; another one once a damaged disk is set aside. */
  #store: VirtualStore | null = null
  /** Counts boots and crashes, so that the hands of a life that is over can be told from those of the present one. */
  #lifeNumber = 0
  #faults: NodeFaults = noNodeFaults
  #areFaultsNews = true
  #offUntilTick = 0
  #hasRun = false
  #hasSlept = false
  #held: Envelope<W>[] = []
  /** What was said while a write was on its way: it leaves when the write has arrived, or never. */
  #unsaid: (() => void)[] = []
  #shown: W['view'] | null = null

  constructor(id: NodeId, world: NodeWorld<W>) {
    this.id = id
    this.#world = world
    this.#disk = new VirtualDisk(() => world.now())
    this.#disk.aim(aimedAt(id, world.scenario))
  }

  /** What an outsider may know of it; null while it is down. */
  get shown(): W['view'] | null {
    return this.#shown
  }

  setFaults(faults: NodeFaults | undefined): void {
    this.#faults = faults ?? noNodeFaults
    this.#areFaultsNews = true
    this.#disk.isFull = this.#faults.isDiskFull
    this.#disk.slowTicks = this.#faults.slowDiskTicks
    if (this.#life !== null) this.#life.clock.skewMs = this.#faults.skewMs
  }

  /** No power cut is aimed at it any more, and one that lasts ends now. */
  calmDown(): void {
    this.#disk.aim([])
    this.#offUntilTick = 0
  }

  /** Switches it on or off as the faults have it. */
  power(): void {
    const isWanted = !this.#faults.isKilled && this.#world.now() >= this.#offUntilTick
    if (isWanted && this.#life === null) this.#boot()
    else if (!isWanted && this.#life !== null) this.#crash(false)
  }

  /** Lets out what waited for the disk, and lets in what waited for the node. */
  wake(): void {
    this.#disk.sync()
    if (!this.#isAwake()) return
    if (this.#unsaid.length > 0) {
      const unsaid = this.#unsaid
      this.#unsaid = []
      for (const say of unsaid) say()
    }
    while (this.#held.length > 0 && this.#isAwake()) {
      const envelope = this.#held.shift()
      if (envelope !== undefined) this.#receive(envelope)
    }
  }

  /** False: no program is there. */
  deliver(envelope: Envelope<W>): boolean {
    if (this.#life === null) return false
    if (this.#isAwake()) this.#receive(envelope)
    else if (this.#held.length < heldMax) this.#held.push(envelope)
    return true
  }

  advance(): void {
    const life = this.#life
    if (life === null) return
    if (!this.#isAwake()) {
      this.#hasSlept = true
      return
    }
    const nowMs = this.#world.now() * this.#world.scenario.tickMs
    const hasSlept = this.#hasSlept
    this.#hasSlept = false
    try {
      if (this.#areFaultsNews) life.program.setFaults(rulesOf(this.#faults))
      this.#areFaultsNews = false
      if (hasSlept) life.clock.wakeAt(nowMs)
      else life.clock.advanceTo(nowMs)
    } catch (error) {
      this.#losePower(error)
    }
    this.#show()
  }

  #isAwake(): boolean {
    return this.#life !== null && !this.#faults.isPaused && !this.#isBusy()
  }

  #isBusy(): boolean {
    return this.#disk.busyUntilTick > this.#world.now()
  }

  #receive(envelope: Envelope<W>): void {
    this.#world.received(envelope)
    try {
      this.#life?.program.receive(envelope.from, envelope.message)
    } catch (error) {
      this.#losePower(error)
    }
  }

  #show(): void {
    // A view that is ahead of the disk would show a term which the next life may not know of.
    if (this.#life !== null && !this.#isBusy()) this.#shown = this.#life.program.view
  }

  #boot(): void {
    const { scenario, subject, random } = this.#world
    const now = this.#world.now()
    this.#lifeNumber += 1
    this.#hasSlept = false
    this.#areFaultsNews = true
    const clock = new VirtualClock(now * scenario.tickMs)
    clock.skewMs = this.#faults.skewMs
    const store = new VirtualStore(this.#disk)
    this.#store = store
    this.#world.booted(this.id)
    try {
      const hands = this.#hands({ clock, store, random: random.fork(`boot ${this.id}@${now}`) })
      this.#life = { clock, program: subject.boot(hands) }
      this.#hasRun = true
    } catch (error) {
      this.#losePower(error)
    }
    this.#show()
  }

  #hands(parts: Pick<NodeHands<W>, 'clock' | 'store' | 'random'>): NodeHands<W> {
    const world = this.#world
    const lifeNumber = this.#lifeNumber
    const mustWait = (): boolean => {
      assert(lifeNumber === this.#lifeNumber, 'a life that is over says nothing')
      return this.#isBusy()
    }
    return {
      ...parts,
      id: this.id,
      scenario: world.scenario,
      send: (to, message) => {
        const envelope = { from: this.id, to, message }
        if (!mustWait()) return world.send(envelope)
        this.#unsaid.push(() => world.send(envelope))
        return null
      },
      damage: this.#disk.isDamaged ? 'found' : 'none',
      hasRun: this.#hasRun,
      setAsideCount: this.#disk.setAsideCount,
      files: this.#files,
      setAside: () => {
        assert(lifeNumber === this.#lifeNumber, 'a life that is over sets nothing aside')
        return this.#beginStoreAnew()
      },
      note: (note) => {
        if (mustWait()) this.#unsaid.push(() => world.noted(this.id, note))
        else world.noted(this.id, note)
      },
      anomaly: (detail) => world.anomaly(this.id, detail),
    }
  }

  #beginStoreAnew(): VirtualStore {
    this.#store?.close()
    this.#disk.setAside()
    this.#store = new VirtualStore(this.#disk)
    return this.#store
  }

  /** The power may go in the middle of any piece of the program. What else it throws is the program's own. */
  #losePower(error: unknown): void {
    if (!(error instanceof PowerLost)) throw error
    this.#offUntilTick = this.#world.now() + error.cause.ticks
    const { fault } = error.cause
    this.#crash(fault.kind !== 'blink' || !fault.isKept)
  }

  #crash(isWriteLost: boolean): void {
    const isTakenBack = this.#disk.losePower()
    this.#store?.close()
    this.#store = null
    this.#life = null
    this.#lifeNumber += 1
    this.#held = []
    this.#unsaid = []
    const view = this.#shown
    this.#shown = null
    this.#world.crashed({ node: this.id, view, isWriteLost: isWriteLost || isTakenBack })
  }
}

const noNodeFaults: NodeFaults = { isKilled: false, isPaused: false, isDiskFull: false, slowDiskTicks: 0, skewMs: 0 }

/** What the program is told. That it sleeps it cannot know: the engine holds it as a stopped process is held. */
function rulesOf({ isDiskFull, skewMs }: NodeFaults): FaultRules {
  return { ...noFaults, isDiskFull, skewMs }
}

function aimedAt(node: NodeId, scenario: Scenario): readonly AimedFault[] {
  return scenario.faults.filter((fault) => fault.at === null).filter(({ fault }) => fault.node === node)
}
