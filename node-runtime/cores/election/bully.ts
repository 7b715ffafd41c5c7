import { assert, unreachable } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type {
  BullyConfig,
  BullyInput,
  BullyMessage,
  BullyView,
  ChoiceEnvelope,
  ChoiceOutput,
  PhaseWhy,
} from './messages.ts'
import { assertTiming, Seat } from './seat.ts'

/** The bully election as a machine of values: the highest that is up coordinates. The rules are those of SPEC.md. */
export class BullyCore {
  readonly #config: BullyConfig
  readonly #places: ReadonlyMap<NodeId, number>
  readonly #ownPlace: number
  readonly #questions: readonly ChoiceEnvelope<BullyMessage>[]
  readonly #announcements: readonly ChoiceEnvelope<BullyMessage>[]
  readonly #seat = new Seat<BullyMessage>()

  constructor(config: BullyConfig) {
    const { id, order } = config
    assertTiming(config)
    this.#places = new Map(order.map((node, place) => [node, place]))
    assert(this.#places.size === order.length, 'a member is named once')
    this.#config = config
    this.#ownPlace = this.#placeOf(id)
    const higher = order.slice(this.#ownPlace + 1)
    this.#questions = higher.map((to) => ({ to, message: election }))
    this.#announcements = order.filter((member) => member !== id).map((to) => ({ to, message: coordinator }))
  }

  get view(): BullyView {
    const { phase, coordinator: heard, ticks } = this.#seat
    const { id, order } = this.#config
    const coordinatorHeardTicksAgo = heard === null ? null : heard === id ? 0 : ticks
    return { id, phase, coordinator: heard, coordinatorHeardTicksAgo, order }
  }

  step(input: BullyInput): ChoiceOutput<BullyMessage> {
    if (input.kind === 'tick') this.#tick()
    else if (input.from === this.#config.id || !this.#places.has(input.from))
      this.#seat.anomaly(`${input.message.kind} from ${input.from}, who is no peer`) // BU10
    else this.#receive(input.from, input.message)
    return this.#seat.take()
  }

  #tick(): void {
    const { heartbeatTicks, silenceTicks, answerTicks, announceTicks } = this.#config
    this.#seat.tick()
    const { phase, ticks } = this.#seat
    switch (phase) {
      case 'starting': // BU2
        return this.#ask('started')
      case 'asking': // BU4
        if (ticks >= answerTicks) this.#coordinate('no-better-answered')
        return
      case 'waiting': // BU5
        if (ticks >= announceTicks) this.#ask('no-announcement')
        return
      case 'following': // BU2
        if (ticks >= silenceTicks) this.#ask('silence')
        return
      case 'coordinating': // BU8
        if (ticks >= heartbeatTicks) this.#announce()
        return
      default:
        unreachable(phase)
    }
  }

  #receive(from: NodeId, message: BullyMessage): void {
    const isHigher = this.#placeOf(from) > this.#ownPlace
    switch (message.kind) {
      case 'election':
        if (isHigher) this.#seat.anomaly(`${from} asks ${this.#config.id}, who is lower`)
        else this.#answer(from)
        return
      case 'answer':
        if (isHigher) this.#giveWay()
        else this.#seat.anomaly(`${from} answers ${this.#config.id}, who is higher`)
        return
      case 'coordinator':
        if (isHigher) this.#hear(from)
        else this.#bully(from)
        return
      default:
        unreachable(message)
    }
  }

  /** BU3 */
  #answer(from: NodeId): void {
    const { phase } = this.#seat
    if (phase === 'coordinating') return this.#seat.send(from, coordinator)
    this.#seat.send(from, answer)
    if (phase === 'starting' || phase === 'following') this.#ask('was-asked')
  }

  /** BU5: who coordinates gives way too; that a higher one is up is news, however late it comes. */
  #giveWay(): void {
    const { phase } = this.#seat
    if (phase === 'asking' || phase === 'coordinating') this.#seat.move('waiting', 'better-answered')
  }

  /** BU6 */
  #hear(from: NodeId): void {
    const { phase, coordinator: heard } = this.#seat
    if (phase === 'following' && heard !== null) {
      if (this.#placeOf(from) < this.#placeOf(heard)) return
      if (from === heard) return this.#seat.renew()
    }
    this.#seat.move('following', 'better-announced', from)
  }

  /** BU7 */
  #bully(from: NodeId): void {
    const { phase } = this.#seat
    if (phase === 'coordinating') this.#seat.send(from, coordinator)
    else if (phase === 'starting' || phase === 'following') this.#ask('lesser-announced')
  }

  /** BU2, BU4: the highest of all has nobody to ask. */
  #ask(why: PhaseWhy): void {
    if (this.#questions.length === 0) return this.#coordinate(why)
    this.#seat.move('asking', why)
    this.#seat.sendAll(this.#questions)
  }

  #coordinate(why: PhaseWhy): void {
    this.#seat.move('coordinating', why, this.#config.id)
    this.#announce()
  }

  #announce(): void {
    this.#seat.renew()
    if (this.#announcements.length > 0) this.#seat.sendAll(this.#announcements)
  }

  #placeOf(node: NodeId): number {
    const place = this.#places.get(node)
    assert(place !== undefined, `${node} has a place in the order`)
    return place
  }
}

const election: BullyMessage = { kind: 'election' }
const answer: BullyMessage = { kind: 'answer' }
const coordinator: BullyMessage = { kind: 'coordinator' }
