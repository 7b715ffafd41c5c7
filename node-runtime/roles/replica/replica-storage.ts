import type { Entry } from '#cores/raft/entry'
import type { Chunk, ChunkOrder, LogBase, Persist, ReadLog, Restored, SnapshotId } from '#cores/raft/messages'
import { assert } from '#kit/assert'
import type { StateMachine, StateTx } from '#kit/state-machine'
import type { Store, StoreTx } from '#ports/store'
import { clearLeftOver, readInForce } from './generations.ts'
import { LogRows } from './log-rows.ts'
import { damaged } from './records.ts'
import { type Founding, foundReplica, restoreSaved, type SavedState, saveBase, saveHardState } from './saved-state.ts'
import { type AppliedOutcome, Sessions } from './sessions.ts'
import { decodeChunk } from './snapshot-chunk.ts'
import { SnapshotSink } from './snapshot-sink.ts'
import { SnapshotSources } from './snapshot-sources.ts'
import { StateCache } from './state-cache.ts'

export const storageLimits = {
  /** A log longer or heavier than this is compacted; peers that need more get a snapshot. */
  logEntriesMax: 100_000,
  logBytesMax: 32 * 1024 * 1024,
  /** While a snapshot is on its way to a peer, what that peer needs next is kept up to so many times as much. */
  patience: 4,
  /** What compaction leaves of it. */
  keptShare: 15 / 16,
} as const

interface StorageParts {
  readonly store: Store
  readonly machine: StateMachine
  readonly saved: SavedState
}

/**
 * Everything that a replica keeps: promises, log, state and sessions, on one store. When the transaction throws in which
 * `perform` took part, this object is of no use any more, and another one is opened from what is on the disk.
 */
export class ReplicaStorage {
  readonly #store: Store
  readonly #machine: StateMachine
  readonly #incarnation: number
  readonly #log: LogRows
  readonly #sink: SnapshotSink
  readonly #sources: SnapshotSources
  #cache: StateCache
  #sessions: Sessions
  #restored: Restored | null
  /** There may be generations that are left over. */
  #isClearingDue = true
  #isHouseworkDue = false
  /** What is under way between `perform` and `performed`. */
  #underWay: 'nothing' | 'write' | 'flush' | 'install' = 'nothing'

  /** Throws StoreFailure: what is on the disk cannot be the node's own, or nothing can be founded there. */
  static open(store: Store, machine: StateMachine, founding: Founding): ReplicaStorage {
    let saved = restoreSaved(store.view())
    if (saved === 'empty') {
      store.transaction((tx) => foundReplica(tx, founding))
      saved = restoreSaved(store.view())
    }
    assert(saved !== 'empty', 'a founded replica is there')
    return new ReplicaStorage({ store, machine, saved })
  }

  private constructor({ store, machine, saved }: StorageParts) {
    this.#store = store
    this.#machine = machine
    this.#incarnation = saved.incarnation
    this.#log = new LogRows(store, saved.base.end)
    this.#sink = new SnapshotSink(store.view())
    this.#sources = new SnapshotSources(store)
    this.#cache = openCache(store)
    this.#sessions = new Sessions(machine, this.#cache)
    const entries = this.#log.restore()
    const appliedIndex = this.#cache.durable.end.index
    if (appliedIndex < saved.base.end.index || appliedIndex > this.#log.last) {
      throw damaged(`the state is that of entry ${appliedIndex}, which the log does not reach`)
    }
    const { hard, base } = saved
    this.#restored = { hard, base, entries, appliedIndex, incoming: this.#sink.incoming }
  }

  /** As it stands on the disk, which may be another than in the founding. */
  get incarnation(): number {
    return this.#incarnation
  }

  get appliedIndex(): number {
    return this.#cache.applied.end.index
  }

  /** What the disk holds is the state after this entry. */
  get durableIndex(): number {
    return this.#cache.durable.end.index
  }

  /** A `perform` is wanted soon, be there anything to persist or not. */
  get isWorkDue(): boolean {
    return this.#cache.isFlushDue || this.#isHouseworkDue
  }

