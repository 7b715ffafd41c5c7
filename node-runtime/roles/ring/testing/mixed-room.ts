import type { PeerId, RingOutput, TextMessage } from '#cores/ring/messages'
import { idOf, Room, timing } from '#cores/ring/testing/room'
import { drawUuid } from '#cores/ring/uuid'
import { readTextCall, readTextMessage, writeTextCall, writeTextMessage } from '#dialects/ring/index'
import { ReferencePeer } from '#dialects/ring/testing/reference-peer'
import { Random } from '#kit/random'

const referenceTiming = {
  heartbeatTicks: timing.textHeartbeatTicks,
  silenceTicks: timing.textSilenceTicks,
  aloneTicks: timing.seekTicks,
}

interface Line {
  readonly from: PeerId
  readonly to: PeerId
  readonly text: string
}

/** A room in which reference peers are as well. Own peers are p1, p2 … and reference peers r11, r12 …: ids follow numbers. */
export class MixedRoom {
  readonly room = new Room('mixed')
  /** Every line of the text form, as it went over the wire. */
  readonly lines: string[] = []
  readonly #references = new Map<PeerId, ReferencePeer>()
  readonly #random = new Random('mixed')
  #underway: Line[] = []

  constructor() {
    this.room.outside = (from, output) => this.#fromOwn(from, output)
  }

  reference(name: string): ReferencePeer {
    const peer = this.#references.get(idOf(name))
    if (peer === undefined) throw new Error(`no ${name}`)
    return peer
  }

  startReference(name: string): ReferencePeer {
    const id = idOf(name)
    const peer = new ReferencePeer({ id, user: name }, referenceTiming, {
      send: (to, message) => this.#send(id, to, message),
      discover: () => this.#discovered(id),
      uuid: () => drawUuid(this.#random),
    })
    this.#references.set(id, peer)
    peer.start()
    return peer
  }

  /** Own peers get on with each other first: the room of theirs does that within a tick. */
  killReference(name: string): void {
    this.#references.delete(idOf(name))
  }

  pass(ticks: number): void {
    for (let count = 0; count < ticks; count += 1) {
      this.room.pass(1)
      for (const peer of this.#references.values()) peer.tick()
      this.deliver()
    }
  }

  passUntil(isSo: () => boolean, ticksMax = 1_500): void {
    for (let ticks = 0; !isSo(); ticks += 1) {
      if (ticks >= ticksMax) throw new Error(`not so after ${ticks} ticks:\n${this.picture()}`)
      this.pass(1)
    }
  }

  picture(): string {
    const references = [...this.#references.values()].map(
      ({ id, leader, next, members }) => `${id} led by ${leader} next ${next} of ${members.join(' ')}`,
    )
    return [this.room.picture(), ...references, ...this.lines.slice(-20)].join('\n')
  }

  deliver(): void {
    for (let rounds = 0; this.#underway.length > 0; rounds += 1) {
      if (rounds > 500) throw new Error(`they never stop talking:\n${this.lines.slice(-10).join('\n')}`)
      const underway = this.#underway
      this.#underway = []
      for (const line of underway) this.#deliver(line)
      this.room.deliver()
    }
  }

  #deliver({ to, text }: Line): void {
    const message = readTextMessage(text)
    if (message === null) throw new Error(`not understood: ${text}`)
    const reference = this.#references.get(to)
    if (reference !== undefined) return reference.hear(message)
    const own = this.#ownName(to)
    if (own !== null) this.room.step(own, { kind: 'text', message, atMs: 0 })
  }

  #send(from: PeerId, to: PeerId, message: TextMessage): boolean {
    if (!this.#references.has(to) && this.#ownName(to) === null) return false
    const text = writeTextMessage(message)
    if (text === null) throw new Error(`cannot be said: ${JSON.stringify(message)}`)
    this.lines.push(`${from} -> ${to} ${text}`)
    this.#underway.push({ from, to, text })
    return true
  }

  #fromOwn(from: PeerId, output: RingOutput): void {
    for (const { to, message } of output.texts) {
      const name = this.#ownName(from)
      if (!this.#send(from, to, message) && name !== null) this.room.step(name, { kind: 'text-undelivered', peer: to })
    }
    for (const { to, next, leader } of output.invitations) {
      const call = readTextCall(writeTextCall({ kind: 'join', next, leader }))
      const asking = [...this.#references.values()][to.port]
      if (call?.kind === 'join') asking?.invited(call.next, call.leader)
    }
    if (output.discovers) this.#discovered(from)
  }

  /** The port of an answer's address is the asker's number here. */
  #discovered(id: PeerId): void {
    const port = [...this.#references.keys()].indexOf(id)
    for (const reference of this.#references.values()) {
      const answer = reference.answer(id)
      const own = this.#ownName(id)
      if (answer !== null && own !== null) this.room.step(own, { kind: 'invited', ...answer })
      else if (answer !== null) this.#references.get(id)?.invited(answer.next, answer.leader)
    }
    for (const name of this.room.names) {
      if (idOf(name) !== id) this.room.step(name, { kind: 'discover', id, answerTo: { host: '10.0.0.1', port } })
    }
  }

  #ownName(id: PeerId): string | null {
    return this.room.names.find((name) => idOf(name) === id) ?? null
  }
}
