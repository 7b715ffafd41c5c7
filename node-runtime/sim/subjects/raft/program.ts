import type { FaultRules } from '#contract/worker/faults'
import type { RaftLimits } from '#cores/raft/limits'
import type { RaftConfig, RaftInput, RaftOutput, RaftRole } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import { type Store, StoreFailure } from '#ports/store'
import type { NodeHands, Program } from '../../subject.ts'
import { Client } from './client.ts'
import { configOf, foundersOf, limitsOf } from './config.ts'
import { type Found, RaftDisk } from './disk.ts'
import type { Deed, ProgramParts, RaftMachine } from './parts.ts'
import { type RaftSettings, raftSettingsOf } from './settings.ts'
import { Snapshots } from './snapshots.ts'
import type { DiskNote, RaftNodeView, RaftWords } from './words.ts'

type Began = Extract<DiskNote, { kind: 'restored' }>['why']
type Anew = Exclude<Began, 'boot' | 'write-refused'>

/** A raft core with its disk, its state and a client, fed and obeyed as the pump of a real node does it. */
export class RaftProgram implements Program<RaftWords> {
  readonly #hands: NodeHands<RaftWords>
  readonly #parts: ProgramParts
  readonly #settings: RaftSettings
  readonly #config: Omit<RaftConfig, 'incarnation'>
  readonly #limits: RaftLimits
  readonly #client: Client
  #cores = 0
  #store: Store
  /** It has to begin anew as soon as its disk lets it. */
  #anewDue: Anew | null = null
  #disk: RaftDisk
  #found: Found
  #core: RaftMachine
  #snapshots: Snapshots
  #inbox: RaftInput[] = []
  /** What the core has to hear before anything else. */
  #first: RaftInput[] = []
  #isDiskRefusing = false
  #ticksSinceTrial = 0
  #view: RaftNodeView | null = null
  #role: RaftRole = 'follower'
  #term = 0

