import { type LamportClock, lamportLeapMax } from '#cores/clocks/lamport'
import { assert, unreachable } from '#kit/assert'
import { toHex } from '#kit/hex'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import { isName } from '../names.ts'
import { Content } from './content.ts'
import { Logs, lotsOf } from './logs.ts'
import type {
  Act,
  Entry,
  EveryoneAnswer,
  EveryoneConfig,
  EveryoneInput,
  EveryoneMessage,
  EveryoneOutput,
  EveryoneRefusal,
  LogId,
  Mark,
  Operation,
  RestoredEveryone,
} from './messages.ts'
import { isLogId } from './order.ts'
import { Peers } from './peers.ts'
import { flawOf, isSameAct, isSound } from './soundness.ts'
import { StepOutput } from './step-output.ts'
import { Waiting } from './waiting.ts'

type Have = Extract<EveryoneMessage, { kind: 'have' }>
type Entries = Extract<EveryoneMessage, { kind: 'entries' }>

/** One server of a chat in which everyone answers, as a machine of values. SPEC.md has the rules. */
export class EveryoneCore {
  readonly content = new Content()
  readonly #config: EveryoneConfig
  readonly #random: Random
  readonly #clock: LamportClock
  readonly #logs = new Logs()
  readonly #peers: Peers
  readonly #waiting = new Waiting()
  readonly #out = new StepOutput()
  /** Of this life, from its first entry on. */
  #log: LogId | null = null
  #canWrite = true
  #foreign = 0
  #ticks = 0
  /** Of this step: what it wrote itself, and to whom it says what it has. */
  #written: Entry[] = []
  #isAwaited = false
  readonly #words = new Map<NodeId, Have['asks']>()

