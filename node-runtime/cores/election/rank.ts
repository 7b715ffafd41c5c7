import { assert, unreachable } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { ChoiceOutput, PhaseWhy, RankConfig, RankedServer, RankInput, RankMessage, RankView } from './messages.ts'
import { assertTiming, Seat } from './seat.ts'
import { ServerList } from './server-list.ts'

/** The election by ranks as a machine of values: the smallest rank that is up coordinates. SPEC.md has the rules. */
export class RankCore {
  readonly #config: RankConfig
  readonly #servers: ServerList
  readonly #seat = new Seat<RankMessage>()
  /** Who answered since it asked; of no meaning in any other phase. */
  readonly #answered = new Set<NodeId>()

  constructor(config: RankConfig) {
    assertTiming(config)
    this.#config = config
    this.#servers = new ServerList(config.id)
    assert(this.#servers.learn(config.servers) === null, 'a fixed list keeps its limit')
  }

  get view(): RankView {
    const { phase, coordinator: heard, ticks } = this.#seat
    const { id } = this.#config
    const coordinatorHeardTicksAgo = heard === null ? null : heard === id ? 0 : ticks
    const { ownRank: rank, servers } = this.#servers
    return { id, phase, coordinator: heard, coordinatorHeardTicksAgo, rank, servers }
  }

  step(input: RankInput): ChoiceOutput<RankMessage> {
    switch (input.kind) {
      case 'tick':
        this.#tick()
        break
      case 'message':
        this.#receive(input.from, input.message)
        break
      case 'list':
        this.#learn(input.servers)
        break
      default:
        unreachable(input)
    }
    return this.#seat.take()
  }

  /** RK1 */
  #learn(servers: readonly RankedServer[]): void {
    const tooMany = this.#servers.learn(servers)
    if (tooMany !== null) this.#seat.anomaly(tooMany)
  }

  #tick(): void {
    const { heartbeatTicks, silenceTicks, answerTicks, announceTicks } = this.#config
    this.#seat.tick()
    const { phase, ticks } = this.#seat
    switch (phase) {
      case 'starting': // RK2, RK3
        if (this.#servers.ownRank !== null) this.#ask('started')
        return
      case 'asking':
        if (ticks >= answerTicks) this.#decide()
        return
      case 'waiting': // RK6
        if (ticks >= announceTicks) this.#ask('no-announcement')
        return
      case 'following': // RK3
        if (ticks >= silenceTicks) this.#ask('silence')
        return
      case 'coordinating': // RK9
        if (ticks >= heartbeatTicks) this.#announce()
        return
      default:
        unreachable(phase)
    }
  }

  #receive(from: NodeId, message: RankMessage): void {
    if (from === this.#config.id) return this.#seat.anomaly(`${message.kind} from ${from}, who is this node`)
    if (this.#servers.ownRank === null || !this.#servers.has(from)) return // RK2
    const isBetter = this.#servers.isBetter(from, this.#config.id)
    switch (message.kind) {
      case 'election':
        return this.#answer(from, isBetter)
      case 'ok':
        this.#count(from)
        if (isBetter && this.#seat.phase === 'coordinating') this.#seat.move('waiting', 'better-answered') // RK6
        return
      case 'coordinator':
        if (isBetter) this.#hear(from)
        else this.#correct(from)
        return
      default:
        unreachable(message)
    }
  }

  /** RK4 */
  #answer(from: NodeId, isBetter: boolean): void {
    const { phase } = this.#seat
    this.#seat.send(from, phase === 'coordinating' && !isBetter ? coordinator : okay)
    if (phase === 'starting') this.#ask('was-asked')
  }

  /** RK5: nobody is left whose answer could change anything. */
  #count(from: NodeId): void {
    if (this.#seat.phase !== 'asking') return
    this.#answered.add(from)
    if (this.#servers.others.every((server) => this.#answered.has(server))) this.#decide()
  }

  /** RK5, RK6 */
  #decide(): void {
    const { id } = this.#config
    const isBeaten = [...this.#answered].some((server) => this.#servers.isBetter(server, id))
    if (isBeaten) this.#seat.move('waiting', 'better-answered')
    else this.#coordinate('no-better-answered')
  }

  /** RK7 */
  #hear(from: NodeId): void {
    const { phase, coordinator: heard } = this.#seat
    if (phase === 'following' && heard !== null) {
      if (this.#servers.isBetter(heard, from)) return
      if (from === heard) return this.#seat.renew()
    }
    this.#seat.move('following', 'better-announced', from)
  }

  /** RK8 */
  #correct(from: NodeId): void {
    const { phase } = this.#seat
    if (phase === 'asking') this.#count(from)
    else if (phase === 'coordinating') this.#seat.send(from, coordinator)
    else if (phase !== 'waiting') this.#ask('lesser-announced')
  }

  /** RK3 */
  #ask(why: PhaseWhy): void {
    this.#answered.clear()
    this.#seat.move('asking', why)
    this.#sayToAll(election)
    if (this.#servers.others.length === 0) this.#decide()
  }

  #coordinate(why: PhaseWhy): void {
    this.#seat.move('coordinating', why, this.#config.id)
    this.#announce()
  }

  #announce(): void {
    this.#seat.renew()
    this.#sayToAll(coordinator)
  }

  #sayToAll(message: RankMessage): void {
    const { others } = this.#servers
    if (others.length > 0) this.#seat.sendAll(others.map((to) => ({ to, message })))
  }
}

const election: RankMessage = { kind: 'election' }
const okay: RankMessage = { kind: 'ok' }
const coordinator: RankMessage = { kind: 'coordinator' }
