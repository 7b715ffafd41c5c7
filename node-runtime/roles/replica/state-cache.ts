import type { Entry } from '#cores/raft/entry'
import { decodeMembership } from '#cores/raft/membership'
import type { LogBase } from '#cores/raft/messages'
import { assert } from '#kit/assert'
import type { StateRow, StateTx, StateView } from '#kit/state-machine'
import type { Store, StoreTx } from '#ports/store'
import { type Generation, readSpaces, saveInForce, saveSpaces, stateSpace } from './generations.ts'
import { byKey, merged } from './merged-rows.ts'
import { KeptBytes, plainBytes } from './own-bytes.ts'
import { RecentRows, type RowValue, rowsOf, weightOf } from './recent-rows.ts'

export const stateLimits = {
  /** A flush takes time in proportion, and everything waits for it. */
  dirtyRowsMax: 2_048,
  dirtyBytesMax: 4 * 1024 * 1024,
  /** What is applied is on the disk at the latest after so many ticks, with a write of its own if need be. */
  dirtyTicksMax: 40,
  recentBytesMax: 4 * 1024 * 1024,
  /** Keys get a letter more on the way to the next one, and stay below what the store takes. */
  keyCharsMax: 1_000,
  /** A row must fit into a chunk of a snapshot, and that into a message. */
  valueBytesMax: 1024 * 1024,
} as const

type ScanRange = Parameters<StateView['scan']>[1]

/** Told of each row just before a flush replaces it. */
export type BeforeFlush = (space: string, key: string) => void

/**
 * The state as commands see it: rows that they changed since the last flush, over the generation in force.
 *
 * 1. The disk always holds the state after one entry, whole: rows and the place in the log go in one transaction.
 * 2. Rows stay dirty until that transaction has returned.
 *
 * Values are handed out and taken as they are, without a copy: nobody changes their bytes afterwards.
 */
export class StateCache implements StateTx {
  readonly #store: Store
  readonly #generation: Generation
  readonly #spaces: Set<string>
  readonly #kept = new KeptBytes()
  readonly #recent = new RecentRows(stateLimits.recentBytesMax, this.#kept)
  #dirty = new Map<string, Map<string, RowValue>>()
  #dirtyRows = 0
  #dirtyBytes = 0
  #dirtyTicks = 0
  #isFlushWanted = false
  #durable: LogBase
  #applied: LogBase
  #flushing: LogBase | null = null

  constructor(store: Store, { generation, base }: { readonly generation: Generation; readonly base: LogBase }) {
    this.#store = store
    this.#generation = generation
    this.#spaces = new Set(readSpaces(store.view(), generation))
    this.#durable = base
    this.#applied = base
  }

  get generation(): Generation {
    return this.#generation
  }

  get spaces(): readonly string[] {
    return [...this.#spaces].sort()
  }

  get applied(): LogBase {
    return this.#applied
  }

  /** What the disk holds is the state after this. */
  get durable(): LogBase {
    return this.#durable
  }

  get isFlushDue(): boolean {
    return (
      this.#isFlushWanted ||
      this.#dirtyRows >= stateLimits.dirtyRowsMax ||
      this.#dirtyBytes >= stateLimits.dirtyBytesMax ||
      this.#dirtyTicks >= stateLimits.dirtyTicksMax
    )
  }

  /** What is dirty goes to the disk with the next write, be it old or not. */
  flushSoon(): void {
    this.#isFlushWanted = true
  }

  tick(): void {
    if (this.#applied !== this.#durable) this.#dirtyTicks += 1
  }

  get(space: string, key: string): Uint8Array | null {
    const dirty = this.#dirty.get(space)?.get(key)
    if (dirty !== undefined) return dirty
    const recent = this.#recent.get(space, key)
    if (recent !== undefined) return recent
    const row = this.#store.view().get(stateSpace(this.#generation, space), key)
    const value = row === null ? null : plainBytes(row)
    this.#recent.put(space, key, value)
    return value
  }

  scan(space: string, range: ScanRange = {}): readonly StateRow[] {
    const { from = '', limit = Number.POSITIVE_INFINITY } = range
    const changed = [...(this.#dirty.get(space) ?? [])].filter(([key]) => key >= from).sort(byKey)
    const gone = changed.filter(([, value]) => value === null).length
    // So many that enough of them are left, whichever of them are gone.
    const limits = limit === Number.POSITIVE_INFINITY ? {} : { limit: limit + gone }
    const kept = this.#store.view().scan(stateSpace(this.#generation, space), { from, ...limits })
    const plain = kept.map(({ key, value }) => ({ key, value: plainBytes(value) }))
    return merged(plain, changed, limit)
  }

  put(space: string, key: string, value: Uint8Array): void {
    assert(key.length <= stateLimits.keyCharsMax, `key of ${key.length} characters in ${space}`)
    assert(value.length <= stateLimits.valueBytesMax, `value of ${value.length} bytes in ${space}`)
    this.#change(space, key, this.#kept.keep(value))
  }

  delete(space: string, key: string): void {
    this.#change(space, key, null)
  }

  /** The entry is applied, with everything that it changed. */
  advance({ index, term, kind, payload, atMs, lamport }: Entry): void {
    assert(index === this.#applied.end.index + 1, `entry ${index} applied after ${this.#applied.end.index}`)
    const membership = kind === 'members' ? decodeMembership(payload) : this.#applied.membership
    assert(membership !== null, `entry ${index} holds a membership`)
    this.#applied = { end: { index, term }, membership, atMs, lamport }
  }

  flush(tx: StoreTx, before: BeforeFlush): void {
    for (const [space, rows] of this.#dirty) {
      const kept = stateSpace(this.#generation, space)
      // In order of keys, so that rows that lie together are written together.
      for (const [key, value] of [...rows].sort(byKey)) {
        before(space, key)
        if (value === null) tx.delete(kept, key)
        else tx.put(kept, key, value)
      }
    }
    const spaces = new Set([...this.#spaces, ...this.#dirty.keys()])
    if (spaces.size > this.#spaces.size) saveSpaces(tx, this.#generation, spaces)
    saveInForce(tx, { generation: this.#generation, base: this.#applied })
    this.#flushing = this.#applied
  }

  /** The transaction of `flush` has returned. */
  flushed(): void {
    assert(this.#flushing !== null && this.#flushing === this.#applied, 'nothing is applied during a flush')
    this.#durable = this.#flushing
    this.#flushing = null
    for (const [space, rows] of this.#dirty) {
      this.#spaces.add(space)
      for (const [key, value] of rows) this.#recent.put(space, key, value)
    }
    this.#dirty = new Map()
    this.#dirtyRows = 0
    this.#dirtyBytes = 0
    this.#dirtyTicks = 0
    this.#isFlushWanted = false
  }

  #change(space: string, key: string, value: RowValue): void {
    const rows = rowsOf(this.#dirty, space)
    const before = rows.get(key)
    if (before === undefined) this.#dirtyRows += 1
    else this.#dirtyBytes -= weightOf(key, before)
    this.#dirtyBytes += weightOf(key, value)
    rows.set(key, value)
  }
}
