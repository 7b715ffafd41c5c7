import type { Entry } from '#cores/raft/entry'
import type { Chunk, Persist, Restored, SnapshotId } from '#cores/raft/messages'
import { registers } from '#cores/registers/registers'
import { encodeRegisterCommand, encodeRegisterQuery } from '#cores/registers/requests'
import { nodeId } from '#kit/ids'
import type { Store } from '#ports/store'
import { encodeCommand, encodeOpenSession } from '../entry-payload.ts'
import { ReplicaStorage } from '../replica-storage.ts'
import { commandAt, nothingToPersist } from './entries.ts'

const founders = [nodeId('n1'), nodeId('n2'), nodeId('n3')]

/** A replica's storage through its lives, driven as a role would, without a core. */
export class ReplicaDisk {
  readonly #openStore: () => Store
  readonly #incarnation: number
  #store: Store
  storage: ReplicaStorage
  restored: Restored

  constructor(openStore: () => Store, incarnation = 1) {
    this.#openStore = openStore
    this.#incarnation = incarnation
    this.#store = openStore()
    this.storage = this.#open()
    this.restored = this.storage.takeRestored()
  }

  get store(): Store {
    return this.#store
  }

  /** After the power went, or a write failed. */
  restart(): void {
    this.#store = this.#openStore()
    this.storage = this.#open()
    this.restored = this.storage.takeRestored()
  }

  #open(): ReplicaStorage {
    const founding = { self: nodeId('n1'), incarnation: this.#incarnation, founders }
    return ReplicaStorage.open(this.#store, registers, founding)
  }

  write(persist: Partial<Persist>): void {
    this.#store.transaction((tx) => this.storage.perform(tx, { ...nothingToPersist, ...persist }))
    this.storage.performed()
  }

  apply(entries: readonly Entry[]): void {
    for (const entry of entries) this.storage.apply(entry)
  }

  /** Lets so much time go by that all is on the disk. */
  settle(): void {
    while (this.storage.durableIndex < this.storage.appliedIndex) {
      this.storage.tick()
      if (this.storage.isWorkDue) this.write({})
    }
  }

  /** Everything there is about the state, to hold against another one's. */
  answers(keys: readonly string[]): string {
    const found = keys.map((key) => [...this.storage.query(encodeRegisterQuery({ kind: 'read', key }))].join(' '))
    return [`applied ${this.storage.appliedIndex}`, ...found].join('\n')
  }

  /** Chunks of a snapshot for a peer, from the first to the last. */
  snapshot(transfer: number): readonly { readonly snapshot: SnapshotId; readonly chunk: Chunk }[] {
    const pieces: { readonly snapshot: SnapshotId; readonly chunk: Chunk }[] = []
    for (let number = 0; pieces.at(-1)?.chunk.isLast !== true; number += 1) {
      const piece = this.storage.chunk({ to: nodeId('n2'), transfer, number })
      if (piece === null) throw new Error(`no chunk ${number}`)
      pieces.push(piece)
    }
    return pieces
  }
}

/** A log of commands of one session that writes over and over to a few registers. */
export function registerLog(
  length: number,
  { keys = 7, bytes = (_index: number): number => 30 } = {},
): readonly Entry[] {
  return Array.from({ length }, (_, place) => {
    const index = place + 1
    if (index === 1) return commandAt(1, encodeOpenSession())
    const value = new Uint8Array(bytes(index)).fill(index % 256)
    const command = encodeRegisterCommand({ kind: 'write', key: `k${index % keys}`, value })
    return commandAt(index, encodeCommand({ session: 1, number: index }, command))
  })
}
