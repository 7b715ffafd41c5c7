import { decodeRingMessage, decodeRingShout, encodeRingMessage, encodeRingShout } from '#cores/ring/codec'
import type { LifeId, RestoredRing, RingConfig, RingInput, RingRecord } from '#cores/ring/messages'
import { drawLife } from '#cores/ring/uuid'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import { beginLife } from '#roles/lives'
import type { NodeHands, Program } from '../../subject.ts'
import { choiceOf, ringTimingOf, type Settings, settingOf } from './settings.ts'
import { nodeOf, peerOf, type RingMachine, type RingPeerView, type RingWord, type RingWords } from './words.ts'

const space = 'ring'
/** As long as others may or may not notice. */
const awayTicksMax = 120

export interface RingBoot {
  readonly config: RingConfig
  readonly restored: RestoredRing
  readonly random: Random
}

/** A peer of the ring on a virtual node: somebody sits there, and what it hears is written behind. */
export class RingProgram implements Program<RingWords> {
  readonly #hands: NodeHands<RingWords>
  readonly #machineOf: (boot: RingBoot) => RingMachine
  readonly #saveEveryTicks: number
  readonly #person: Random
  readonly #others: readonly NodeId[]
  #machine: RingMachine
  #life: LifeId
  #unsaved: RingRecord[] = []
  #rows = 0
  #ticks = 0
  #said = 0
  #tickedMs: number
  /** Until it comes back, where a person had it leave. */
  #ticksAway: number | null = null
  #heldInCalm: readonly RingRecord[] | null = null

  constructor(hands: NodeHands<RingWords>, machineOf: (boot: RingBoot) => RingMachine) {
    const { settings, tickMs, nodes } = hands.scenario
    this.#hands = hands
    this.#machineOf = machineOf
    this.#person = hands.random.fork('person')
    this.#saveEveryTicks = settingOf(settings, 'saveEveryTicks')
    this.#tickedMs = hands.clock.now()
    this.#others = nodes.filter((node) => node !== hands.id)
    this.#life = this.beginLife()
    this.#machine = this.#newMachine()
    hands.clock.every(tickMs, () => this.#tick())
  }

  get node(): NodeId {
    return this.#hands.id
  }

  get view(): RingPeerView {
    const { facts, history } = this.#machine
    return { node: this.node, facts, history, heldInCalm: this.#heldInCalm ?? [] }
  }

  /** A bug may be planted here: a peer that comes back as who it was. */
  beginLife(): LifeId {
    const { life } = beginLife(this.#hands.store)
    return drawLife(this.#hands.random.fork(`life ${life}`), life)
  }

  receive(from: NodeId, word: RingWord): void {
    const input = inputOf(from, word)
    if (input === null) this.#hands.anomaly(`${from} sent what is no message`)
    else this.#step([input])
  }

  setFaults(): void {}

  /** With what the disk has, and what it has not had yet. */
  #newMachine(): RingMachine {
    const { id, scenario, store, random } = this.#hands
    const rows = store.view().scan(space)
    this.#rows = rows.length
    return this.#machineOf({
      config: {
        id: peerOf(id),
        life: this.#life,
        name: id,
        timing: ringTimingOf(scenario.settings),
        withTexts: false,
      },
      restored: { records: [...rows.flatMap(({ value }) => recordsOf(value)), ...this.#unsaved] },
      random: random.fork(`core of ${this.#life}`),
    })
  }

  #tick(): void {
    const { clock, scenario } = this.#hands
    const lateTicks = Math.round((clock.now() - this.#tickedMs) / scenario.tickMs) - 1
    this.#tickedMs = clock.now()
    this.#ticks += 1
    const isCalm = clock.now() >= scenario.ticksOfTrouble * scenario.tickMs
    if (isCalm) this.#heldInCalm ??= [...this.#machine.history.newestFirst()]
    if (this.#ticksAway === null) {
      const tick: RingInput[] = [{ kind: 'tick' }]
      this.#step(lateTicks > 0 ? [{ kind: 'was-late', ticks: lateTicks }, ...tick] : tick)
      if (!isCalm) this.#wish(scenario.settings)
    } else this.#stayAway(isCalm)
    if (this.#ticks % this.#saveEveryTicks === 0) this.#save()
  }

  /** What a person does, if anything. */
  #wish(settings: Settings): void {
    if (this.#person.chance(settingOf(settings, 'saysPerMille'), 1_000)) this.#say()
    if (this.#person.chance(choiceOf(settings, 'electsPerMille'), 1_000)) this.#step([{ kind: 'elect' }])
    if (this.#person.chance(choiceOf(settings, 'leavesPerMille'), 1_000)) this.#step([{ kind: 'leave' }])
  }

  /** Nobody stays away in calm. */
  #stayAway(isCalm: boolean): void {
    this.#ticksAway = Math.max(0, (this.#ticksAway ?? 0) - 1)
    if (this.#ticksAway > 0 && !isCalm) return
    this.#ticksAway = null
    this.#life = this.beginLife()
    this.#machine = this.#newMachine()
  }

  #say(): void {
    this.#said += 1
    const text = `word ${this.#said} of ${this.#life}`
    this.#step([{ kind: 'say', ref: this.#said, text, atMs: this.#hands.clock.now() }], text)
  }

  #step(inputs: readonly RingInput[], text = ''): void {
    const output = this.#machine.step(inputs)
    this.#unsaved.push(...output.records)
    for (const { uuid } of output.said) if (uuid !== null) this.#hands.note({ kind: 'said', uuid, text })
    if (output.anomaly !== null) this.#hands.anomaly(output.anomaly)
    for (const note of output.notes) this.#hands.note(note)
    for (const { to, message } of output.messages)
      this.#hands.send(nodeOf(to), { kind: 'message', life: this.#life, message })
    for (const shout of output.shouts) for (const to of this.#others) this.#hands.send(to, { kind: 'shout', shout })
    if (output.hasLeft) this.#ticksAway = 1 + this.#person.below(awayTicksMax)
    if (output.hasMore) this.#step([])
  }

  /** Behind: what was not written when the power went is what others must give back. */
  #save(): void {
    if (this.#unsaved.length === 0) return
    const records = this.#unsaved
    this.#unsaved = []
    this.#hands.store.transaction((tx) => {
      for (const record of records) {
        this.#rows += 1
        tx.put(space, `${this.#rows}`.padStart(8, '0'), bytesOf(this.#life, record))
      }
    })
  }
}

/** Through the bytes of the wire: what does not come out as it went in is no message. */
function inputOf(from: NodeId, word: RingWord): RingInput | null {
  if (word.kind === 'lost') return { kind: 'disconnected', peer: peerOf(from), why: word.why }
  if (word.kind === 'shout') {
    const shout = decodeRingShout(encodeRingShout(word.shout))
    return shout === null ? null : { kind: 'shout', shout }
  }
  const read = decodeRingMessage(encodeRingMessage(word.life, word.message))
  return read === null ? null : { kind: 'message', from: peerOf(from), ...read }
}

function bytesOf(life: LifeId, record: RingRecord): Uint8Array {
  return encodeRingMessage(life, { kind: 'records', records: [record], isRound: false, hasMore: false })
}

function recordsOf(bytes: Uint8Array): readonly RingRecord[] {
  const message = decodeRingMessage(bytes)?.message
  return message?.kind === 'records' ? message.records : []
}
