import type { FaultRules } from '#contract/worker/faults'
import { RaftCore } from '#cores/raft/core'
import type { HardState, RaftConfig, RaftInput, RaftOutput, RaftView } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import { StoreFailure } from '#ports/store'
import type { NodeHands, Program } from '../subject.ts'
import type { ElectionWords } from './election-words.ts'

/** The slice of the core that feeding it needs. A planted bug may stand in front of the real one. */
export interface ElectionMachine {
  readonly view: RaftView
  step(input: RaftInput): RaftOutput
}

/** The deeds that an output asks for, each by itself. Their order is the safety argument. */
export interface Deeds {
  persist(): void
  send(): void
  note(): void
}

/** What the program is made of. The right parts are below; a planted bug substitutes one of them. */
export interface ElectionParts {
  makeCore(config: RaftConfig, restored: HardState | null, random: Random): ElectionMachine
  /** What a new life finds on its disk. */
  restore(hard: HardState | null): HardState | null
  perform(deeds: Deeds): void
  /** The disk was found to refuse, while no output was being performed. */
  tellRefusal(step: (input: RaftInput) => void): void
}

export const rightParts: ElectionParts = {
  makeCore: (config, restored, random) => new RaftCore(config, restored, random),
  restore: (hard) => hard,
  perform: (deeds) => {
    deeds.persist()
    deeds.send()
    deeds.note()
  },
  tellRefusal: (step) => {
    step({ kind: 'can-write' })
    step({ kind: 'cannot-write' })
  },
}

/** An election core on a virtual node, fed and obeyed as the pump of a real node does it. */
export class ElectionProgram implements Program<ElectionWords> {
  readonly #hands: NodeHands<ElectionWords>
  readonly #parts: ElectionParts
  readonly #core: ElectionMachine
  #isDiskRefusing = false
  #ticksSinceTrial = 0

  constructor(hands: NodeHands<ElectionWords>, config: RaftConfig, parts: ElectionParts) {
    this.#hands = hands
    this.#parts = parts
    const restored = parts.restore(readHard(hands))
    this.#core = parts.makeCore(config, restored, hands.random)
    hands.clock.every(hands.scenario.tickMs, () => this.#tick())
  }

  get view(): RaftView {
    return this.#core.view
  }

  receive(from: NodeId, message: ElectionWords['message']): void {
    this.#step({ kind: 'message', from, message })
  }

  /** At once and not with the next write: a leader may not write for hours. */
  setFaults(rules: FaultRules): void {
    if (rules.isDiskFull !== this.#isDiskRefusing) this.#tryDisk()
  }

  #tick(): void {
    if (this.#isDiskRefusing) {
      this.#ticksSinceTrial += 1
      if (this.#ticksSinceTrial >= ticksBetweenTrials) this.#tryDisk()
    }
    this.#step(tick)
  }

  #tryDisk(): void {
    this.#ticksSinceTrial = 0
    const isRefusing = !this.#canWrite()
    if (isRefusing === this.#isDiskRefusing) return
    this.#isDiskRefusing = isRefusing
    if (isRefusing) this.#parts.tellRefusal((input) => this.#step(input))
    else this.#step({ kind: 'can-write' })
  }

  #step(input: RaftInput): void {
    const output = this.#core.step(input)
    if (output.anomaly !== null) this.#hands.anomaly(output.anomaly)
    if (output.persist === null && output.messages.length === 0 && output.notes.length === 0) return
    try {
      this.#parts.perform(this.#deedsOf(output))
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error
      this.#isDiskRefusing = true
      this.#step({ kind: 'cannot-write' })
    }
  }

  #deedsOf(output: RaftOutput): Deeds {
    const hands = this.#hands
    return {
      persist: () => {
        if (output.persist !== null) writeHard(hands, output.persist)
      },
      send: () => {
        for (const { to, message } of output.messages) hands.send(to, message)
      },
      note: () => {
        for (const note of output.notes) hands.note(note)
      },
    }
  }

  #canWrite(): boolean {
    try {
      this.#hands.store.transaction((tx) => tx.put(space, 'trial', new Uint8Array(1)))
      return true
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error
      return false
    }
  }
}

const tick: RaftInput = { kind: 'tick' }
const space = 'raft'
const ticksBetweenTrials = 20

function writeHard(hands: NodeHands<ElectionWords>, hard: HardState): void {
  const bytes = new TextEncoder().encode(JSON.stringify(hard))
  hands.store.transaction((tx) => tx.put(space, 'hard', bytes))
}

function readHard(hands: NodeHands<ElectionWords>): HardState | null {
  const bytes = hands.store.view().get(space, 'hard')
  // Written by writeHard on a virtual disk, which damages nothing.
  return bytes === null ? null : (JSON.parse(new TextDecoder().decode(bytes)) as HardState)
}