  constructor(hands: NodeHands<RaftWords>, parts: ProgramParts) {
    this.#hands = hands
    this.#parts = parts
    this.#settings = raftSettingsOf(hands.scenario.settings)
    this.#config = configOf(hands, this.#settings)
    this.#limits = limitsOf(this.#settings)
    this.#client = new Client(hands, this.#settings, () => this.view.membership)
    this.#store = hands.damage === 'found' ? hands.setAside() : hands.store
    ;[this.#disk, this.#found, this.#core, this.#snapshots] = this.#openFirst()
    if (this.#isDiskRefusing) this.#step([{ kind: 'cannot-write' }])
    hands.clock.every(hands.scenario.tickMs, () => this.#tick())
  }

  get view(): RaftNodeView {
    this.#view ??= {
      ...this.#core.view,
      applied: this.#found.state.mark,
      durableIndex: this.#found.state.durableIndex,
      isServed: this.#client.isServed,
    }
    return this.#view
  }

  receive(from: NodeId, message: RaftWords['message']): void {
    this.#client.heard(from, message.incarnation)
    this.#inbox.push({ kind: 'message', from, message })
    if (this.#inbox.length >= this.#settings.inputsPerStep) this.#drain()
  }

  /** At once and not with the next write: a leader may not write for hours. */
  setFaults(rules: FaultRules): void {
    if (rules.isDiskFull !== this.#isDiskRefusing) this.#tryDisk()
  }

  #tick(): void {
    if (this.#isDiskRefusing) {
      this.#ticksSinceTrial += 1
      if (this.#ticksSinceTrial >= ticksBetweenTrials) this.#tryDisk()
    }
    const wanted = this.#client.tick(this.#found.state, this.#role === 'leader')
    if (this.#inbox.length + wanted.length === 0) return this.#step(justTick)
    this.#inbox.push(...wanted, tick)
    this.#drain()
  }

  #drain(): void {
    const { inputsPerStep } = this.#settings
    const inbox = this.#inbox
    this.#inbox = []
    if (inbox.length <= inputsPerStep) return this.#step(inbox)
    for (let from = 0; from < inbox.length; from += inputsPerStep) this.#step(inbox.slice(from, from + inputsPerStep))
  }

  /** All of it is one step, and so is each thing that it leads to by itself. */
  #step(inputs: readonly RaftInput[]): void {
    // What a tick changes in silence is counted in ticks; nobody here asks for that, and most steps are such ticks.
    if (inputs !== justTick) this.#view = null
    try {
      let hasMore = this.#perform(this.#core.step(inputs))
      while (hasMore || this.#first.length > 0) {
        const first = this.#first
        this.#first = []
        hasMore = this.#perform(this.#core.step(first))
      }
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error
      if (isDamage(error)) this.#beginAnew('damaged')
      else this.#loseDisk()
    }
  }

  #perform(output: RaftOutput): boolean {
    if (isQuiet(output) && !this.#isFlushDue()) return false
    this.#view = null
    if (output.anomaly !== null) this.#hands.anomaly(output.anomaly)
    for (const note of output.notes) if (note.kind === 'role-changed') this.#role = note.to
    this.#term = output.persist?.hard?.term ?? this.#term
    const { order } = this.#parts
    for (const deed of output.goesAhead ? sendingFirst(order) : order) this.#do(deed, output)
    return output.hasMore
  }

  #do(deed: Deed, output: RaftOutput): void {
    switch (deed) {
      case 'keep':
        return this.#keep(output)
      case 'note':
        for (const note of output.notes) this.#hands.note(note)
        return
      case 'send':
        // What goes ahead may happen though this disk refuses it.
        for (const { ref, end } of output.accepted) this.#client.accepted(ref, end.index, end.term)
        for (const { to, message } of output.messages) this.#hands.send(to, message)
        return
      case 'apply':
        return this.#apply(output)
      case 'answer':
        return this.#answer(output)
    }
  }

  #keep({ persist }: RaftOutput): void {
    const isFlushDue = this.#isFlushDue()
    if (persist === null && !isFlushDue) return
    const { state } = this.#found
    // A snapshot that is complete takes the place of the state, whatever was waiting to be written of it.
    const installed = persist?.chunks.find(({ chunk }) => chunk.isLast)
    const isFlushed = isFlushDue && installed === undefined
    this.#parts.keep(this.#disk, { persist, state: isFlushed ? state.toKeep() : null })
    if (isFlushed) state.kept()
    if (installed !== undefined) this.#install()
    if (persist === null) return
    const { durableIndex } = this.#found.state
    const changesMembers = persist.entries.some(({ kind }) => kind === 'members')
    const commitIndex = changesMembers ? this.#core.view.commitIndex : null
    this.#hands.note({ kind: 'kept', persist, durableIndex, commitIndex, ...this.#reign })
    if (installed !== undefined) this.#hands.note({ kind: 'installed', state: this.#found.state.mark })
  }

  #install(): void {
    const { state } = this.#disk.restore()
    this.#found = { ...this.#found, state }
    this.#client.leaptTo(state.index)
  }

