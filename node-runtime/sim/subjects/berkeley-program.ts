import { BerkeleyCore } from '#cores/clocks/berkeley'
import { parseBerkeleyMessage } from '#cores/clocks/berkeley-codec'
import type {
  BerkeleyConfig,
  BerkeleyInput,
  BerkeleyOutput,
  BerkeleyView,
  Reading,
} from '#cores/clocks/berkeley-messages'
import { BullyCore } from '#cores/election/bully'
import { parseBullyMessage } from '#cores/election/codec'
import type { BullyInput } from '#cores/election/messages'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import type { NodeHands, Program } from '../subject.ts'
import { berkeleyConfigOf } from './berkeley-settings.ts'
import type { BerkeleyWords } from './berkeley-words.ts'
import { choiceTimingOf, rotated } from './choice-timing.ts'
import { Quartz } from './quartz.ts'

/** The slice of the core that feeding it needs. A planted bug may stand in front of the real one. */
export interface BerkeleyMachine {
  readonly view: BerkeleyView
  step(input: BerkeleyInput): BerkeleyOutput
}

export type MakeBerkeley = (config: BerkeleyConfig, now: Reading, random: Random) => BerkeleyMachine

export const rightBerkeley: MakeBerkeley = (config, now, random) => new BerkeleyCore(config, now, random)

/** Clocks on a virtual node, and a bully election beside them that says who coordinates. */
export class BerkeleyProgram implements Program<BerkeleyWords> {
  readonly #hands: NodeHands<BerkeleyWords>
  readonly #quartz: Quartz
  readonly #clocks: BerkeleyMachine
  readonly #election: BullyCore
  /** Words wait for the tick in which they came: this node looks at its clocks once a tick, as its pump would. */
  #inbox: { readonly from: NodeId; readonly message: BerkeleyWords['message'] }[] = []

  constructor(hands: NodeHands<BerkeleyWords>, make: MakeBerkeley) {
    const { id, scenario, clock, random } = hands
    this.#hands = hands
    this.#quartz = new Quartz(scenario, id)
    this.#clocks = make(berkeleyConfigOf(scenario, id), this.#read(), random.fork('rounds'))
    const order = rotated(scenario.nodes, scenario.settings)
    this.#election = new BullyCore({ id, order, ...choiceTimingOf(scenario.settings) })
    clock.every(scenario.tickMs, () => this.#tick())
  }

  get view(): BerkeleyView {
    return this.#clocks.view
  }

  receive(from: NodeId, message: BerkeleyWords['message']): void {
    this.#inbox.push({ from, message })
  }

  setFaults(): void {}

  #tick(): void {
    const at = this.#read()
    const inbox = this.#inbox
    if (inbox.length > 0) this.#inbox = []
    for (const { from, message } of inbox) this.#hear(from, message, at)
    this.#chooseBy({ kind: 'tick' })
    const { messagePercent = 0 } = this.#hands.scenario.settings
    if (messagePercent > 0 && this.#hands.random.chance(messagePercent, 100))
      this.#keepTimeBy({ kind: 'message-counted' })
    this.#keepTimeBy({ kind: 'tick', at })
  }

  #hear(from: NodeId, value: BerkeleyWords['message'], at: Reading): void {
    const aboutTime = parseBerkeleyMessage(value)
    if (aboutTime !== null) return this.#keepTimeBy({ kind: 'message', from, message: aboutTime, at })
    const message = parseBullyMessage(value)
    if (message === null) this.#hands.anomaly(`${from} sent what is no message`)
    else this.#chooseBy({ kind: 'message', from, message })
  }

  #chooseBy(input: BullyInput): void {
    const { messages, anomaly, choice } = this.#election.step(input)
    if (anomaly !== null) this.#hands.anomaly(anomaly)
    for (const { to, message } of messages) this.#hands.send(to, message)
    if (choice !== this.#clocks.view.coordinator) this.#keepTimeBy({ kind: 'coordinator', node: choice })
  }

  #keepTimeBy(input: BerkeleyInput): void {
    const { messages, notes, anomaly } = this.#clocks.step(input)
    if (anomaly !== null) this.#hands.anomaly(anomaly)
    for (const { to, message } of messages) this.#hands.send(to, message)
    for (const note of notes) this.#hands.note(note)
  }

  #read(): Reading {
    const { clock } = this.#hands
    const skewMs = clock.wall() - clock.now()
    return this.#quartz.read(clock.now(), skewMs)
  }
}
