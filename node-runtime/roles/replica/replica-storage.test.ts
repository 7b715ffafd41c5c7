import { describe, expect, it } from 'vitest'
import type { Entry } from '#cores/raft/entry'
import type { LogBase } from '#cores/raft/messages'
import { encodeRegisterQuery } from '#cores/registers/requests'
import { InvariantError } from '#kit/assert'
import { nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { bytes, failureOf } from '#ports/testing/store-home'
import { PowerLost, VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import { isSoundChunk, storageLimits } from './replica-storage.ts'
import { entriesAt, entryAt, indexesOf } from './testing/entries.ts'
import { ReplicaDisk, registerLog } from './testing/replica-disk.ts'

const keys = ['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6']

function onDisk(disk = new VirtualDisk(), incarnation?: number): ReplicaDisk {
  return new ReplicaDisk(() => new VirtualStore(disk), incarnation)
}

function baseAt({ index, term, atMs, lamport }: Entry): LogBase {
  return { end: { index, term }, membership: [], atMs, lamport }
}

/** What a replica says that has applied all of it and never had any trouble. */
function untroubled(log: readonly Entry[]): string {
  const replica = onDisk()
  replica.write({ entries: log })
  replica.apply(log)
  return replica.answers(keys)
}

describe('the storage of a replica', () => {
  it('begins as a founder, before the first entry', () => {
    const { restored, storage } = onDisk()
    expect(restored).toMatchObject({ hard: { term: 0, votedFor: null }, entries: [], appliedIndex: 0, incoming: null })
    expect(restored.base.membership.map(({ node }) => node)).toEqual(['n1', 'n2', 'n3'])
    expect(storage.incarnation).toBe(1)
  })

  it('stays who it was, whoever it is asked to be', () => {
    const disk = new VirtualDisk()
    onDisk(disk, 77)
    expect(onDisk(disk, 1).storage.incarnation).toBe(77)
    expect(onDisk(disk, 1).restored.base.membership).toEqual([])
  })

  it('gives out what it restored once', () => {
    expect(() => onDisk().storage.takeRestored()).toThrow(InvariantError)
  })

  it('keeps all that is to be persisted, and applies again what was not yet in the state', () => {
    const log = registerLog(10)
    const replica = onDisk()
    replica.write({ hard: { term: 3, votedFor: nodeId('n2') }, entries: log.slice(0, 6) })
    replica.apply(log.slice(0, 4))
    replica.settle()
    replica.apply(log.slice(4, 6))
    replica.write({ entries: log.slice(6) })
    replica.restart()
    expect(replica.restored).toMatchObject({ hard: { term: 3, votedFor: 'n2' }, appliedIndex: 4 })
    expect(replica.restored.entries).toEqual(log)
    replica.apply(log.slice(4))
    expect(replica.answers(keys)).toBe(untroubled(log))
  })

  it('says of each command what became of it', () => {
    const log = registerLog(2)
    const { storage } = onDisk()
    expect(storage.apply(log[0]!)).toEqual({ kind: 'session-opened', session: 1 })
    expect(storage.apply(log[1]!)).toMatchObject({ kind: 'executed' })
    expect(storage.longestIdleAtMs).toBe(20)
  })

  it('is of no use after a write that failed; another one is opened from what the disk has', () => {
    const disk = new VirtualDisk()
    const log = registerLog(8)
    const replica = onDisk(disk)
    replica.write({ entries: log.slice(0, 5) })
    replica.apply(log.slice(0, 5))
    disk.isFull = true
    expect(() => replica.write({ entries: log.slice(5) })).toThrow('full')
    expect(() => replica.storage.apply(log[5]!)).toThrow(InvariantError)
    expect(() => replica.storage.query(encodeRegisterQuery({ kind: 'read', key: 'k1' }))).toThrow(InvariantError)
    expect(() => replica.write({})).toThrow(InvariantError)
    replica.restart()
    expect(indexesOf(replica.restored.entries)).toEqual([1, 2, 3, 4, 5])
    disk.isFull = false
    replica.apply(log.slice(0, 5))
    replica.write({ entries: log.slice(5) })
    replica.apply(log.slice(5))
    expect(replica.answers(keys)).toBe(untroubled(log))
  })

  it('is refused when the state is of an entry that the log does not reach', () => {
    const disk = new VirtualDisk()
    const log = registerLog(5)
    const replica = onDisk(disk)
    replica.write({ entries: log })
    replica.apply(log)
    replica.settle()
    replica.store.transaction((tx) => tx.deleteRange('log', {}))
    expect(failureOf(() => replica.restart())).toBe('store-damaged')
  })

  it('is refused when it is not known which state is in force', () => {
    const replica = onDisk()
    replica.store.transaction((tx) => tx.put('applied', 'in-force', bytes('{"generation":"z"}')))
    expect(failureOf(() => replica.restart())).toBe('store-damaged')
  })

  it('wants to write by itself only what has waited for some time', () => {
    const replica = onDisk()
    replica.write({ entries: registerLog(3) })
    replica.settle()
    replica.storage.tick()
    replica.write({})
    for (let tick = 0; tick < 1_000; tick += 1) replica.storage.tick()
    expect(replica.storage.isWorkDue).toBe(false)
    replica.apply(registerLog(3))
    expect(replica.storage.isWorkDue).toBe(false)
    replica.settle()
    expect(replica.storage.durableIndex).toBe(3)
  })
})

describe('a log that has grown', () => {
  const heavy = 1024 * 1024 - 100
  const fits = Math.floor(storageLimits.logBytesMax / (heavy + 41))

  it('is compacted, but never above the state on the disk', () => {
    const log = entriesAt(1, fits + 2, { bytes: heavy })
    const replica = onDisk()
    replica.write({ entries: log.slice(0, fits) })
    expect(replica.storage.compactTo).toBeNull()
    replica.write({ entries: log.slice(fits) })
    expect(replica.storage.compactTo).toBeNull()
    replica.apply(log.slice(0, 2))
    replica.settle()
    expect(replica.storage.compactTo).toBe(2)
    replica.apply(log.slice(2, fits))
    replica.settle()
    const to = replica.storage.compactTo!
    expect(to).toBeGreaterThan(2)
    expect(to).toBeLessThan(fits / 4)
    replica.write({ base: baseAt(entryAt(to)) })
    expect(replica.storage.compactTo).toBeNull()
    expect(() => replica.write({ base: baseAt(entryAt(fits + 1)) })).toThrow(InvariantError)
  })

  it('waits for a peer that is being sent a snapshot, for some time', () => {
    const { logEntriesMax, patience } = storageLimits
    const replica = onDisk()
    const append = (from: number, to: number): void => replica.write({ entries: entriesAt(from, to, { bytes: 0 }) })
    append(1, logEntriesMax)
    replica.apply(entriesAt(1, 3, { bytes: 0 }))
    replica.settle()
    replica.storage.chunk({ to: nodeId('n2'), transfer: 1, number: 0 })
    replica.apply(entriesAt(4, 9, { bytes: 0 }))
    replica.settle()
    append(logEntriesMax + 1, logEntriesMax * patience)
    expect(replica.storage.compactTo).toBe(3)
    append(logEntriesMax * patience + 1, logEntriesMax * patience + 1)
    expect(replica.storage.compactTo).toBe(9)
  })
})

describe('a snapshot between two storages', () => {
  const log = registerLog(400, { bytes: () => 3_000, keys: 300 })
  const leader = onDisk()
  leader.write({ entries: log })
  leader.apply(log)
  leader.settle()
  const pieces = leader.snapshot(1)

  it('takes the place of state and log, and the log goes on behind it', () => {
    const follower = onDisk(undefined, 9)
    follower.write({ entries: entriesAt(1, 3) })
    for (const piece of pieces) follower.write({ chunks: [piece] })
    expect(follower.answers(keys)).toBe(leader.answers(keys))
    expect([follower.storage.appliedIndex, follower.storage.durableIndex]).toEqual([400, 400])
    follower.write({ entries: [entryAt(401)] })
    follower.restart()
    expect(follower.restored).toMatchObject({ base: { end: { index: 400 } }, appliedIndex: 400, incoming: null })
    expect(indexesOf(follower.restored.entries)).toEqual([401])
    expect(follower.restored.base.membership).toEqual(leader.restored.base.membership)
    expect(follower.answers(keys)).toBe(leader.answers(keys))
  })

  it('brings the sessions: no command is executed again on the other side', () => {
    const follower = onDisk(undefined, 9)
    follower.write({ chunks: pieces })
    expect(follower.storage.apply({ ...log[399]!, index: 401 })).toMatchObject({
      kind: 'repeated',
      applied: { index: 400 },
    })
  })

  it('is not to be had any more from who takes one itself', () => {
    const follower = onDisk(undefined, 9)
    follower.write({ entries: log })
    follower.apply(log.slice(0, 300))
    follower.settle()
    const order = { to: nodeId('n3'), transfer: 5, number: 0 }
    expect(follower.storage.chunk(order)?.chunk.isLast).toBe(false)
    follower.write({ chunks: pieces })
    expect(follower.storage.chunk({ ...order, number: 1 })).toBeNull()
  })

  it('leaves no row of what was there before, after a while', () => {
    const follower = onDisk(undefined, 9)
    follower.write({ entries: log })
    follower.apply(registerLog(200, { keys: 50 }))
    follower.settle()
    for (const piece of pieces) follower.write({ dropsIncoming: piece.chunk.number === 0, chunks: [piece] })
    let writes = 0
    for (follower.storage.tick(); follower.storage.isWorkDue; follower.storage.tick()) {
      follower.write({})
      writes += 1
    }
    expect(writes).toBeGreaterThan(0)
    const rows = ['a-registers', 'a-sessions', 'log'].flatMap((space) => follower.store.view().scan(space))
    expect(rows).toEqual([])
    expect(follower.answers(keys)).toBe(leader.answers(keys))
  })

  it('is looked at before anybody believes in it', () => {
    const { bytes: whole } = pieces[0]!.chunk
    expect(isSoundChunk(whole)).toBe(true)
    expect(isSoundChunk(whole.subarray(1))).toBe(false)
  })
})

describe('a power cut', () => {
  const log = registerLog(60, { bytes: (index) => (index > 30 && index <= 40 ? 60_000 : 30) })
  const sender = onDisk()
  sender.write({ entries: log })
  sender.apply(log.slice(0, 40))
  sender.settle()
  const pieces = sender.snapshot(1)
  const snapshotEnd = 40
  const expected = untroubled(log)

  /** What a replica does in its time: appends, applies, flushes, compacts, takes a snapshot, goes on. */
  function live(replica: ReplicaDisk, random: Random): void {
    const { base, entries, incoming } = replica.restored
    const last = base.end.index + entries.length
    replica.apply(log.slice(replica.storage.appliedIndex, last))
    let wanted = incoming?.wanted ?? 0
    for (let index = replica.storage.appliedIndex; index < log.length; index = replica.storage.appliedIndex) {
      if (index > 15 && index < snapshotEnd) {
        for (const piece of pieces.slice(wanted)) replica.write({ chunks: [piece] })
        wanted = 0
      } else {
        const added = log.slice(index, index + 1 + random.below(6))
        replica.write({ entries: added })
        replica.apply(added)
      }
      if (random.chance(1, 4)) replica.settle()
      const { durableIndex } = replica.storage
      if (durableIndex > 0 && random.chance(1, 6)) replica.write({ base: baseAt(log[durableIndex - 1]!) })
    }
  }

  it.each([
    ['lost', false],
    ['kept', true],
  ])('at any write that is %s leaves what was promised, and the same in the end', (_, isKept) => {
    let cuts = 0
    let resumed = 0
    for (let nthWrite = 2; nthWrite < 30; nthWrite += 1) {
      const disk = new VirtualDisk()
      const replica = onDisk(disk, 5)
      disk.aim([{ at: null, ticks: 1, fault: { kind: 'blink', node: nodeId('n1'), nthWrite, isKept } }])
      const random = new Random(`life ${nthWrite}`)
      try {
        live(replica, random)
      } catch (error) {
        if (!(error instanceof PowerLost)) throw error
        cuts += 1
        replica.restart()
        if (replica.restored.incoming !== null) resumed += 1
        live(replica, random)
      }
      expect(replica.answers(keys), `write ${nthWrite}`).toBe(expected)
      replica.restart()
      replica.apply(log.slice(replica.storage.appliedIndex))
      expect(replica.answers(keys), `write ${nthWrite}`).toBe(expected)
    }
    expect(pieces.length).toBeGreaterThan(1)
    expect(cuts).toBeGreaterThan(15)
    expect(resumed).toBeGreaterThan(0)
  })
})
