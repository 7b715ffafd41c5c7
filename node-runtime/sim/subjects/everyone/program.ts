import { decodeEveryone, decodeOperation, encodeEveryone, encodeOperation } from '#cores/chat/everyone/codec'
import type {
  Entry,
  EveryoneConfig,
  EveryoneInput,
  EveryoneMessage,
  EveryoneOutput,
  RestoredEveryone,
} from '#cores/chat/everyone/messages'
import { isLogId } from '#cores/chat/everyone/order'
import { decodeText, encodeText } from '#kit/bytes'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import { type Store, StoreFailure } from '#ports/store'
import type { NodeHands, Program } from '../../subject.ts'
import { foreignAt, type Request, registering, saying, shared } from './people.ts'
import { configOf, type Settings, settingOf } from './settings.ts'
import type { EveryoneMachine, EveryoneView, EveryoneWords } from './words.ts'

const space = 'entries'
const digits = 8
/** The observer's own book: how many entries there were. */
const counted = 'entries'

export interface EveryoneBoot {
  readonly config: EveryoneConfig
  readonly restored: RestoredEveryone
  readonly random: Random
}

/** A server that answers for itself on a virtual node, and people who ask it; a foreign server is heard there, too. */
export class EveryoneProgram implements Program<EveryoneWords> {
  readonly #hands: NodeHands<EveryoneWords>
  readonly #machine: EveryoneMachine
  readonly #person: Random
  readonly #open = new Set<number>()
  #store: Store
  #kept = 0
  #requests = 0
  #last: Request | null = null

  constructor(hands: NodeHands<EveryoneWords>, machineOf: (boot: EveryoneBoot) => EveryoneMachine) {
    const { scenario, id, random } = hands
    this.#hands = hands
    this.#store = hands.damage === 'found' ? this.#loseDisk() : hands.store
    this.#person = random.fork('person')
    this.#machine = machineOf({
      config: configOf(id, scenario.nodes, scenario.settings),
      restored: this.#restore(),
      random: this.coreRandom(random),
    })
    hands.clock.every(scenario.tickMs, () => this.#tick())
  }

  get view(): EveryoneView {
    const machine = this.#machine
    return {
      node: this.#hands.id,
      log: machine.log,
      content: machine.content,
      unanswered: this.#open.size,
      get marks() {
        return machine.marks
      },
    }
  }

  /** Another one in each life. A bug may be planted here. */
  coreRandom(random: Random): Random {
    return random.fork('core')
  }

  receive(from: NodeId, message: EveryoneMessage): void {
    const read = decodeEveryone(encodeEveryone(message))
    if (read === null) this.#hands.anomaly(`${from} sent what is no message`)
    else this.#step([{ kind: 'message', from, message: read }])
  }

  setFaults(): void {}

  /** Durable, then sent, then answered. A bug may be planted here. */
  perform(output: EveryoneOutput): void {
    this.save(output)
    this.send(output)
    this.answer(output)
  }

  save({ entries }: EveryoneOutput): void {
    if (entries.length === 0) return
    this.#store.transaction((tx) => {
      for (const entry of entries) tx.put(space, keyOf(entry), encodeOperation(entry.operation))
    })
    this.#count(this.#kept + entries.length)
  }

  send({ messages }: EveryoneOutput): void {
    for (const { to, message } of messages) this.#hands.send(to, message)
  }

  answer({ answers }: EveryoneOutput): void {
    for (const { ref, outcome } of answers) {
      this.#open.delete(ref)
      if (outcome.kind === 'refused') this.#hands.note(outcome)
      else {
        const { kind, operation } = outcome
        this.#hands.note({ kind: 'answered', operation, isFirst: kind === 'done' })
      }
    }
  }

  #restore(): RestoredEveryone {
    try {
      const restored = this.#read()
      const { entries } = restored
      // Nobody here notices that. Whoever watches has to know it.
      if (entries.length < numberIn(this.#hands.files.get(counted))) this.#hands.note({ kind: 'disk-lost' })
      this.#count(entries.length)
      return restored
    } catch (error) {
      if (!(error instanceof StoreFailure) || error.code !== 'store-damaged') throw error
      this.#store = this.#loseDisk()
      return { entries: [] }
    }
  }

  #read(): RestoredEveryone {
    return {
      entries: this.#store
        .view()
        .scan(space)
        .flatMap(({ key, value }) => entryOf(key, value) ?? []),
    }
  }

  #count(entries: number): void {
    this.#kept = entries
    this.#hands.files.set(counted, encodeText(String(entries)))
  }

  #loseDisk(): Store {
    this.#hands.files.delete(counted)
    this.#hands.note({ kind: 'disk-lost' })
    return this.#hands.setAside()
  }

  #tick(): void {
    const { clock, scenario } = this.#hands
    const tick = Math.floor(clock.now() / scenario.tickMs)
    const wishes = tick < scenario.ticksOfTrouble ? this.#wishes(scenario.settings, tick) : []
    this.#step([{ kind: 'tick' }, ...wishes])
  }

  #wishes(settings: Settings, tick: number): readonly EveryoneInput[] {
    const wants = (name: string): boolean => this.#person.chance(settingOf(settings, name), 1_000)
    const { id, scenario } = this.#hands
    const requests: Request[] = []
    if (wants('saysPerMille')) requests.push(saying(this.#person, `${id}@${tick}`, this.#requests))
    if (wants('registersPerMille')) requests.push(registering(this.#person))
    if (wants('asksAgainPerMille') && this.#last !== null) requests.push(this.#last)
    if (wants('sharedPerMille')) requests.push(shared(scenario.seed, tick))
    const acts = requests.map((request) => this.#ask(request))
    return wants('heardPerMille') ? [...acts, { kind: 'heard', operation: foreignAt(tick) }] : acts
  }

  /** Nothing of this step is written yet, so what is noted here is noted even if the power goes in it. */
  #ask(request: Request): EveryoneInput {
    const { id, act } = request
    this.#requests += 1
    this.#last = request
    this.#open.add(this.#requests)
    this.#hands.note({ kind: 'asked', id, act })
    return { kind: 'act', ref: this.#requests, id, act, atMs: this.#hands.clock.now() }
  }

  #step(inputs: readonly EveryoneInput[]): void {
    const output = this.#machine.step(inputs)
    if (output.anomaly !== null) this.#hands.anomaly(output.anomaly)
    for (const note of output.notes) this.#hands.note(note)
    this.perform(output)
  }
}

function numberIn(bytes: Uint8Array | undefined): number {
  return Number(bytes === undefined ? 0 : decodeText(bytes))
}

function keyOf({ log, sequence }: Entry): string {
  return `${log} ${String(sequence).padStart(digits, '0')}`
}

function entryOf(key: string, value: Uint8Array): Entry | null {
  const [log = '', sequence = ''] = key.split(' ')
  const operation = decodeOperation(value)
  return isLogId(log) && operation !== null ? { log, sequence: Number(sequence), operation } : null
}
