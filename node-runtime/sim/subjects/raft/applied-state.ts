import type { Entry } from '#cores/raft/entry'
import { decodeMembership } from '#cores/raft/membership'
import type { LogBase } from '#cores/raft/messages'
import type { Register, Registers } from './registers.ts'
import type { StateMark } from './words.ts'

/** What goes to the disk of a state: what changed since it was last there, and how far it goes. */
export interface StateToKeep {
  readonly base: LogBase
  readonly rows: readonly Register[]
}

/** The state in memory, ahead of the disk by what was applied since it was last written. */
export class AppliedState {
  readonly registers: Registers
  #base: LogBase
  #durableIndex: number
  readonly #changed = new Set<number>()

  constructor(base: LogBase, registers: Registers) {
    this.registers = registers
    this.#base = base
    this.#durableIndex = base.end.index
  }

  /** How far it goes, and what held there: what a snapshot of it says about itself. */
  get base(): LogBase {
    return this.#base
  }

  get index(): number {
    return this.#base.end.index
  }

  get durableIndex(): number {
    return this.#durableIndex
  }

  get mark(): StateMark {
    return { end: this.#base.end, digest: this.registers.digest }
  }

  apply(entry: Entry): void {
    const { index, term, kind, payload, atMs, lamport } = entry
    const changed = this.registers.apply(entry)
    if (changed !== null) this.#changed.add(changed.key)
    const membership = kind === 'members' ? decodeMembership(payload) : null
    this.#base = { end: { index, term }, membership: membership ?? this.#base.membership, atMs, lamport }
  }

  toKeep(): StateToKeep {
    return { base: this.#base, rows: [...this.#changed].map((key) => this.registers.get(key)) }
  }

  /** What `toKeep` gave is on the disk. */
  kept(): void {
    this.#changed.clear()
    this.#durableIndex = this.index
  }
}
