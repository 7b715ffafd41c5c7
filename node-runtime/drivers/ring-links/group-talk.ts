import type { LinkRules } from '#contract/worker/faults'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import type { Result } from '#kit/result'
import type { Clock } from '#ports/clock'
import type { HostPort, RefusedWhy } from '#ports/ring-links'
import { HeldBack } from '../wire/held-back.ts'
import type { WireDrop } from '../wire/index.ts'
import { fateOf } from '../wire/link-faults.ts'
import { textOf } from './addresses.ts'
import { Allowance } from './allowance.ts'
import { makeRoom } from './bounded.ts'
import { isTextTaken, type TextsFrom } from './door.ts'
import { Group, type GroupOptions } from './group.ts'
import { ringLinkLimits } from './limits.ts'
import { isShout, type Mark, Shouts } from './shouts.ts'
import { isText } from './texts-in.ts'

export interface GroupTalkOptions extends GroupOptions {
  readonly self: { readonly id: string; readonly nodeId: NodeId }
  readonly key: Uint8Array
  readonly clock: Clock
  readonly random: Random
  readonly textsFrom: TextsFrom
  readonly onShout: (bytes: Uint8Array) => void
  readonly onCall: (from: HostPort, text: string, isAnswer: boolean) => void
  readonly onRefused: (why: RefusedWhy, from: string) => void
  readonly onDrop: (drop: WireDrop) => void
}

/** What is said to all who listen: sealed to own peers, as text to programs of any kind. */
export class GroupTalk {
  readonly #options: GroupTalkOptions
  readonly #group: Group
  readonly #shouts: Shouts
  readonly #ofTexts: Allowance
  readonly #ofShouts: Allowance
  /** Each for itself: whoever has proven the key is not silenced by what strangers bring from the same host. */
  readonly #ofBelieved: Allowance
  /** Where own peers of this ring speak from. What they call out is for programs that have no shouts. */
  readonly #believed = new Set<string>()
  readonly #held: HeldBack<Uint8Array>
  #heldCount = 0
  /** When a sign with another key came from there, which the call after it uses up: anybody can make one in another's name. */
  readonly #strangeSigns = new Map<string, number>()
  #rules: readonly LinkRules[] = []

  constructor(options: GroupTalkOptions) {
    this.#options = options
    this.#group = new Group(options)
    this.#shouts = new Shouts(options.key)
    const rates = { perHost: ringLinkLimits.datagramsPerHost, inAll: ringLinkLimits.datagramsInAll }
    const allowance = (): Allowance => new Allowance(rates, () => options.clock.now())
    this.#ofTexts = allowance()
    this.#ofShouts = allowance()
    this.#ofBelieved = allowance()
    this.#held = new HeldBack(options.clock, (bytes) => {
      this.#heldCount -= 1
      options.onShout(bytes)
    })
  }

  async open(): Promise<Result<null>> {
    return await this.#group.open((from, datagram, isAnswer) => this.#heard(from, datagram, isAnswer))
  }

  setRules(rules: readonly LinkRules[]): void {
    this.#rules = rules
  }

  shout(bytes: Uint8Array): void {
    const marks = this.#rules.map((rules) => this.#markOf(rules))
    const datagram = this.#shouts.seal({ from: this.#options.self.id, marks, bytes })
    if (datagram === null) this.#options.onDrop({ peer: null, why: 'too-large', bytes })
    else this.#group.say(datagram)
  }

  /** An empty shout goes before it, so that own peers know whose call it is, and leave it to others. */
  callOut(text: string): void {
    // Beyond this machine nobody is asked who would not be heard: a leader there would take us in, and then lose us.
    if (this.#options.ttl > 0 && this.#options.textsFrom !== 'everybody') return
    const datagram = Buffer.from(text, 'utf8')
    const sign = this.#shouts.seal({ from: this.#options.self.id, marks: [], bytes: new Uint8Array() })
    if (datagram.length > ringLinkLimits.textBytesMax || sign === null) return
    this.#group.say(sign)
    this.#group.say(datagram)
  }

  whisper(to: HostPort, text: string): void {
    const datagram = Buffer.from(text, 'utf8')
    if (datagram.length <= ringLinkLimits.textBytesMax) this.#group.sayTo(to, datagram)
  }

  async close(): Promise<void> {
    this.#held.clear()
    await this.#group.close()
  }

  #markOf(rules: LinkRules): Mark {
    const fate = fateOf(rules, this.#options.random)
    if (fate.kind === 'sent') return { to: rules.to, delaysMs: fate.delaysMs }
    this.#options.onDrop({ peer: rules.to, why: fate.why, bytes: null })
    return { to: rules.to, delaysMs: [] }
  }

  #heard(from: HostPort, datagram: Buffer, isAnswer: boolean): void {
    if (!this.#isAllowed(from, datagram)) this.#options.onRefused('too-many', from.host)
    else if (isShout(datagram)) this.#heardShout(from, datagram)
    else this.#heardText(from, datagram, isAnswer)
  }

  #isAllowed(from: HostPort, datagram: Buffer): boolean {
    if (!isShout(datagram)) return this.#ofTexts.take(from.host)
    const caller = textOf(from)
    return this.#believed.has(caller) ? this.#ofBelieved.take(caller) : this.#ofShouts.take(from.host)
  }

  #heardShout(from: HostPort, datagram: Buffer): void {
    const { self, onRefused } = this.#options
    const shout = this.#shouts.open(datagram)
    if (shout === 'wrong-key') this.#rememberStrangeSign(from)
    if (typeof shout === 'string') return onRefused(shout, from.host)
    makeRoom(this.#believed, ringLinkLimits.callersRememberedMax)
    this.#believed.add(textOf(from))
    if (shout.from === self.id || shout.bytes.byteLength === 0) return
    const mark = shout.marks.find(({ to }) => to === self.nodeId)
    for (const delayMs of mark?.delaysMs ?? [0]) this.#deliver(shout.bytes, delayMs)
  }

  /** Of another ring of this program: two labs on one machine must not take each other for reference peers. */
  #rememberStrangeSign(from: HostPort): void {
    makeRoom(this.#strangeSigns, ringLinkLimits.callersRememberedMax)
    this.#strangeSigns.set(textOf(from), this.#options.clock.now())
  }

  #hasStrangeSign(from: HostPort): boolean {
    const signedMs = this.#strangeSigns.get(textOf(from))
    this.#strangeSigns.delete(textOf(from))
    return signedMs !== undefined && this.#options.clock.now() - signedMs < ringLinkLimits.strangeSignMsMax
  }

  #deliver(bytes: Uint8Array, delayMs: number): void {
    if (delayMs === 0) return this.#options.onShout(bytes)
    if (this.#heldCount >= ringLinkLimits.shoutsHeldMax) return
    this.#heldCount += 1
    this.#held.hold(bytes, delayMs, false)
  }

  #heardText(from: HostPort, datagram: Buffer, isAnswer: boolean): void {
    const { onCall, onRefused, textsFrom } = this.#options
    if (this.#believed.has(textOf(from)) || this.#hasStrangeSign(from)) return
    if (!isTextTaken(from.host, textsFrom)) onRefused('texts-not-allowed', from.host)
    else if (datagram.length > ringLinkLimits.textBytesMax) onRefused('too-large', from.host)
    else if (isText(datagram)) onCall(from, datagram.toString('utf8'), isAnswer)
    else onRefused('garbage', from.host)
  }
}
