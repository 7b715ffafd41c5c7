import { type Entry, splitEntries } from '#cores/raft/entry'
import { encodeMembership, type Membership, readMembership } from '#cores/raft/membership'
import type { HardState, LogBase, Persist, ReadLog, Restored, SnapshotId } from '#cores/raft/messages'
import { ByteReader, ByteWriter } from '#kit/bytes'
import type { Store, StoreTx, StoreView } from '#ports/store'
import { AppliedState, type StateToKeep } from './applied-state.ts'
import { decodeRegisters, encodeRegisters, Registers } from './registers.ts'

/** What a life finds on its disk. */
export interface Found {
  readonly incarnation: number
  readonly restored: Restored
  readonly state: AppliedState
}

export interface Keeping {
  readonly persist: Persist | null
  /** null: the state need not be written yet. */
  readonly state: StateToKeep | null
}

/** A raft node's disk, small enough to be simulated: a row an entry, a row a register. */
export class RaftDisk {
  readonly #store: Store
  readonly #founders: Membership
  #baseIndex = 0
  #lastIndex = 0

  constructor(store: Store, founders: Membership) {
    this.#store = store
    this.#founders = founders
  }

  get baseIndex(): number {
    return this.#baseIndex
  }

  get lastIndex(): number {
    return this.#lastIndex
  }

  /** Nothing was ever kept on it. */
  get isEmpty(): boolean {
    return this.#store.view().get('raft', 'identity') === null
  }

  /** Before anything is kept, and once more when a snapshot has taken the place of everything. */
  restore(): Found {
    const view = this.#store.view()
    const identity = readText<number>(view, 'identity')
    const isFounding = identity === null || identity === firstIncarnation
    const founding: LogBase = { ...nowhere, membership: isFounding ? this.#founders : [] }
    const base = readText<LogBase>(view, 'base') ?? founding
    const entries = view.scan('log').flatMap(({ value }) => splitEntries(value) ?? [])
    const rows = view.scan('state').flatMap(({ value }) => decodeRegisters(value))
    const state = new AppliedState(readApplied(view) ?? founding, new Registers(rows))
    this.#baseIndex = base.end.index
    this.#lastIndex = entries.at(-1)?.index ?? base.end.index
    const hard = readText<HardState>(view, 'hard') ?? { term: 0, votedFor: null }
    const incoming = readText<Incoming>(view, 'incoming')
    const restored = { hard, base, entries, appliedIndex: state.index, incoming }
    return { incarnation: identity ?? firstIncarnation, restored, state }
  }

  /** All of it or nothing. Throws what the store throws. */
  keep({ persist, state }: Keeping): void {
    let lastIndex = this.#lastIndex
    this.#store.transaction((tx) => {
      if (state !== null) keepState(tx, state)
      if (persist !== null) lastIndex = this.#persist(tx, persist)
    })
    this.#lastIndex = lastIndex
    this.#baseIndex = persist?.base?.end.index ?? this.#baseIndex
  }

  /** The first life of all: from now on an empty disk is one that has lost something. */
  found(): void {
    this.#store.transaction((tx) => putText(tx, 'identity', firstIncarnation))
  }

  canWrite(): void {
    this.#store.transaction((tx) => tx.put('raft', 'trial', new Uint8Array(1)))
  }

  /** Nothing of what was kept counts any more. */
  beginAnew(incarnation: number): void {
    this.#store.transaction((tx) => {
      for (const space of ['raft', 'log', 'state', 'incoming']) tx.deleteRange(space, {})
      putText(tx, 'identity', incarnation)
    })
    this.#lastIndex = 0
  }

  readonly readLog: ReadLog = (from, limit) => {
    const rows = this.#store.view().scan('log', { from: logKey(from), limit: limit.entries })
    const entries: Entry[] = []
    let bytes = 0
    for (const { value } of rows) {
      bytes += value.length
      if (bytes > limit.bytes && entries.length > 0) break
      entries.push(...(splitEntries(value) ?? []))
    }
    return entries
  }

  /** Gives back where the log ends then. */
  #persist(tx: StoreTx, { hard, dropsIncoming, chunks, entries, base }: Persist): number {
    let lastIndex = this.#lastIndex
    if (hard !== null) putText(tx, 'hard', hard)
    if (dropsIncoming) dropIncoming(tx)
    for (const { snapshot, chunk } of chunks) {
      tx.put('incoming', logKey(chunk.number), chunk.bytes)
      putText(tx, 'incoming', { snapshot, wanted: chunk.number + 1 })
      if (!chunk.isLast) continue
      install(tx, snapshot)
      lastIndex = snapshot.end.index
    }
    const first = entries[0]
    if (first !== undefined) {
      if (first.index <= lastIndex) tx.deleteRange('log', { from: logKey(first.index) })
      for (const entry of entries) tx.put('log', logKey(entry.index), entry.bytes)
      lastIndex = entries.at(-1)?.index ?? lastIndex
    }
    if (base !== null) {
      putText(tx, 'base', base)
      tx.deleteRange('log', { before: logKey(base.end.index + 1) })
    }
    return lastIndex
  }
}

interface Incoming {
  readonly snapshot: SnapshotId
  readonly wanted: number
}

const firstIncarnation = 1
const nowhere = { end: { index: 0, term: 0 }, atMs: 0, lamport: 0 } as const

/** All numbers of one length, so that they stand in order. */
function logKey(index: number): string {
  return String(1_000_000_000 + index)
}

function keepState(tx: StoreTx, { base, rows }: StateToKeep): void {
  for (const row of rows) tx.put('state', logKey(row.key), encodeRegisters([row]))
  const { end, atMs, lamport, membership } = base
  const writer = new ByteWriter(64).number(end.index).number(end.term).number(atMs).number(lamport)
  tx.put('raft', 'applied', writer.rest(encodeMembership(membership)).done())
}

function readApplied(view: StoreView): LogBase | null {
  const bytes = view.get('raft', 'applied')
  if (bytes === null) return null
  const reader = new ByteReader(bytes)
  const end = { index: reader.count(), term: reader.count() }
  const stamps = { atMs: reader.number(), lamport: reader.count() }
  return { end, ...stamps, membership: readMembership(reader) ?? [] }
}

function install(tx: StoreTx, { transfer: _, ...base }: SnapshotId): void {
  const rows = tx.scan('incoming').flatMap(({ value }) => decodeRegisters(value))
  tx.deleteRange('state', {})
  keepState(tx, { base, rows })
  putText(tx, 'base', base)
  tx.deleteRange('log', {})
  dropIncoming(tx)
}

function dropIncoming(tx: StoreTx): void {
  tx.deleteRange('incoming', {})
  tx.delete('raft', 'incoming')
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

function putText(tx: StoreTx, key: string, value: unknown): void {
  tx.put('raft', key, encoder.encode(JSON.stringify(value)))
}

function readText<T>(view: StoreView, key: string): T | null {
  const bytes = view.get('raft', key)
  // Written by putText under the same key, on a disk that finds out what is damaged.
  return bytes === null ? null : (JSON.parse(decoder.decode(bytes)) as T)
}
