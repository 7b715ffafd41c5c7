import { LamportClock } from '#cores/clocks/lamport'
import { Random } from '#kit/random'
import { lifeId, peerId } from '../../ids.ts'
import type {
  Member,
  PeerId,
  RingConfig,
  RingMessage,
  RingOutput,
  RingRecord,
  RingState,
  RingTiming,
} from '../../messages.ts'
import type { RingHome } from '../../parts.ts'
import { StepOutput } from '../../step-output.ts'
import { type TalkLimits, talkLimits } from '../limits.ts'
import { Talk } from '../talk.ts'

export const timing: RingTiming = {
  heartbeatTicks: 4,
  suspicionTicks: 12,
  probeTicks: 6,
  seekEveryTicks: 3,
  seekTicks: 8,
  beaconTicks: 8,
  electionTicks: 12,
  syncTicks: 10,
  textHeartbeatTicks: 40,
  textSilenceTicks: 80,
}

/** One talk, and a home that says whatever a test wants it to. */
export class Speaker implements RingHome {
  readonly config: RingConfig
  readonly out = new StepOutput()
  readonly clock = new LamportClock()
  readonly random: Random
  readonly view = null
  readonly nextOfAny = null
  readonly passed: RingRecord[] = []
  state: RingState = 'member'
  others: readonly Member[] = []
  readonly talk: Talk

  constructor(number: number, options: SpeakerOptions = {}) {
    const { life = number, restored = [], limits = {} } = options
    const name = `p${number}`
    this.config = { id: peerOf(number), life: lifeOf(life), name, timing, withTexts: false }
    this.random = new Random(`speaker ${number} ${life}`)
    const border = { isFitted: () => false, recordPassed: (record: RingRecord) => void this.passed.push(record) }
    this.talk = new Talk(this, { records: restored }, border, { ...talkLimits, ...limits })
  }

  get member(): Member {
    const { id, life, name } = this.config
    return { id, kind: 'own', life, name }
  }

  get nextOwn(): PeerId | null {
    return this.others[0]?.id ?? null
  }

  /** In their order, the next one first. */
  meet(others: readonly Member[]): RingOutput {
    this.others = others
    this.talk.ringChanged()
    return this.finish()
  }

  say(...texts: readonly string[]): RingOutput {
    for (const text of texts) this.talk.say({ ref: 1, text, atMs: 0 })
    return this.finish()
  }

  hear(from: Speaker, message: RingMessage): RingOutput {
    if (message.kind === 'records' || message.kind === 'have')
      this.talk.receive(from.config.id, from.config.life, message)
    return this.finish()
  }

  tick(): RingOutput {
    this.talk.tick()
    return this.finish()
  }

  finish(): RingOutput {
    this.talk.finish()
    return this.out.take()
  }

  /** What people see, the oldest first. */
  get texts(): readonly string[] {
    return this.history.map(({ text }) => text)
  }

  get history(): readonly RingRecord[] {
    return [...this.talk.history.newestFirst()].reverse()
  }
}

export interface SpeakerOptions {
  readonly life?: number
  readonly restored?: readonly RingRecord[]
  readonly limits?: Partial<TalkLimits>
}

interface Underway {
  readonly from: Speaker
  readonly to: PeerId
  readonly message: RingMessage
}

/** What happens to messages: out of so many, so many. */
export interface Weather {
  readonly lossPercent: number
  readonly doublePercent: number
  readonly isMixed: boolean
}

export const calm: Weather = { lossPercent: 0, doublePercent: 0, isMixed: false }

/** Some talks in a ring, with messages between them that are lost, doubled and mixed as a test wants. */
export class Circle {
  readonly speakers: Speaker[] = []
  weather: Weather = calm
  /** How many messages of each kind have arrived. */
  readonly arrived = { records: 0, have: 0 }
  readonly anomalies: string[] = []
  readonly #random: Random
  #underway: Underway[] = []

  constructor(seed: string, count: number, limits: Partial<TalkLimits> = {}) {
    this.#random = new Random(seed)
    for (let number = 1; number <= count; number += 1) this.speakers.push(new Speaker(number, { limits }))
    this.close(this.speakers)
  }

  /** Those and no others are a ring, in that order. */
  close(ring: readonly Speaker[]): void {
    for (const [index, speaker] of ring.entries()) {
      const others = [...ring.slice(index + 1), ...ring.slice(0, index)]
      this.take(speaker, speaker.meet(others.map(({ member }) => member)))
    }
  }

  at(index: number): Speaker {
    const speaker = this.speakers[index]
    if (speaker === undefined) throw new RangeError(`speaker ${index}`)
    return speaker
  }

  say(index: number, ...texts: readonly string[]): void {
    this.take(this.at(index), this.at(index).say(...texts))
  }

  /** As if that process died: what it had sent may arrive. */
  kill(index: number): void {
    this.speakers.splice(index, 1)
    this.close(this.speakers)
  }

  take(from: Speaker, output: RingOutput): void {
    if (output.anomaly !== null) this.anomalies.push(output.anomaly)
    for (const { to, message } of output.messages) {
      const { lossPercent, doublePercent } = this.weather
      if (this.#random.chance(lossPercent, 100)) continue
      this.#underway.push({ from, to, message })
      if (this.#random.chance(doublePercent, 100)) this.#underway.push({ from, to, message })
    }
  }

  /** Some of what is under way arrives. */
  deliver(countMax: number): void {
    for (let count = 0; count < countMax; count += 1) {
      const at = this.weather.isMixed && this.#underway.length > 0 ? this.#random.below(this.#underway.length) : 0
      const [arrival] = this.#underway.splice(at, 1)
      if (arrival === undefined) return
      const { from, to, message } = arrival
      const speaker = this.speakers.find(({ config }) => config.id === to)
      if (speaker === undefined) continue
      if (message.kind === 'records' || message.kind === 'have') this.arrived[message.kind] += 1
      this.take(speaker, speaker.hear(from, message))
    }
  }

  /** Everything that is said arrives, again and again, while time goes by. */
  quiet(ticks: number): void {
    for (let tick = 0; tick < ticks; tick += 1) {
      this.deliver(Number.POSITIVE_INFINITY)
      for (const speaker of this.speakers) this.take(speaker, speaker.tick())
    }
    this.deliver(Number.POSITIVE_INFINITY)
  }
}

export function peerOf(number: number): PeerId {
  return peerId(`127.0.0.1:${9000 + number}`)
}

export function lifeOf(number: number) {
  return lifeId(number.toString(16).padStart(16, '0'))
}

/** A record as a peer of that number might have made it. */
export function record(number: number, sequence: number, more: Partial<RingRecord> = {}): RingRecord {
  return {
    origin: lifeOf(number),
    sequence,
    stamp: sequence,
    peer: peerOf(number),
    uuid: uuidOf(number * 1_000_000 + sequence),
    source: 'own',
    author: `p${number}`,
    text: `${number}.${sequence}`,
    atMs: 0,
    ...more,
  }
}

export function uuidOf(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
}
