import { assert } from '#kit/assert'
import type { AimedFault } from './scenario.ts'
import { SortedRows } from './sorted-rows.ts'

/** Thrown through a node's program at the moment its power goes. The engine catches it; a program never does. */
export class PowerLost extends Error {
  override name = 'PowerLost'
  override readonly cause: AimedFault

  constructor(cause: AimedFault) {
    super(`power lost at write ${cause.fault.nthWrite} of ${cause.fault.node}`)
    this.cause = cause
  }
}

/** A row and what it becomes; null: it is gone. */
export interface Change {
  readonly space: string
  readonly key: string
  readonly value: Uint8Array | null
}

interface UnsyncedWrite {
  readonly durableAtTick: number
  readonly before: readonly Change[]
}

/** What survives a crash. Writes that have not reached it yet are taken back when the power goes. */
export class VirtualDisk {
  isFull = false
  slowTicks = 0
  readonly #spaces = new Map<string, SortedRows<Uint8Array>>()
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

  rows(space: string): SortedRows<Uint8Array> {
    const known = this.#spaces.get(space)
    if (known !== undefined) return known
    const rows = new SortedRows<Uint8Array>()
    this.#spaces.set(space, rows)
    return rows
  }

  write(changes: readonly Change[]): void {
    this.#writeCount += 1
    const aimed = this.#aimed.find(({ fault }) => fault.nthWrite === this.#writeCount)
    if (aimed !== undefined && !aimed.fault.isKept) throw new PowerLost(aimed)
    if (this.slowTicks > 0) this.#rememberBefore(changes)
    this.#apply(changes)
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
    for (const { before } of this.#unsynced.reverse()) this.#apply(before)
    this.#unsynced = []
    return isLost
  }

  #apply(changes: readonly Change[]): void {
    for (const { space, key, value } of changes) {
      if (value === null) this.rows(space).delete(key)
      else this.rows(space).set(key, value)
    }
  }

  #rememberBefore(changes: readonly Change[]): void {
    assert(this.#unsynced.length < unsyncedWritesMax, 'a program waits for its writes')
    const before = changes.map(({ space, key }) => ({ space, key, value: this.rows(space).get(key) ?? null }))
    const startTick = Math.max(this.#now(), this.busyUntilTick)
    this.#unsynced.push({ durableAtTick: startTick + this.slowTicks, before })
  }
}

/** Several writes of one step queue up behind each other; more than this means that nobody waits. */
const unsyncedWritesMax = 1_000
