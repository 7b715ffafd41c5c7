import type { Sha256 } from '#kit/sha256'
import type { StateMachine, StateTx, StateView } from '#kit/state-machine'
import { type NotaryParts, rightNotary } from '../../subjects/notary/parts.ts'

interface World {
  readonly sha256: Sha256
  readonly wallMs: () => number
}

/** A right machine of which something is spoilt, for one life of it. */
export function spoiltMachine(
  spoil: (right: StateMachine, world: World) => Pick<StateMachine, 'apply'>,
): Pick<NotaryParts, 'machineOf'> {
  return {
    machineOf: (world) => {
      const right = rightNotary.machineOf(world)
      return { query: (query, state) => right.query(query, state), ...spoil(right, world) }
    },
  }
}

/** A state on which something can be tried: nothing of it ever gets into the one below. */
export class Scratch implements StateTx {
  readonly #below: StateView
  readonly #rows = new Map<string, Uint8Array | null>()

  constructor(below: StateView) {
    this.#below = below
  }

  get(space: string, key: string): Uint8Array | null {
    const row = this.#rows.get(`${space} ${key}`)
    return row === undefined ? this.#below.get(space, key) : row
  }

  /** Of what was tried, nothing is looked for by range. */
  scan(...asked: Parameters<StateView['scan']>): ReturnType<StateView['scan']> {
    return this.#below.scan(...asked)
  }

  put(space: string, key: string, value: Uint8Array): void {
    this.#rows.set(`${space} ${key}`, value)
  }

  delete(space: string, key: string): void {
    this.#rows.set(`${space} ${key}`, null)
  }
}