  /** What the core should be told to compact to; null: nothing. */
  get compactTo(): number | null {
    const { logEntriesMax: entries, logBytesMax: bytes, keptShare, patience } = storageLimits
    const { count, base } = this.#log
    if (count <= entries && this.#log.bytes <= bytes) return null
    const kept = { entries: Math.floor(entries * keptShare), bytes: Math.floor(bytes * keptShare) }
    const isPatient = count <= entries * patience && this.#log.bytes <= bytes * patience
    const needed = isPatient ? (this.#sources.oldestIndex ?? this.durableIndex) : this.durableIndex
    const upTo = Math.min(this.#log.indexKeeping(kept), needed)
    return upTo > base ? upTo : null
  }

  /** When the longest idle session was last heard of, by entry time; null: there is none. Tells when to propose `expire`. */
  get longestIdleAtMs(): number | null {
    return this.#sessions.longestIdleAtMs
  }

  /** For the core, once: it is large, and nobody else should hold on to it. */
  takeRestored(): Restored {
    const restored = this.#restored
    assert(restored !== null, 'what was restored is taken once')
    this.#restored = null
    return restored
  }

  readonly readLog: ReadLog = (from, limit) => this.#log.read(from, limit)

  tick(): void {
    this.#cache.tick()
    this.#sources.tick()
    this.#isHouseworkDue = this.#isClearingDue || this.#log.isSweepDue
  }

  /** Everything that is to be written now, in the caller's transaction. */
  perform(tx: StoreTx, persist: Persist | null): void {
    this.#assertSettled()
    this.#underWay = 'write'
    if (persist !== null) this.#persist(tx, persist)
    if (this.#underWay === 'write' && this.#cache.isFlushDue) {
      this.#sessions.save(this.#cache)
      this.#cache.flush(tx, (space, key) => this.#sources.beforeFlush(tx, this.#cache, { space, key }))
      this.#underWay = 'flush'
    }
    this.#doHousework(tx)
  }

  /** The transaction of `perform` has returned. */
  performed(): void {
    const done = this.#underWay
    assert(done !== 'nothing', 'something was performed')
    this.#underWay = 'nothing'
    if (done === 'flush') this.#cache.flushed()
    if (done === 'install') this.#reload()
  }

  /** The next entry, in order. */
  apply(entry: Entry): AppliedOutcome {
    this.#assertSettled()
    const outcome = this.#sessions.apply(entry, this.#cache)
    this.#cache.advance(entry)
    return outcome
  }

  query(bytes: Uint8Array): Uint8Array {
    this.#assertSettled()
    return this.#machine.query(bytes, this.#cache)
  }

  /** For lessons: changes this copy of the state, and no other. The change goes to the disk with the next write. */
  spoil(change: (state: StateTx) => void): void {
    this.#assertSettled()
    change(this.#cache)
    this.#cache.flushSoon()
  }

  /** null: that snapshot is not to be had any more. */
  chunk(order: ChunkOrder): { readonly snapshot: SnapshotId; readonly chunk: Chunk } | null {
    this.#assertSettled()
    return this.#sources.chunk(order, this.#cache)
  }

  #persist(tx: StoreTx, { hard, dropsIncoming, chunks, entries, base }: Persist): void {
    if (hard !== null) saveHardState(tx, hard)
    if (dropsIncoming) this.#sink.drop(tx)
    for (const piece of chunks) {
      const installed = this.#sink.take(tx, piece, this.#cache.generation)
      if (installed !== null) this.#install(tx, installed)
    }
    if (dropsIncoming || chunks.length > 0) this.#isClearingDue = true
    this.#log.append(tx, entries)
    if (base === null) return
    assert(this.#underWay === 'install' || base.end.index <= this.durableIndex, `compacted to ${base.end.index}`)
    this.#log.compact(base.end)
    saveBase(tx, base)
  }

  #install(tx: StoreTx, base: LogBase): void {
    this.#log.reset(tx, base.end)
    saveBase(tx, base)
    this.#underWay = 'install'
  }

  /** What is on the disk took the place of what was in memory. */
  #reload(): void {
    this.#sources.giveUp()
    this.#cache = openCache(this.#store)
    this.#sessions = new Sessions(this.#machine, this.#cache)
  }

  #doHousework(tx: StoreTx): void {
    this.#log.sweep(tx)
    this.#isHouseworkDue = false
    if (!this.#isClearingDue) return
    const kept = [readInForce(tx)?.generation, this.#sink.incoming?.generation]
    this.#isClearingDue = !clearLeftOver(
      tx,
      kept.filter((generation) => generation !== undefined),
    )
  }

  #assertSettled(): void {
    assert(this.#underWay === 'nothing', 'a storage whose write did not return is not used any more')
  }
}

/** Asked of a chunk from a peer before the core hears of it: `perform` takes it for granted. */
export function isSoundChunk(bytes: Uint8Array): boolean {
  return decodeChunk(bytes) !== null
}

function openCache(store: Store): StateCache {
  const inForce = readInForce(store.view())
  if (inForce === null) throw damaged('which state is in force is not known')
  return new StateCache(store, inForce)
}
