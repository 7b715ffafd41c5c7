import { LamportClock } from '#cores/clocks/lamport'
import { Random } from '#kit/random'
import { decodeRingMessage, decodeRingShout, encodeRingMessage, encodeRingShout } from '../codec.ts'
import { RingCore } from '../core.ts'
import { lifeId, peerId } from '../ids.ts'
import type {
  LifeId,
  PeerId,
  RingFacts,
  RingInput,
  RingMessage,
  RingOutput,
  RingRecord,
  RingShout,
  RingTiming,
} from '../messages.ts'
import { messageText, noteText, shortName, viewText } from './words.ts'

export const timing: RingTiming = {
  heartbeatTicks: 4,
  suspicionTicks: 12,
  probeTicks: 6,
  seekEveryTicks: 3,
  seekTicks: 8,
  beaconTicks: 8,
  electionTicks: 12,
  syncTicks: 20,
  textHeartbeatTicks: 40,
  textSilenceTicks: 80,
}

interface Peer {
  readonly id: PeerId
  readonly life: LifeId
  readonly core: RingCore
  readonly waiting: RingInput[]
  lateTicks: number
  isPaused: boolean
  hasLeft: boolean
}

interface Underway {
  readonly dueTick: number
  readonly from: Peer
  readonly to: PeerId
  readonly message: RingMessage
}

/**
 * A few peers in one room. What is said arrives within the tick, but where it is cut; nobody listens where a peer was
 * killed, and its connections end. It writes down what happens.
 */
export class Room {
  readonly #peers = new Map<PeerId, Peer>()
  readonly #cut = new Set<string>()
  readonly #records = new Map<PeerId, RingRecord[]>()
  #underway: Underway[] = []
  #lines: string[] = []
  #anomalies: string[] = []
  #lives = 0
  #refs = 0
  readonly #seed: string
  readonly #timing: RingTiming
  #now = 0
  /** What one peer says to another keeps its order, however long it takes. */
  readonly #dueTicks = new Map<string, number>()
  delayTicks: () => number = () => 0
  /** Sees all that is delivered; false: it is lost. */
  through: (from: string, to: string, message: RingMessage) => boolean = () => true
  /** What is for reference peers; the room has none of its own. */
  outside: (from: PeerId, output: RingOutput) => void = () => undefined

  constructor(seed = 'room', ownTiming = timing) {
    this.#seed = seed
    this.#timing = ownTiming
  }

