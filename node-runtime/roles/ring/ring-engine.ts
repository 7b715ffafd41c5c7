import { encodeRingMessage, encodeRingShout } from '#cores/ring/codec'
import { RingCore } from '#cores/ring/core'
import type { RingConfig, RingFacts, RingInput, RingMessage, RingOutput } from '#cores/ring/messages'
import { drawLife } from '#cores/ring/uuid'
import { writeTextCall, writeTextMessage } from '#dialects/ring/index'
import type { RingLinks } from '#ports/ring-links'
import type { CommonInput, CommonOutput, Engine } from '../pump.ts'
import type { NodePorts } from '../role.ts'
import type { ShownHistory } from './history-page.ts'
import type { RingNames } from './names.ts'
import { describeRingNote, isTold, type ToldNote } from './notes.ts'
import type { RingStore } from './ring-store.ts'

export interface RingEngineParts {
  readonly config: Omit<RingConfig, 'life'>
  readonly tickMs: number
  readonly links: RingLinks
  readonly store: RingStore
  readonly names: RingNames
  readonly ports: Pick<NodePorts, 'lamport' | 'random'>
  /** Counts a life of this node's disk. */
  readonly countLife: () => number
  /** A reference peer did not take what was sent to it. */
  readonly undelivered: (peer: RingConfig['id']) => void
  readonly said: (answer: RingOutput['said'][number]) => void
}

export interface RingTurn extends CommonOutput<RingMessage, ToldNote> {
  readonly output: RingOutput
}

/** The core of a ring peer in the hands of the pump. It writes nothing that anybody waits for. */
export class RingEngine implements Engine<RingInput, RingMessage, ToldNote, RingTurn> {
  readonly #parts: RingEngineParts
  #core: RingCore
  #lives = 0
  /** The revisions of lives before this one, so that the number never stands still while the history changes. */
  #revisionsBefore = 0

  constructor(parts: RingEngineParts) {
    this.#parts = parts
    this.#core = this.#newLife()
  }

  get facts(): RingFacts {
    return this.#core.facts
  }

  get history(): ShownHistory {
    return this.#core.history
  }

  get historyRevision(): number {
    return this.#revisionsBefore + this.#core.history.revision
  }

  /** The same peer as somebody new: what it has it keeps, what it stamps is of another origin. */
  begin(): void {
    this.#revisionsBefore = this.historyRevision + 1
    this.#core = this.#newLife()
  }

  step(inputs: readonly (RingInput | CommonInput)[]): RingTurn {
    const output = this.#core.step(inputs)
    const { links } = this.#parts
    const messages = output.messages.map(({ to, message }) => ({ to: links.nodeOf(to), message }))
    const { anomaly, hasMore } = output
    return { messages, notes: output.notes.filter(isTold), anomaly, hasMore, output }
  }

  mustSave(): boolean {
    return false
  }

  speaksFirst(): boolean {
    return false
  }

  mayWait(): boolean {
    return false
  }

  wantsToSave(): boolean {
    return false
  }

  save(): void {}

  saved(): void {}

  encode(message: RingMessage): Uint8Array {
    return encodeRingMessage(this.#core.facts.life, message)
  }

  describe(note: ToldNote): ReturnType<typeof describeRingNote> {
    return describeRingNote(note, this.#parts.names, this.#parts.tickMs)
  }

  finish({ output }: RingTurn): readonly RingInput[] {
    const { config, links, store, undelivered, said } = this.#parts
    store.add(output.records)
    for (const shout of output.shouts) links.shout(encodeRingShout(shout))
    for (const { to, message } of output.texts) {
      const text = writeTextMessage(message)
      if (text !== null) links.sendText(to, text, () => undelivered(to))
    }
    if (output.discovers) links.callOut(writeTextCall({ kind: 'discover', id: config.id }))
    for (const { to, next, leader } of output.invitations) {
      links.whisper(to, writeTextCall({ kind: 'join', next, leader }))
    }
    for (const answer of output.said) said(answer)
    return []
  }

  restart(): void {
    this.begin()
  }

  #newLife(): RingCore {
    const { config, store, ports, countLife } = this.#parts
    this.#lives += 1
    const random = ports.random.fork(`life ${this.#lives} of a ring peer`)
    const life = drawLife(random, countLife())
    return new RingCore({ ...config, life }, store.restore(), { random, clock: ports.lamport })
  }
}
