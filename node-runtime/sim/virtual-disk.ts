import { assert } from '#kit/assert'
import { StoreFailure } from '#ports/store'
import { type AimedFault, type LostTail, lostWritesMax } from './scenario.ts'
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

interface PastWrite {
  readonly durableAtTick: number
  /** What its rows were. */
  readonly before: readonly Change[]
}

/**
 * What survives a crash. Writes that have not reached it yet are taken back when the power goes; a disk that lies takes
 * back more than that.
 */
export class VirtualDisk {
  isFull = false
  slowTicks = 0
  #spaces = new Map<string, SortedRows<Uint8Array>>()
  /** Values that are not what was written, wherever they stand. What is written over them is sound again. */
  readonly #spoilt = new WeakSet<Uint8Array>()
  #isDamaged = false
  #setAsideCount = 0
  #writeCount = 0
  #aimed: readonly AimedFault[] = []
  #unsynced: PastWrite[] = []
  /** Kept only for a node whose disk is going to lie. */
  #arrived: PastWrite[] = []
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

  /** A store that opens on it finds that something it had promised is not there. */
  get isDamaged(): boolean {
    return this.#isDamaged
  }

  get setAsideCount(): number {
    return this.#setAsideCount
  }

  rows(space: string): SortedRows<Uint8Array> {
    const known = this.#spaces.get(space)
    if (known !== undefined) return known
    const rows = new SortedRows<Uint8Array>()
    this.#spaces.set(space, rows)
    return rows
  }

  read(space: string, key: string): Uint8Array | null {
    const value = this.rows(space).get(key)
    if (value === undefined) return null
    if (!this.#spoilt.has(value)) return value
    throw new StoreFailure('store-damaged', `the row ${key} of ${space} is not as it was written`)
  }

  write(changes: readonly Change[]): void {
    this.#writeCount += 1
    const aimed = this.#aimed.filter(({ fault }) => fault.nthWrite === this.#writeCount)
    const cut = aimed.find(({ fault }) => fault.kind !== 'bit-flip')
    if (cut?.fault.kind === 'blink' && !cut.fault.isKept) throw new PowerLost(cut)
    this.#rememberBefore(changes)
    this.#apply(changes)
    for (const { fault } of aimed) if (fault.kind === 'bit-flip') this.#spoilOne(changes, fault.row)
    if (cut === undefined) return
    if (cut.fault.kind === 'lost-tail') this.#loseTail(cut.fault)
    // This power cut is aimed at the moment after the write has arrived; a later one may still take it back.
    else this.#arrived.push(...this.#unsynced)
    this.#unsynced = []
    this.#forgetArrived()
    throw new PowerLost(cut)
  }

  /** Forgets how to take back what has arrived by now. */
  sync(): void {
    if (this.#unsynced.length === 0) return
    const now = this.#now()
    this.#arrived.push(...this.#unsynced.filter(({ durableAtTick }) => durableAtTick <= now))
    this.#unsynced = this.#unsynced.filter(({ durableAtTick }) => durableAtTick > now)
    this.#forgetArrived()
  }

  /** True if something that a program had written was lost. */
  losePower(): boolean {
    this.sync()
    const isLost = this.#unsynced.length > 0
    for (const { before } of this.#unsynced.reverse()) this.#apply(before)
    this.#unsynced = []
    return isLost
  }

  /** What is on it is put out of the way, and it is empty and sound. */
  setAside(): void {
    this.#spaces = new Map()
    this.#unsynced = []
    this.#arrived = []
    this.#isDamaged = false
    this.#setAsideCount += 1
  }

  #spoilOne(changes: readonly Change[], row: number): void {
    const put = changes.flatMap(({ value }) => (value === null ? [] : [value]))
    const struck = put[row % Math.max(1, put.length)]
    if (struck !== undefined) this.#spoilt.add(struck)
  }

  #loseTail({ writes, isNoticed }: LostTail): void {
    const now = this.#now()
    const lost = [...this.#arrived, ...this.#unsynced].slice(-(writes + 1)).reverse()
    for (const { before } of lost) this.#apply(before)
    // The newest was on its way, and a mark counts only what had returned.
    const hasReturned = lost.slice(1).some(({ durableAtTick }) => durableAtTick <= now)
    if (isNoticed && hasReturned) this.#isDamaged = true
    this.#arrived = []
  }

  #apply(changes: readonly Change[]): void {
    for (const { space, key, value } of changes) {
      if (value === null) this.rows(space).delete(key)
      else this.rows(space).set(key, value)
    }
  }

  #rememberBefore(changes: readonly Change[]): void {
    if (this.slowTicks === 0 && !this.#isToLie()) return
    const before = changes.map(({ space, key }) => ({ space, key, value: this.rows(space).get(key) ?? null }))
    const startTick = Math.max(this.#now(), this.busyUntilTick)
    assert(this.#unsynced.length < unsyncedWritesMax, 'a program waits for its writes')
    this.#unsynced.push({ durableAtTick: startTick + this.slowTicks, before })
    if (this.slowTicks === 0) this.sync()
  }

  #isToLie(): boolean {
    return this.#aimed.some(({ fault }) => fault.kind === 'lost-tail')
  }

  #forgetArrived(): void {
    if (!this.#isToLie()) this.#arrived = []
    else if (this.#arrived.length > lostWritesMax) this.#arrived = this.#arrived.slice(-lostWritesMax)
  }
}

/** Several writes of one step queue up behind each other; more than this means that nobody waits. */
const unsyncedWritesMax = 1_000