  #apply({ committed }: RaftOutput): void {
    if (committed.length === 0) return
    const { state } = this.#found
    for (const entry of committed) state.apply(entry)
    this.#hands.note({ kind: 'applied', entries: committed, state: state.mark, ...this.#reign })
  }

  #answer(output: RaftOutput): void {
    const client = this.#client
    for (const { ref, why } of output.refused) client.refused(ref, why)
    for (const { index, term } of output.committed) client.applied(index, term)
    for (const { ref, index } of output.reads) client.mayRead(ref, index)
    client.answerReads(this.#found.state)
    for (const order of output.chunksWanted) {
      const found = this.#snapshots.chunk(order, this.#found.state)
      if (found === null) this.#hands.note({ kind: 'snapshot-gone' })
      this.#first.push({ kind: 'chunk', order, found })
    }
    this.#compact()
    if (output.isDisowned) this.#beginAnew('disowned')
  }

  #compact(): void {
    const { baseIndex, lastIndex } = this.#disk
    if (lastIndex - baseIndex <= this.#settings.logMax) return
    const upTo = Math.min(this.#parts.needlessUpTo(this.#found.state), lastIndex - this.#settings.logKept)
    if (upTo > baseIndex) this.#first.push({ kind: 'compact', upTo })
  }

  get #reign(): { readonly term: number; readonly leads: boolean } {
    return { term: this.#term, leads: this.#role === 'leader' }
  }

  #isFlushDue(): boolean {
    const { state } = this.#found
    return !this.#isDiskRefusing && state.index - state.durableIndex >= this.#settings.flushEvery
  }

  #freshIncarnation(): number {
    return 2 + this.#hands.random.fork(`incarnation ${this.#cores}`).below(1_000_000)
  }

  #tryDisk(): void {
    this.#ticksSinceTrial = 0
    const isRefusing = !isDone(() => this.#disk.canWrite())
    if (isRefusing === this.#isDiskRefusing) return
    if (isRefusing) return this.#loseDisk()
    this.#isDiskRefusing = false
    if (this.#anewDue !== null) return this.#beginAnew(this.#anewDue)
    this.#step([{ kind: 'can-write' }])
  }

  /** There is one way back from what could not be done: as after a crash, from the disk. */
  #loseDisk(): void {
    this.#isDiskRefusing = true
    this.#ticksSinceTrial = 0
    this.#client.coreIsGone()
    this.#begin('write-refused')
    this.#step([{ kind: 'cannot-write' }])
  }

  /** What was promised is worth nothing, and whoever promised it is nobody. Until that is on the disk not a word is said. */
  #beginAnew(why: Anew): void {
    this.#client.coreIsGone()
    if (why === 'damaged') this.#store = this.#hands.setAside()
    this.#forget(new RaftDisk(this.#store, []), why === 'damaged' ? 'lost' : why)
    this.#begin(why)
    if (this.#isDiskRefusing) this.#step([{ kind: 'cannot-write' }])
  }

  #forget(disk: RaftDisk, why: Anew): void {
    const isBegun = isDone(() => disk.beginAnew(this.#freshIncarnation()))
    this.#anewDue = isBegun ? null : why
    if (!isBegun) this.#isDiskRefusing = true
  }

  #begin(why: Began): void {
    this.#view = null
    this.#first = []
    try {
      ;[this.#disk, this.#found, this.#core, this.#snapshots] = this.#open(why)
    } catch (error) {
      if (!isDamage(error)) throw error
      this.#beginAnew('damaged')
    }
  }

  #openFirst(): [RaftDisk, Found, RaftMachine, Snapshots] {
    try {
      return this.#open(this.#greet())
    } catch (error) {
      if (!isDamage(error)) throw error
      this.#store = this.#hands.setAside()
      return this.#openFirst()
    }
  }

  /** Nothing on the disk: because nothing ever was, or because it is gone. */
  #greet(): Began {
    const { hasRun, setAsideCount } = this.#hands
    const disk = new RaftDisk(this.#store, [])
    if (!disk.isEmpty) return 'boot'
    const isLost = hasRun || setAsideCount > 0 || this.#store !== this.#hands.store
    if (isLost) this.#forget(disk, 'lost')
    else isDone(() => disk.found())
    return isLost ? 'lost' : 'boot'
  }

  #open(why: Began): [RaftDisk, Found, RaftMachine, Snapshots] {
    const { random } = this.#hands
    const disk = new RaftDisk(this.#store, foundersOf(this.#hands, this.#settings))
    const found = this.#parts.restore(disk.restore())
    const incarnation = this.#anewDue === null ? found.incarnation : this.#freshIncarnation()
    const { restored, state } = found
    this.#cores += 1
    this.#role = 'follower'
    this.#term = restored.hard.term
    this.#hands.note({ kind: 'restored', incarnation, restored, state: state.mark, why })
    const parts = { random: random.fork(`core ${this.#cores}`), readLog: disk.readLog, limits: this.#limits }
    const core = this.#parts.makeCore({ ...this.#config, incarnation }, restored, parts)
    return [disk, found, core, new Snapshots(this.#settings)]
  }
}

const tick: RaftInput = { kind: 'tick' }
const justTick: readonly RaftInput[] = [tick]
const ticksBetweenTrials = 20

/** Most outputs are, so it is asked as cheaply as may be. */
function isQuiet(output: RaftOutput): boolean {
  if (output.persist !== null || output.messages.length > 0 || output.notes.length > 0) return false
  if (output.committed.length > 0 || output.anomaly !== null || output.isDisowned) return false
  const answers = output.accepted.length + output.refused.length + output.reads.length
  return answers + output.chunksWanted.length === 0
}

/** ST3 */
function sendingFirst(order: readonly Deed[]): readonly Deed[] {
  return ['send', ...order.filter((deed) => deed !== 'send')]
}

function isDone(work: () => void): boolean {
  try {
    work()
    return true
  } catch (error) {
    if (!(error instanceof StoreFailure) || isDamage(error)) throw error
    return false
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof StoreFailure && error.code === 'store-damaged'
}
