import { assert } from '#kit/assert'
import type { AimedFault } from './scenario.ts'

/** Thrown through a node's program at the moment its power goes. The engine catches it; a program never does. */
export class PowerLost extends Error {
  override name = 'PowerLost'
  override readonly cause: AimedFault

  constructor(cause: AimedFault) {
    super(`power lost at write ${cause.fault.nthWrite} of ${cause.fault.node}`)
    this.cause = cause
  }
}

/** A row as text key, so that one map holds all spaces. Spaces have no NUL in them. */
export type RowKey = string & { readonly brand: 'RowKey' }
export type Rows = Map<RowKey, Uint8Array>

export function rowKey(space: string, key: string): RowKey {
  return `${space}\u0000${key}` as RowKey // the only maker of row keys
}

interface UnsyncedWrite {
  readonly durableAtTick: number
  readonly before: readonly (readonly [RowKey, Uint8Array | null])[]
}

/** What survives a crash. Writes that have not reached it yet are taken back when the power goes. */
export class VirtualDisk {
  readonly rows: Rows = new Map()
  isFull = false
  slowTicks = 0
  #writeCount = 0
  #aimed: readonly AimedFault[] = []
  #unsynced: UnsyncedWrite[] = []
  readonly #now: () => number

  constructor(now: () => number = () => 0) {
    this.#now = now
  }

  aim(aimed: readonly AimedFault[]): void {
    this.#aimed = aimed
  }

  /** The tick until which a program that writes now is kept waiting. */
  get busyUntilTick(): number {
    return this.#unsynced.at(-1)?.durableAtTick ?? 0
  }

  write(changes: ReadonlyMap<RowKey, Uint8Array | null>): void {
    this.#writeCount += 1
    const aimed = this.#aimed.find(({ fault }) => fault.nthWrite === this.#writeCount)
    if (aimed !== undefined && !aimed.fault.isKept) throw new PowerLost(aimed)
    if (this.slowTicks > 0) this.#rememberBefore(changes)
    for (const [key, value] of changes) {
      if (value === null) this.rows.delete(key)
      else this.rows.set(key, value)
    }
    if (aimed === undefined) return
    this.#unsynced = [] // this power cut is aimed at the moment after the write has arrived
    throw new PowerLost(aimed)
  }

  /** Forgets how to take back what has arrived by now. */
  sync(): void {
    if (this.#unsynced.length === 0) return
    this.#unsynced = this.#unsynced.filter(({ durableAtTick }) => durableAtTick > this.#now())
  }

  /** True if something that a program had written was lost. */
  losePower(): boolean {
    this.sync()
    const isLost = this.#unsynced.length > 0
    for (const { before } of this.#unsynced.reverse()) {
      for (const [key, value] of before) {
        if (value === null) this.rows.delete(key)
        else this.rows.set(key, value)
      }
    }
    this.#unsynced = []
    return isLost
  }

  #rememberBefore(changes: ReadonlyMap<RowKey, Uint8Array | null>): void {
    assert(this.#unsynced.length < unsyncedWritesMax, 'a program waits for its writes')
    const before = [...changes.keys()].map((key) => [key, this.rows.get(key) ?? null] as const)
    const startTick = Math.max(this.#now(), this.busyUntilTick)
    this.#unsynced.push({ durableAtTick: startTick + this.slowTicks, before })
  }
}

/** Several writes of one step queue up behind each other; more than this means that nobody waits. */
const unsyncedWritesMax = 1_000
