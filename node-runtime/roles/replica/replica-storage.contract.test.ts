import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SqliteStore } from '#drivers/store/index'
import { type StorePlace, storePlace } from '#drivers/store/testing/store-place'
import { failureOf } from '#ports/testing/store-home'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import { entryAt, indexesOf } from './testing/entries.ts'
import { ReplicaDisk, registerLog } from './testing/replica-disk.ts'

const keys = Array.from({ length: 40 }, (_, place) => `k${place}`)
const log = registerLog(600, { keys: 40, bytes: (index) => (index % 50 === 0 ? 20_000 : 300) })

/** A store file that is closed before it is opened again. */
class Home {
  readonly place: StorePlace = storePlace()
  #store: SqliteStore | null = null

  open(): SqliteStore {
    this.#store?.close()
    this.#store = this.place.open()
    return this.#store
  }

  setFull(isFull: boolean): void {
    this.#store?.setDisk({ slowMs: 0, isFull })
  }

  /** Changes the file behind everybody's back. */
  spoil(sql: string): void {
    this.#store?.close()
    this.#store = null
    const database = new Database(this.place.path)
    expect(database.prepare(sql).run().changes).toBe(1)
    database.close()
  }

  remove(): void {
    this.#store?.close()
    this.place.remove()
  }
}

let homes: Home[]

beforeEach(() => {
  homes = []
})

afterEach(() => {
  for (const home of homes) home.remove()
})

function newHome(): Home {
  const home = new Home()
  homes.push(home)
  return home
}

/** The same life on every home: batches, flushes, a compaction, a tail that is replaced, a restart. */
function live(replica: ReplicaDisk): string {
  for (let from = 0; from < 400; from += 40) {
    const batch = log.slice(from, from + 40)
    replica.write({ entries: batch })
    replica.apply(batch)
    if (from % 120 === 0) replica.settle()
  }
  const { storage } = replica
  const durable = log[storage.durableIndex - 1]!
  const { index, term, atMs, lamport } = durable
  replica.write({ base: { end: { index, term }, membership: [], atMs, lamport } })
  replica.write({ entries: [entryAt(401, { term: 1 }), entryAt(402, { term: 1 })] })
  replica.write({ entries: log.slice(400, 410) })
  replica.restart()
  replica.apply(log.slice(replica.storage.appliedIndex, 410))
  return replica.answers(keys)
}

describe('the storage of a replica on SQLite', () => {
  it('does what it does in the simulator', () => {
    const home = newHome()
    const replica = new ReplicaDisk(() => home.open())
    const disk = new VirtualDisk()
    const virtual = new ReplicaDisk(() => new VirtualStore(disk))
    expect(live(replica)).toBe(live(virtual))
    expect(replica.restored).toEqual(virtual.restored)
    expect(indexesOf(replica.storage.readLog(405, { entries: 3, bytes: 1_000_000 }))).toEqual([405, 406, 407])
    for (const space of ['log', 'a-registers', 'a-sessions', 'raft', 'applied']) {
      const rowsOf = (one: ReplicaDisk) =>
        one.store
          .view()
          .scan(space)
          .map(({ key, value }) => [key, Buffer.from(value).toString('hex')])
      expect(rowsOf(replica), space).toEqual(rowsOf(virtual))
    }
  })

  it('sends its state to another one while it goes on changing', () => {
    const [home, other] = [newHome(), newHome()]
    const leader = new ReplicaDisk(() => home.open())
    live(leader)
    leader.settle()
    const before = leader.answers(keys)
    const follower = new ReplicaDisk(() => other.open(), 9)
    let index = leader.storage.appliedIndex
    for (const piece of leader.snapshot(1)) {
      const batch = log.slice(index, index + 20)
      index += 20
      leader.write({ entries: batch })
      leader.apply(batch)
      leader.settle()
      follower.write({ chunks: [piece] })
      if (!piece.chunk.isLast) follower.restart()
    }
    expect(follower.answers(keys)).toBe(before)
    follower.restart()
    expect(follower.answers(keys)).toBe(before)
  })

  it('has everything of before after a disk that was full', () => {
    const home = newHome()
    const replica = new ReplicaDisk(() => home.open())
    replica.write({ entries: log.slice(0, 50) })
    home.setFull(true)
    expect(failureOf(() => replica.write({ entries: log.slice(50, 60) }))).toBe('disk-full')
    home.setFull(false)
    replica.restart()
    expect(replica.restored.entries).toEqual(log.slice(0, 50))
  })

  it.each([
    ['of the log', "UPDATE store_row SET value = substr(value, 2) WHERE space = 'log' AND key LIKE '%41'"],
    ['of the promises', "UPDATE store_row SET value = X'7b7d' WHERE space = 'raft' AND key = 'base'"],
    ['of the sessions', "UPDATE store_row SET checksum = checksum + 1 WHERE space = 'a-sessions'"],
    ['that says which state is in force', "UPDATE store_row SET value = X'7b7d' WHERE key = 'in-force'"],
    ['that is gone from the log', "DELETE FROM store_row WHERE space = 'log' AND key LIKE '%41'"],
  ])('is refused with a row %s that is not as it was written', (_, sql) => {
    const home = newHome()
    const replica = new ReplicaDisk(() => home.open())
    for (let from = 0; from < 120; from += 40) replica.write({ entries: log.slice(from, from + 40) })
    replica.apply(log.slice(0, 120))
    replica.settle()
    replica.restart()
    home.spoil(sql)
    expect(failureOf(() => replica.restart())).toBe('store-damaged')
  })
})
