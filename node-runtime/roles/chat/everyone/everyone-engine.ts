import type { TraceWhat } from '#contract/worker/trace'
import { encodeEveryone } from '#cores/chat/everyone/codec'
import type { Content } from '#cores/chat/everyone/content'
import { EveryoneCore } from '#cores/chat/everyone/core'
import type {
  Entry,
  EveryoneAnswer,
  EveryoneConfig,
  EveryoneInput,
  EveryoneMessage,
  EveryoneNote,
  EveryoneOutput,
} from '#cores/chat/everyone/messages'
import type { StoreTx } from '#ports/store'
import type { CommonInput, CommonOutput, Engine } from '../../pump.ts'
import type { NodePorts } from '../../role.ts'
import { restoreEntries, saveEntries } from './entry-store.ts'

type ToldNote = Extract<EveryoneNote, { readonly kind: 'caught-up' }>

export interface EveryoneTurn extends CommonOutput<EveryoneMessage, ToldNote> {
  readonly output: EveryoneOutput
}

export interface EveryoneEngineParts {
  readonly config: EveryoneConfig
  readonly ports: Pick<NodePorts, 'lamport' | 'random' | 'store'>
  /** On the disk now, in order; those of other servers among them. Before anybody is answered. */
  readonly written: (entries: readonly Entry[]) => void
  readonly answered: (answer: EveryoneAnswer) => void
  /** What was asked and is not on the disk never will be. */
  readonly lost: () => void
}

/** The core of a server that answers for itself, in the hands of the pump. */
export class EveryoneEngine implements Engine<EveryoneInput, EveryoneMessage, ToldNote, EveryoneTurn> {
  readonly #parts: EveryoneEngineParts
  #core: EveryoneCore
  #lives = 0

  constructor(parts: EveryoneEngineParts) {
    this.#parts = parts
    this.#core = this.#newCore()
  }

  get content(): Content {
    return this.#core.content
  }

  isOwn({ log }: Entry): boolean {
    return log === this.#core.log
  }

  step(inputs: readonly (EveryoneInput | CommonInput)[]): EveryoneTurn {
    const output = this.#core.step(inputs)
    const { messages, anomaly, hasMore } = output
    return { messages, notes: output.notes.filter((note) => note.kind === 'caught-up'), anomaly, hasMore, output }
  }

  mustSave({ output }: EveryoneTurn): boolean {
    return output.entries.length > 0
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

  save(tx: StoreTx, { output }: EveryoneTurn): void {
    saveEntries(tx, output)
  }

  saved(): void {}

  encode(message: EveryoneMessage): Uint8Array {
    return encodeEveryone(message)
  }

  describe({ entries: records, from }: ToldNote): TraceWhat {
    return { kind: 'caught-up', records, from }
  }

  /** Commit, publish, reply. */
  finish({ output }: EveryoneTurn): readonly EveryoneInput[] {
    if (output.entries.length > 0) this.#parts.written(output.entries)
    for (const answer of output.answers) this.#parts.answered(answer)
    return []
  }

  /** What waits until others know it is on the disk already, so its answer is a good one; all else is lost. */
  restart(): void {
    for (const answer of this.#core.giveUpWaiting()) this.#parts.answered(answer)
    this.#parts.lost()
    this.#core = this.#newCore()
  }

  #newCore(): EveryoneCore {
    const { config, ports } = this.#parts
    this.#lives += 1
    const random = ports.random.fork(`life ${this.#lives} of a server that answers for itself`)
    return new EveryoneCore(config, restoreEntries(ports.store), { random, clock: ports.lamport })
  }
}
