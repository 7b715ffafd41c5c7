import { assert, unreachable } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import { BerkeleyClock, readingErrorMs } from './berkeley-clock.ts'
import type {
  BerkeleyConfig,
  BerkeleyEnvelope,
  BerkeleyInput,
  BerkeleyMessage,
  BerkeleyNote,
  BerkeleyOutput,
  BerkeleyView,
  Reading,
} from './berkeley-messages.ts'
import { BerkeleyRound } from './berkeley-round.ts'

/** Polls that are known when they come again; a copy that is late by more rounds than these is not in any network. */
const pollsKept = 32

/** Berkeley's way to bring clocks together, as a machine of values: times come in, none is read. SPEC.md has the rules. */
export class BerkeleyCore {
  readonly #config: BerkeleyConfig
  readonly #peers: readonly NodeId[]
  readonly #clock: BerkeleyClock
  #coordinator: NodeId | null = null
  /** Begins anywhere, so that a late answer to an earlier life of this node fits no round of this one. */
  #roundNumber: number
  #round: BerkeleyRound | null = null
  #ticksSincePoll = 0
  #isPollWanted = false
  #counted = 0
  /** The last poll that was answered, as long as its correction may still come. */
  #answered: { readonly round: number; readonly at: Reading } | null = null
  #polls: readonly number[] = []
  #ticksSinceSync: number | null = null
  #takenPart: number | null = null
  #outliers: readonly NodeId[] = []
  #roundsInDoubt = 0
  #messages: BerkeleyEnvelope[] = []
  #notes: BerkeleyNote[] = []
  #anomaly: string | null = null

  constructor(config: BerkeleyConfig, now: Reading, random: Random) {
    const members = new Set(config.members)
    assert(members.size === config.members.length && members.delete(config.id), 'a member is named once, itself too')
    assert(config.pollTicksMin >= 1 && config.pollTicksMin <= config.pollTicks, 'the fewest ticks from poll to poll')
    assert(config.pollWaitTicks >= 1 && config.messagesPerPoll >= 1, 'a wait, and messages to count')
    assert(config.doubtRounds >= 1, 'a doubt ends')
    assert(Number.isInteger(config.slewMsPerTick) && config.slewMsPerTick >= 1, 'a clock is bent by whole milliseconds')
    this.#config = config
    this.#peers = [...members]
    this.#clock = new BerkeleyClock(config, now)
    this.#roundNumber = random.below(2 ** 32)
  }

  get view(): BerkeleyView {
    const { correctedMs, targetMs, errorMs, now } = this.#clock
    return {
      id: this.#config.id,
      coordinator: this.#coordinator,
      correctedMs,
      offsetMs: correctedMs - now.localMs,
      slewLeftMs: targetMs - correctedMs,
      errorMs,
      lastSyncTicksAgo: this.#ticksSinceSync,
      takenPart: this.#takenPart,
      outliers: this.#outliers,
    }
  }

  step(input: BerkeleyInput): BerkeleyOutput {
    switch (input.kind) {
      case 'tick':
        this.#clock.tick(input.at)
        this.#tick()
        break
      case 'message':
        this.#clock.read(input.at)
        if (this.#peers.includes(input.from)) this.#receive(input.from, input.message)
        else this.#anomaly = `${input.message.kind} from ${input.from}, who is no peer` // BK11
        break
      case 'coordinator':
        this.#take(input.node)
        break
      case 'message-counted':
        this.#countMessage()
        break
      default:
        unreachable(input)
    }
    return this.#output()
  }

  get #isCoordinator(): boolean {
    return this.#coordinator === this.#config.id
  }

