import { LamportClock } from '#cores/clocks/lamport'
import { Random } from '#kit/random'
import { RingCore } from '../core.ts'
import { lifeId, peerId } from '../ids.ts'
import type { LifeId, Member, PeerId, RingInput, RingMessage, RingOutput, RingStamp, RingView } from '../messages.ts'
import { stampOf } from '../view.ts'
import { timing } from './room.ts'
import { messageText, noteText, shortName } from './words.ts'

/** One peer, p5, alone with what a test tells it. The others are named p1 to p9, and their ids rise with their names. */
export class OnePeer {
  readonly core: RingCore
  #lastPings = new Map<string, number>()
  #last: RingOutput

  constructor(name = 'p5') {
    const config = { id: id(name), life: lifeOf(name), name, timing, withTexts: false }
    this.core = new RingCore(config, { records: [] }, { random: new Random('one peer'), clock: new LamportClock() })
    this.#last = this.core.step([])
  }

  /** In a ring of these, in their order; the first leads. */
  static in(names: readonly string[], term = 3, version = 1): OnePeer {
    const peer = new OnePeer()
    // Nobody makes a view in its name: to lead, it takes the ring over from one that goes.
    if (names[0] === 'p5')
      return peer.hear('p9', { kind: 'ring', view: view(['p9', ...names], term - 1) }).hear('p9', { kind: 'leave' })
    const teller = names.find((name) => name !== 'p5') ?? 'p9'
    return peer.hear(teller, { kind: 'ring', view: view(names, term, version) })
  }

  get state(): string {
    return this.core.facts.state
  }

  step(...inputs: readonly RingInput[]): this {
    this.#last = this.core.step(inputs)
    for (const { to, message } of this.#last.messages)
      if (message.kind === 'ping') this.#lastPings.set(shortName(to), message.number)
    return this
  }

  hear(from: string, message: RingMessage, life: LifeId = lifeOf(from)): this {
    return this.step({ kind: 'message', from: id(from), life, message })
  }

  /** Answers the latest ping that it was sent. */
  pong(from: string, ring: RingStamp | null = null, life: LifeId = lifeOf(from)): this {
    return this.hear(from, { kind: 'pong', number: this.#lastPings.get(from) ?? 0, ring }, life)
  }

  /** So much time; what was said and noted in it counts as one. */
  tick(count = 1): this {
    const outputs = Array.from({ length: count }, () => this.step({ kind: 'tick' }).#last)
    const [first = this.#last] = outputs
    this.#last = {
      ...first,
      messages: outputs.flatMap(({ messages }) => messages),
      shouts: outputs.flatMap(({ shouts }) => shouts),
      notes: outputs.flatMap(({ notes }) => notes),
      anomaly: outputs.find(({ anomaly }) => anomaly !== null)?.anomaly ?? null,
      hasLeft: outputs.some(({ hasLeft }) => hasLeft),
    }
    return this
  }

  /** The same, while these others answer, and the leader's beat comes by. */
  tickAmong(names: readonly string[], count: number, leader: string | null = null): this {
    const messages: RingOutput['messages'][number][] = []
    const notes: RingOutput['notes'][number][] = []
    for (let ticks = 0; ticks < count; ticks += 1) {
      this.tick()
      messages.push(...this.#last.messages)
      notes.push(...this.#last.notes)
      for (const name of names) this.pong(name, name === leader ? this.stamp : null)
    }
    this.#last = { ...this.#last, messages, notes }
    return this
  }

  get stamp(): RingStamp | null {
    const { view: present } = this.core.facts
    return present === null ? null : stampOf(present)
  }

  get last(): RingOutput {
    return this.#last
  }

  /** What the last step said, but for the talk. */
  get said(): readonly string[] {
    return this.#last.messages
      .filter(({ message }) => message.kind !== 'have' && message.kind !== 'records')
      .map(({ to, message }) => `${shortName(to)}: ${messageText(message)}`)
  }

  saidOf(kind: RingMessage['kind']): readonly string[] {
    return this.#last.messages
      .filter(({ message }) => message.kind === kind)
      .map(({ to, message }) => `${shortName(to)}: ${messageText(message)}`)
  }

  get noted(): readonly string[] {
    return this.#last.notes.map(noteText)
  }

  get shouted(): readonly string[] {
    return this.#last.shouts.map(({ kind }) => kind)
  }

  get next(): string | null {
    const { next } = this.core.facts
    return next === null ? null : shortName(next)
  }
}

export function id(name: string): PeerId {
  return peerId(`10.0.0.${name.slice(1)}:9001`)
}

export function lifeOf(name: string, number = 1): LifeId {
  return lifeId(`${name.slice(1)}${number}`.padStart(16, '0'))
}

export function member(name: string, number = 1): Member {
  return { id: id(name), kind: 'own', life: lifeOf(name, number), name }
}

export function view(names: readonly string[], term = 3, version = 1): RingView {
  const leader = names[0] ?? ''
  return { ...stamp(leader, term, version), members: names.map((name) => member(name)) }
}

export function stamp(leader: string, term = 3, version = 1): RingStamp & { readonly life: LifeId } {
  return { term, leader: id(leader), life: lifeOf(leader), version }
}

export function beacon(leader: string, term = 3, version = 1): Extract<RingInput, { kind: 'shout' }>['shout'] {
  return { kind: 'beacon', ring: stamp(leader, term, version), size: 1 }
}