  constructor(
    config: EveryoneConfig,
    restored: RestoredEveryone,
    parts: { readonly random: Random; readonly clock: LamportClock },
  ) {
    assert(config.servers.includes(config.id), `${config.id} is one of our servers`)
    this.#config = config
    this.#random = parts.random
    this.#clock = parts.clock
    this.#peers = new Peers(config.servers.filter((server) => server !== config.id))
    for (const entry of restored.entries) {
      assert(this.#logs.take(entry).kind === 'new', `entry ${entry.sequence} of ${entry.log} on the own disk`)
      this.#shows(entry)
      this.#follow(entry.operation)
    }
  }

  /** What it writes in this life; null: nothing yet. */
  get log(): LogId | null {
    return this.#log
  }

  get marks(): readonly Mark[] {
    return this.#logs.marks
  }

  /** Entries of all logs, those of one operation in several logs each. */
  get size(): number {
    return this.#logs.size
  }

  get waiting(): number {
    return this.#waiting.size
  }

  step(inputs: readonly EveryoneInput[]): EveryoneOutput {
    for (const input of inputs) this.#take(input)
    this.#tellWritten()
    this.#settle()
    for (const [to, asks] of this.#words) this.#out.send(to, { kind: 'have', marks: this.#logs.marks, asks })
    this.#words.clear()
    return this.#out.take()
  }

  /** All that still wait, for whoever begins anew: what they wait with is on the disk. */
  giveUpWaiting(): readonly EveryoneAnswer[] {
    return this.#waiting.settle(() => true)
  }

  #take(input: EveryoneInput): void {
    switch (input.kind) {
      case 'tick':
        return this.#tick()
      case 'cannot-write':
        this.#canWrite = false
        return
      case 'can-write':
        this.#canWrite = true
        return
      case 'act':
        return this.#act(input)
      case 'heard':
        return this.#hear(input.operation)
      case 'message':
        return this.#receive(input.from, input.message)
      default:
        return unreachable(input)
    }
  }

  /** EA6: at the first tick with all, then with one after the other. */
  #tick(): void {
    const isFirst = this.#ticks === 0
    this.#ticks += 1
    this.#peers.tick()
    this.#waiting.tick()
    if (isFirst) for (const peer of this.#peers.ids) this.#say(peer, 'to-compare')
    else if (this.#ticks % this.#config.syncTicks === 0) {
      const peer = this.#peers.next()
      if (peer !== null) this.#say(peer, 'to-compare')
    }
  }

  #act({ ref, id, act, atMs }: Extract<EveryoneInput, { kind: 'act' }>): void {
    const had = this.content.find(id)
    if (had !== null && isSameAct(had, act)) {
      return this.#out.answer(ref, { kind: 'done-before', operation: had }) // EW3
    }
    const why = had !== null ? 'malformed' : (flawOf(act) ?? this.#refusalOf(act))
    if (why !== null) return this.#out.answer(ref, { kind: 'refused', why })
    const operation: Operation = { ...act, id, atMs, clock: this.#clock.beforeSend(), origin: this.#config.id }
    // Somebody has lifted the clock to its end: nothing can stand behind that.
    if (!isSound(operation)) return this.#out.answer(ref, { kind: 'refused', why: 'too-many' })
    const isNewName = this.#isNewName(act)
    const { log, sequence } = this.#write(operation)
    const answer: EveryoneAnswer = { ref, outcome: { kind: 'done', operation } }
    const { registerTicks, limits } = this.#config
    if (!isNewName || this.#waiting.size >= limits.waitingMax) return this.#out.answer(ref, answer.outcome)
    this.#isAwaited = true
    this.#waiting.add(answer, { log, upTo: sequence }, registerTicks) // EW5
  }

  /** EN1 to EN4, EW6 */
  #refusalOf(act: Act): EveryoneRefusal | null {
    if (this.#bringsNoName(act)) return 'name-not-allowed'
    if (!this.#canWrite) return 'cannot-write'
    if (this.#logs.size >= this.#config.limits.operationsMax) return 'too-many'
    switch (act.kind) {
      case 'login':
        if (this.content.hasChannel(act.user)) return 'name-taken'
        break
      case 'channel':
        if (this.content.hasChannel(act.channel) || this.content.user(act.channel) !== null) return 'name-taken'
        break
      case 'publish':
        if (!this.content.hasChannel(act.to)) return 'unknown-channel'
        if (this.content.hasChannel(act.from)) return 'name-not-allowed'
        break
      case 'message':
        if (this.content.user(act.to) === null) return 'unknown-user'
        if (this.content.hasChannel(act.from)) return 'name-not-allowed'
        break
    }
    return this.#areTooMany(act) ? 'too-many' : null
  }

  /** Names that it would bring. What others took is taken here whatever the limit, or servers would not agree. */
  #areTooMany(act: Act): boolean {
    const { users, channels } = this.content.counts
    const { usersMax, channelsMax } = this.#config.limits
    const named = namesIn(act)
    if (channels >= channelsMax && named.channels.some((name) => !this.content.hasChannel(name))) return true
    return users >= usersMax && named.users.some((name) => this.content.user(name) === null)
  }

  /** What is known goes on, also under a name that nobody could take any more. */
  #bringsNoName(act: Act): boolean {
    const { channels, users } = namesIn(act)
    if (channels.some((name) => !this.content.hasChannel(name) && !isName(name))) return true
    return users.some((name) => this.content.user(name) === null && !isName(name))
  }

  #isNewName(act: Act): boolean {
    if (act.kind === 'channel') return true
    return act.kind === 'login' && this.content.user(act.user) === null
  }

  /** EF1 to EF4 */
  #hear(operation: Operation): void {
    if (!this.#canWrite || this.#isOurs(operation)) return
    if (this.content.find(operation.id) !== null) return
    const { operationsMax, foreignMax } = this.#config.limits
    const isRoom = this.#logs.size < operationsMax && this.#foreign < foreignMax && !this.#areTooMany(operation)
    const isFit = isSound(operation) && !this.#bringsNoName(operation)
    if (!isRoom || !isFit) return this.#out.note({ kind: 'heard-in-vain', operation })
    this.#follow(operation)
    this.#write(operation)
  }

  #write(operation: Operation): Entry {
    const log = this.#log ?? this.#beginLog()
    const entry = { log, sequence: this.#logs.upTo(log) + 1, operation }
    this.#keep(entry)
    this.#written.push(entry)
    return entry
  }

  #keep(entry: Entry): void {
    this.#shows(entry)
    this.#out.entry(entry)
    const { kind } = this.#logs.take(entry)
    assert(kind === 'new', `entry ${entry.sequence} of ${entry.log} follows the one before`)
  }

  #shows(entry: Entry): void {
    this.content.add(entry)
    if (!this.#isOurs(entry.operation)) this.#foreign += 1
  }

  #isOurs({ origin }: Operation): boolean {
    return this.#config.servers.some((server) => server === origin)
  }

