import { decodeRegisterAnswer } from '#cores/registers/answers'
import { encodeRegisterCommand, encodeRegisterQuery } from '#cores/registers/requests'
import { decodeText, encodeText } from '#kit/bytes'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import type { Result } from '#kit/result'
import { Lanes } from '#roles/replica/lanes'
import type { NodeHands, Program } from '../../subject.ts'
import { Outsider } from './outsider.ts'
import type { ReplicaParts } from './parts.ts'
import { lists } from './settings.ts'
import type { ReplicaNote, ReplicaView, ReplicaWords } from './words.ts'

type Fate = Extract<ReplicaNote, { kind: 'answered' }>['fate']

/** Appends to lists and reads them, over the wire, as any client of a group does. In calm it reads them once more. */
export class ListClient implements Program<ReplicaWords> {
  readonly #hands: NodeHands<ReplicaWords>
  readonly #parts: ReplicaParts
  readonly #random: Random
  readonly #group: Outsider<ReplicaWords>
  readonly #lanes: Lanes
  #underWay = 0
  #items = 0
  readonly #toRead = new Set<string>(lists)
  #isReading = false

  constructor(hands: NodeHands<ReplicaWords>, parts: ReplicaParts) {
    const { scenario } = hands
    this.#hands = hands
    this.#parts = parts
    this.#random = hands.random.fork('client')
    this.#group = new Outsider(hands, (to, bytes) => hands.send(to, { bytes, raft: null }))
    const { log, later, clock } = this.#group
    this.#lanes = new Lanes({ log, lanesMax: scenario.settings.lanes ?? 1, waitingMax: 0, soon: later.soon })
    clock.every(scenario.tickMs, () => this.#tick())
  }

  get view(): ReplicaView {
    const { id } = this.#hands
    const isDone = this.#underWay === 0 && this.#toRead.size === 0
    return { id, role: 'client', term: 0, leader: null, incarnation: 0, appliedIndex: 0, isDone }
  }

  receive(from: NodeId, { bytes }: ReplicaWords['message']): void {
    this.#group.receive(from, bytes)
  }

  setFaults(): void {}

  get #nowTick(): number {
    return this.#hands.clock.now() / this.#hands.scenario.tickMs
  }

  #tick(): void {
    const { settings, ticksOfTrouble } = this.#hands.scenario
    if (this.#nowTick >= ticksOfTrouble) return this.#finish()
    const luck = this.#random.below(1_000)
    const { appends = 0, reads = 0 } = settings
    if (luck < appends) this.#append()
    else if (luck < appends + reads) this.#read(this.#random.pick(lists), false)
  }

  /** Everything that is still under way comes to its end first: what is uncertain may happen until then. */
  #finish(): void {
    const [list] = this.#toRead
    if (list !== undefined && this.#underWay === 0 && !this.#isReading) this.#read(list, true)
  }

  #append(): void {
    this.#items += 1
    const item = `${this.#nowTick}.${this.#items}`
    const list = this.#random.pick(lists)
    this.#hands.note({ kind: 'asked', item, list })
    this.#propose(item, list, (fate) => this.#hands.note({ kind: 'answered', item, fate }))
  }

  #propose(item: string, list: string, done: (fate: Fate) => void): void {
    this.#underWay += 1
    const command = encodeRegisterCommand({ kind: 'append', key: list, item: encodeText(item) })
    this.#lanes.propose(command, (result) => {
      this.#underWay -= 1
      const fate = fateOf(result)
      if (fate !== 'unknown' || this.#parts.uncertain === 'leave') done(fate)
      else if (this.#parts.uncertain === 'take-for-done') done('done')
      else this.#propose(item, list, done)
    })
  }

  #read(list: string, isFinal: boolean): void {
    const askedTick = this.#nowTick
    this.#isReading = true
    this.#group.log.read(encodeRegisterQuery({ kind: 'read-list', key: list }), 'linearizable', (result) => {
      this.#isReading = false
      if (!result.ok) return
      const answer = decodeRegisterAnswer(result.value.answer)
      if (answer?.kind !== 'list') return this.#hands.anomaly(`list ${list} was read, and is no list`)
      const items = answer.items.map((item) => decodeText(item) ?? '')
      this.#hands.note({ kind: 'list-read', list, askedTick, items, isFinal })
      if (isFinal) this.#toRead.delete(list)
    })
  }
}

function fateOf(result: Result<unknown>): Fate {
  if (result.ok) return 'done'
  return result.failure.code === 'timed-out' ? 'unknown' : 'refused'
}