  /** BK2, BK3, BK6 */
  #tick(): void {
    if (this.#ticksSinceSync !== null) this.#ticksSinceSync += 1
    if (!this.#isCoordinator) return
    this.#ticksSincePoll += 1
    if (this.#round !== null) {
      if (this.#ticksSincePoll >= this.#config.pollWaitTicks) this.#compare(this.#round)
      return
    }
    const isDue = this.#ticksSincePoll >= this.#config.pollTicks
    const isWantedAndDue = this.#isPollWanted && this.#ticksSincePoll >= this.#config.pollTicksMin
    if (isDue || isWantedAndDue) this.#poll()
  }

  /** BK1 */
  #take(node: NodeId | null): void {
    if (node === this.#coordinator) return
    this.#coordinator = node
    this.#round = null
    this.#answered = null
    this.#takenPart = null
    this.#outliers = []
    this.#roundsInDoubt = 0
    this.#ticksSincePoll = this.#config.pollTicks // BK2: a new coordinator polls at its next tick
  }

  /** BK3 */
  #countMessage(): void {
    this.#counted += 1
    if (this.#counted < this.#config.messagesPerPoll) return
    this.#counted = 0
    if (this.#isCoordinator) this.#isPollWanted = true
    else if (this.#coordinator !== null) this.#send(this.#coordinator, { kind: 'poll-wanted' })
  }

  #poll(): void {
    this.#ticksSincePoll = 0
    this.#isPollWanted = false
    if (this.#peers.length === 0) return
    this.#roundNumber += 1
    const { now, targetMs } = this.#clock
    const asker = { id: this.#config.id, peers: this.#peers, at: now, timeMs: targetMs }
    this.#round = new BerkeleyRound(this.#roundNumber, asker)
    for (const peer of this.#peers) this.#send(peer, { kind: 'poll', round: this.#roundNumber })
  }

  #receive(from: NodeId, message: BerkeleyMessage): void {
    switch (message.kind) {
      case 'poll':
        if (from === this.#coordinator) this.#answer(from, message.round)
        return
      case 'time':
        if (message.round !== this.#round?.id) return
        this.#round.count(from, message.timeMs, this.#clock.now)
        if (this.#round.isComplete) this.#compare(this.#round)
        return
      case 'adjust':
        if (from !== this.#coordinator || message.round !== this.#answered?.round) return
        this.#correct(message.byMs, message.errorMs, this.#answered.at) // BK8
        this.#answered = null
        return
      case 'poll-wanted':
        if (this.#isCoordinator) this.#isPollWanted = true
        return
      default:
        unreachable(message)
    }
  }

  /** BK4 */
  #answer(from: NodeId, round: number): void {
    if (this.#polls.includes(round)) return
    this.#polls = [...this.#polls.slice(1 - pollsKept), round]
    this.#answered = { round, at: this.#clock.now }
    this.#send(from, { kind: 'time', round, timeMs: this.#clock.targetMs })
  }

  /** BK6, BK7, BK13 */
  #compare(round: BerkeleyRound): void {
    this.#round = null
    const { meanMs, corrections, outliers, unheard, isInDoubt } = round.result(this.#config.outlierMs)
    this.#takenPart = 1 + corrections.length
    this.#outliers = outliers
    this.#notes.push({ kind: 'clocks-compared', takenPart: this.#takenPart, outliers, unheard })
    if (corrections.length === 0) return
    this.#roundsInDoubt = isInDoubt ? this.#roundsInDoubt + 1 : 0
    if (isInDoubt && this.#roundsInDoubt < this.#config.doubtRounds) {
      this.#isPollWanted = true
      return
    }
    for (const { node, byMs, errorMs } of corrections)
      this.#send(node, { kind: 'adjust', round: round.id, byMs, errorMs })
    this.#correct(meanMs, readingErrorMs, round.asker.at)
  }

  #correct(byMs: number, errorMs: number, at: Reading): void {
    const isStep = this.#clock.correct(byMs, { at, errorMs })
    this.#ticksSinceSync = 0
    this.#notes.push({ kind: 'clock-corrected', byMs, errorMs, isStep })
  }

  #send(to: NodeId, message: BerkeleyMessage): void {
    this.#messages.push({ to, message })
  }

  #output(): BerkeleyOutput {
    if (this.#messages.length === 0 && this.#notes.length === 0 && this.#anomaly === null) return quiet
    const output = { messages: this.#messages, notes: this.#notes, anomaly: this.#anomaly }
    this.#messages = []
    this.#notes = []
    this.#anomaly = null
    return output
  }
}

/** Most steps are a tick in which nothing happens; they all give back this one value. */
const quiet: BerkeleyOutput = Object.freeze({ messages: Object.freeze([]), notes: Object.freeze([]), anomaly: null })