  get names(): readonly string[] {
    return [...this.#peers.keys()].map(shortName)
  }

  get anomalies(): readonly string[] {
    return this.#anomalies
  }

  /** A new life at that address, with what its last life had. */
  start(name: string, withTexts = false): void {
    const id = idOf(name)
    this.#lives += 1
    const life = lifeId(this.#lives.toString(16).padStart(16, '0'))
    const records = this.#records.get(id) ?? []
    this.#records.set(id, records)
    const random = new Random(`${this.#seed}/${name}/${this.#lives}`)
    const core = new RingCore(
      { id, life, name, timing: this.#timing, withTexts },
      { records: [...records] },
      { random, clock: new LamportClock() },
    )
    this.#peers.set(id, { id, life, core, waiting: [], lateTicks: 0, isPaused: false, hasLeft: false })
  }

  /** Nobody listens there any more, and who was connected notices. */
  kill(name: string): void {
    const gone = idOf(name)
    this.#peers.delete(gone)
    this.#underway = this.#underway.filter(({ from }) => from.id !== gone)
    for (const { id } of this.#peers.values()) {
      if (!this.#isCut(id, gone)) this.step(shortName(id), { kind: 'disconnected', peer: gone, why: 'closed' })
    }
  }

  pause(name: string): void {
    this.peer(name).isPaused = true
  }

  /** What came meanwhile comes at once, and it knows how late it is. */
  resume(name: string): void {
    const peer = this.peer(name)
    peer.isPaused = false
    const waiting = peer.waiting.splice(0)
    this.step(name, { kind: 'was-late', ticks: peer.lateTicks }, { kind: 'tick' }, ...waiting)
    peer.lateTicks = 0
  }

  facts(name: string): RingFacts {
    return this.peer(name).core.facts
  }

  /** What it keeps, in the order in which it came. */
  records(name: string): readonly RingRecord[] {
    return this.#records.get(idOf(name)) ?? []
  }

  /** What it shows, the oldest first. */
  texts(name: string): readonly string[] {
    return [...this.peer(name).core.history.newestFirst()].map(({ text }) => text).reverse()
  }

  /** The members as the first peer has them, from the leader onward. */
  get order(): readonly string[] {
    const [first] = this.#peers.values()
    return first?.core.facts.view?.members.map(({ id }) => shortName(id)) ?? []
  }

  say(name: string, text: string): RingOutput {
    this.#refs += 1
    return this.step(name, { kind: 'say', ref: this.#refs, text, atMs: 0 })
  }

  step(name: string, ...inputs: readonly RingInput[]): RingOutput {
    const peer = this.peer(name)
    const output = peer.core.step(inputs)
    this.#records.get(peer.id)?.push(...output.records)
    for (const note of output.notes) this.#lines.push(`${name} ${noteText(note)}`)
    if (output.anomaly !== null) {
      this.#anomalies.push(`${name}: ${output.anomaly}`)
      this.#lines.push(`${name} complains: ${output.anomaly}`)
    }
    for (const { to, message } of output.messages) this.#send(peer, to, message)
    for (const shout of output.shouts) this.#shout(peer, shout)
    this.outside(peer.id, output)
    if (output.hasLeft) {
      this.#lines.push(`${name} has left`)
      this.#peers.delete(peer.id)
      this.deliver()
    } else if (output.hasMore) this.step(name)
    return output
  }

  /** Time goes by for all, and everything that is said arrives. */
  pass(ticks: number): void {
    for (let count = 0; count < ticks; count += 1) {
      for (const peer of [...this.#peers.values()]) {
        if (peer.isPaused) peer.lateTicks += 1
        else this.step(shortName(peer.id), { kind: 'tick' })
      }
      this.#now += 1
      this.deliver()
    }
  }

  /** As long as it takes. */
  passUntil(isSo: () => boolean, ticksMax = 400): number {
    let ticks = 0
    for (; !isSo(); ticks += 1) {
      if (ticks >= ticksMax) throw new Error(`not so after ${ticks} ticks:\n${this.picture()}`)
      this.pass(1)
    }
    return ticks
  }

  deliver(): void {
    for (let rounds = 0; ; rounds += 1) {
      if (rounds > 2_000) throw new Error(`they never stop talking: ${this.#underway.map(wordsOf).join('; ')}`)
      const due = this.#underway.filter(({ dueTick }) => dueTick <= this.#now)
      if (due.length === 0) return
      this.#underway = this.#underway.filter(({ dueTick }) => dueTick > this.#now)
      for (const envelope of due) this.#deliver(envelope)
    }
  }

  /** What is underway, and nothing that it leads to. */
  deliverRound(): void {
    const underway = this.#underway
    this.#underway = []
    for (const envelope of underway) this.#deliver(envelope)
  }

  cut(...sides: readonly (readonly string[])[]): void {
    for (const side of sides) {
      for (const other of sides) {
        if (side === other) continue
        for (const from of side) for (const to of other) this.#cut.add(`${idOf(from)}>${idOf(to)}`)
      }
    }
  }

  /** That way only. */
  uncut(from: string, to: string): void {
    this.#cut.delete(`${idOf(from)}>${idOf(to)}`)
  }

  heal(): void {
    this.#cut.clear()
  }

  /** One ring, closed: the same view everywhere, of all who are there, and each next is the one behind. */
  get isOneRing(): boolean {
    const all = [...this.#peers.values()].map(({ core }) => core.facts)
    const [first] = all
    if (first === undefined) return true
    if (first.view === null) return false
    const { view } = first
    const ids = view.members.map(({ id }) => id)
    if (ids.length !== all.length) return false
    return all.every((facts) => {
      const place = ids.indexOf(facts.id)
      const next = ids.length === 1 ? null : ids[(place + 1) % ids.length]
      const isSettled = facts.state === (facts.id === view.leader ? 'leader' : 'member')
      if (facts.view === null || viewText(facts.view) !== viewText(view) || !isSettled) return false
      const life = view.members[place]?.life
      return facts.next === next && life === facts.life && facts.skipped.length + facts.suspects.length === 0
    })
  }

  picture(): string {
    return [...this.#peers.values()]
      .map(({ id, core: { facts } }) => {
        const next = facts.next === null ? 'nobody' : shortName(facts.next)
        const view = facts.view === null ? 'no ring' : viewText(facts.view)
        const dead = facts.skipped.map(shortName).join(' ')
        return `${shortName(id)} ${facts.state} ${view} next ${next}${dead === '' ? '' : ` over ${dead}`}`
      })
      .join('\n')
  }

  /** What happened since it was last asked. */
  text(): string {
    const lines = this.#lines
    this.#lines = []
    return lines.join('\n')
  }

  /** Of these alone. */
  textOf(...names: readonly string[]): string {
    const lines = this.text().split('\n')
    return lines.filter((line) => names.includes(line.split(' ')[0] ?? '')).join('\n')
  }

  peer(name: string): Peer {
    const peer = this.#peers.get(idOf(name))
    if (peer === undefined) throw new Error(`no ${name}`)
    return peer
  }

  #send(from: Peer, to: PeerId, message: RingMessage): void {
    const line = `${from.life}>${to}`
    const dueTick = Math.max(this.#dueTicks.get(line) ?? 0, this.#now + this.delayTicks())
    this.#dueTicks.set(line, dueTick)
    this.#underway.push({ dueTick, from, to, message })
  }

  #deliver({ from, to, message }: Underway): void {
    if (this.#isCut(from.id, to) || !this.through(shortName(from.id), shortName(to), message)) return
    const isThere = this.#peers.get(from.id) === from
    const peer = this.#peers.get(to)
    if (peer === undefined) {
      if (isThere) this.step(shortName(from.id), { kind: 'disconnected', peer: to, why: 'refused' })
      return
    }
    const words = decodeRingMessage(encodeRingMessage(from.life, message))
    if (words === null) throw new Error(`${message.kind} does not come through`)
    this.#give(peer, { kind: 'message', from: from.id, ...words })
  }

  #shout(from: Peer, shout: RingShout): void {
    const arrived = decodeRingShout(encodeRingShout(shout))
    if (arrived === null) throw new Error(`${shout.kind} does not come through`)
    for (const peer of [...this.#peers.values()]) {
      if (peer !== from && !this.#isCut(from.id, peer.id)) this.#give(peer, { kind: 'shout', shout: arrived })
    }
  }

  #give(peer: Peer, input: RingInput): void {
    if (peer.isPaused) peer.waiting.push(input)
    else this.step(shortName(peer.id), input)
  }

  #isCut(from: PeerId, to: PeerId): boolean {
    return this.#cut.has(`${from}>${to}`)
  }
}

/** All there, and one ring; what led to it is forgotten. */
export function ringOf(count: number, seed = 'room'): Room {
  const room = new Room(seed)
  for (let number = 1; number <= count; number += 1) {
    room.start(`p${number}`)
    room.passUntil(() => room.isOneRing)
  }
  room.pass(timing.suspicionTicks)
  room.text()
  return room
}

export function idOf(name: string): PeerId {
  return peerId(`10.0.0.${name.slice(1)}:9001`)
}

function wordsOf({ from, to, message }: Underway): string {
  return `${shortName(from.id)} -> ${shortName(to)} ${messageText(message)}`
}