  /** EL2 */
  #beginLog(): LogId {
    const log = `${this.#config.id}.${toHex(Uint8Array.from({ length: 4 }, () => this.#random.below(256)))}`
    assert(isLogId(log), `a log ${log}`)
    if (!this.#logs.isNew(log)) return this.#beginLog()
    this.#log = log
    return log
  }

  #receive(from: NodeId, message: EveryoneMessage): void {
    if (!this.#peers.has(from)) return this.#out.anomaly(`${message.kind} from ${from}, who is no server`)
    this.#peers.heard(from)
    switch (message.kind) {
      case 'have':
        return this.#compare(from, message)
      case 'entries':
        return this.#receiveEntries(from, message)
      default:
        return unreachable(message)
    }
  }

  /** EA1 to EA4 */
  #compare(from: NodeId, { marks, asks }: Have): void {
    this.#peers.holds(from, marks)
    if (asks === 'nothing') return
    const { entries, hasMore } = this.#logs.lacking(marks, this.#config.limits)
    if (entries.length > 0) this.#out.send(from, { kind: 'entries', entries, why: 'missing', hasMore })
    if (asks === 'to-compare' && this.#logs.lacks(marks)) this.#say(from, 'to-give')
  }

  #receiveEntries(from: NodeId, { entries, why, hasMore }: Entries): void {
    // What the disk cannot take is not here; whoever has it gives it again.
    if (!this.#canWrite) return
    let fresh = 0
    let hasGap = false
    for (const entry of entries) {
      const upTo = this.#logs.upTo(entry.log)
      if (entry.sequence === upTo + 1) {
        this.#keep(entry)
        this.#follow(entry.operation)
        fresh += 1
      } else if (entry.sequence > upTo + 1) hasGap = true
      else if (this.#logs.take(entry).kind === 'other') {
        this.#out.anomaly(`${from} has another entry ${entry.sequence} in ${entry.log} than there is`)
      }
    }
    const given = why === 'missing' ? this.#peers.gave(from, fresh, hasMore) : null
    if (given !== null && given > 0) this.#out.note({ kind: 'caught-up', from, entries: given })
    // Whoever gave nothing new would give the same again.
    if (hasGap || (hasMore && fresh > 0)) this.#say(from, 'to-give')
    else if (why === 'awaited') this.#say(from, 'nothing')
  }

  #follow({ clock, origin }: Operation): void {
    const isOwn = origin === this.#config.id
    // A clock of this server's own earlier lives was counted here, however far; of others a leap that large is none.
    while (isOwn && clock - this.#clock.value > lamportLeapMax) {
      this.#clock.onReceive(this.#clock.value + lamportLeapMax)
    }
    if (this.#clock.accepts(clock)) this.#clock.onReceive(clock)
  }

  /** The stronger question wins: each gets one word a step. */
  #say(to: NodeId, asks: Have['asks']): void {
    const said = this.#words.get(to)
    if (said === undefined || strength[asks] > strength[said]) this.#words.set(to, asks)
  }

  /** EA5 */
  #tellWritten(): void {
    const written = this.#written
    const why = this.#isAwaited ? 'awaited' : 'written'
    this.#written = []
    this.#isAwaited = false
    for (const entries of lotsOf(written, this.#config.limits)) {
      for (const to of this.#peers.ids) this.#out.send(to, { kind: 'entries', entries, why, hasMore: false })
    }
  }

  #settle(): void {
    const { hereTicks } = this.#config
    for (const { ref, outcome } of this.#waiting.settle((at) => this.#peers.haveAll(at, hereTicks))) {
      this.#out.answer(ref, outcome)
    }
  }
}

function namesIn(act: Act): { readonly users: readonly string[]; readonly channels: readonly string[] } {
  switch (act.kind) {
    case 'login':
      return { users: [act.user], channels: [] }
    case 'channel':
      return { users: [], channels: [act.channel] }
    case 'publish':
      return { users: [act.from], channels: [act.to] }
    case 'message':
      return { users: [act.from, act.to], channels: [] }
  }
}

const strength: Readonly<Record<Have['asks'], number>> = { nothing: 0, 'to-give': 1, 'to-compare': 2 }
