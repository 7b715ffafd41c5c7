import { beforeEach, describe, expect, it } from 'vitest'
import type { Chunk, LogBase, SnapshotId } from '#cores/raft/messages'
import { InvariantError } from '#kit/assert'
import { nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import type { StoreTx } from '#ports/store'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import { clearLeftOver, readInForce, saveInForce, stateSpace } from './generations.ts'
import { SnapshotSink } from './snapshot-sink.ts'
import { snapshotLimits } from './snapshot-source.ts'
import { SnapshotSources, sourceIdleTicksMax } from './snapshot-sources.ts'
import { StateCache, stateLimits } from './state-cache.ts'
import { entryAt } from './testing/entries.ts'

const base: LogBase = { end: { index: 0, term: 0 }, membership: [], atMs: 0, lamport: 0 }
const peer = nodeId('n2')

/** One end of a transfer: a store with a state, and what sends and takes snapshots of it. */
class Node {
  readonly store = new VirtualStore(new VirtualDisk())
  readonly sources = new SnapshotSources(this.store)
  cache: StateCache
  sink: SnapshotSink

  constructor() {
    this.write((tx) => saveInForce(tx, { generation: 'a', base }))
    this.cache = this.#opened()
    this.sink = new SnapshotSink(this.store.view())
  }

  #opened(): StateCache {
    return new StateCache(this.store, readInForce(this.store.view())!)
  }

  write<T>(work: (tx: StoreTx) => T): T {
    return this.store.transaction(work)
  }

  restart(): void {
    this.cache = this.#opened()
    this.sink = new SnapshotSink(this.store.view())
  }

  change(changes: Readonly<Record<string, number | null>>): void {
    for (const [place, bytes] of Object.entries(changes)) {
      const [space = '', key = ''] = place.split('/')
      if (bytes === null) this.cache.delete(space, key)
      else this.cache.put(space, key, new Uint8Array(bytes).fill(bytes % 251))
    }
    this.cache.advance(entryAt(this.cache.applied.end.index + 1))
    this.write((tx) => this.cache.flush(tx, (space, key) => this.sources.beforeFlush(tx, this.cache, { space, key })))
    this.cache.flushed()
  }

  order(number: number, transfer = 1, to = peer): { snapshot: SnapshotId; chunk: Chunk } | null {
    return this.sources.chunk({ to, transfer, number }, this.cache)
  }

  take(piece: { snapshot: SnapshotId; chunk: Chunk }): LogBase | null {
    return this.write((tx) => this.sink.take(tx, piece, this.cache.generation))
  }

  /** Every row of the state on the disk by its place, as a number that stands for its value. */
  get state(): Readonly<Record<string, number>> {
    const { generation, spaces } = this.cache
    const rows = spaces.flatMap((space) =>
      this.store
        .view()
        .scan(stateSpace(generation, space))
        .map(({ key, value }) => [`${space}/${key}`, value.length] as const),
    )
    return Object.fromEntries(rows)
  }
}

let leader: Node
let follower: Node

beforeEach(() => {
  leader = new Node()
  follower = new Node()
})

/** Carries a whole snapshot over; `meanwhile` runs between two chunks. */
function carry(transfer: number, meanwhile: (number: number) => void = () => {}): number {
  for (let number = 0; ; number += 1) {
    const piece = leader.order(number, transfer)
    if (piece === null) throw new Error(`no chunk ${number}`)
    if (follower.take(piece) !== null) {
      follower.restart()
      return number + 1
    }
    meanwhile(number)
  }
}

const rowsOf = (space: string, count: number, bytes: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, row) => [`${space}/${String(row).padStart(6, '0')}`, bytes]))

describe('a snapshot', () => {
  it('brings the state over as it is, with its place in the log', () => {
    leader.change({ 'values/a': 3, 'values/b': 0, 'sessions/1': 9, 'lists/x': 5 })
    leader.change({ 'values/c': 1, 'lists/x': null })
    carry(1)
    expect(follower.state).toEqual(leader.state)
    expect(follower.state).toEqual({ 'sessions/1': 9, 'values/a': 3, 'values/b': 0, 'values/c': 1 })
    expect(follower.cache.applied).toEqual(leader.cache.applied)
  })

  it('comes in chunks of bounded size, of many small rows and of few large ones', () => {
    leader.change({ ...rowsOf('small', 5_000, 200), ...rowsOf('large', 3, stateLimits.valueBytesMax) })
    const sizes: number[] = []
    for (let number = 0; ; number += 1) {
      const { chunk } = leader.order(number)!
      sizes.push(chunk.bytes.length)
      if (chunk.isLast) break
    }
    const oneRow = stateLimits.valueBytesMax + 1_000
    expect(sizes.length).toBeGreaterThan(7)
    for (const size of sizes) expect(size).toBeLessThan(snapshotLimits.chunkBytesMax + oneRow)
    expect(carry(2)).toBe(sizes.length)
    expect(follower.state).toEqual(leader.state)
  })

  it('of nothing is one empty chunk', () => {
    expect(carry(1)).toBe(1)
    expect(follower.state).toEqual({})
  })

  it('is of the disk: what is only in memory yet comes with the log', () => {
    leader.change({ 'values/a': 1 })
    leader.cache.put('values', 'a', new Uint8Array(2))
    expect(leader.order(0)!.snapshot.end.index).toBe(1)
    carry(2)
    expect(follower.state).toEqual({ 'values/a': 1 })
  })

  it('has every row as it was, also the very next one', () => {
    leader.change({ 'values/': 1, 'values/k': snapshotLimits.chunkBytesMax, 'values/k\0': 3 })
    const { state } = leader
    carry(1, () => leader.change({ 'values/': 2, 'values/k': 2, 'values/k\0': 2 }))
    expect(follower.state).toEqual(state)
  })

  it('is of one moment, whatever changes while it is read', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const random = new Random(`snapshot ${seed}`)
      leader = new Node()
      follower = new Node()
      const drawn = (): Record<string, number | null> =>
        Object.fromEntries(
          Array.from({ length: 40 }, () => [
            `${random.pick(['a', 'b', 'c'])}/${random.below(300)}`,
            random.chance(1, 4) ? null : random.below(20_000),
          ]),
        )
      for (let round = 0; round < 5; round += 1) leader.change(drawn())
      const before = leader.state
      const chunks = carry(1, () => {
        leader.change(drawn())
        if (random.chance(1, 3)) leader.change({ 'new/space': 5 })
      })
      expect(chunks, `seed ${seed}`).toBeGreaterThan(3)
      expect(follower.state, `seed ${seed}`).toEqual(before)
      expect(leader.state, `seed ${seed}`).not.toEqual(before)
    }
  })
})

describe('who sends a snapshot', () => {
  beforeEach(() => leader.change(rowsOf('values', 3_000, 300)))

  it('gives the last chunk again, and no other out of turn', () => {
    const [first, second] = [leader.order(0), leader.order(1)]
    leader.change({ 'values/000000': 1, 'values/002999': 1 })
    expect(leader.order(1)).toEqual(second)
    expect(first).not.toEqual(second)
    expect(leader.order(0)).toBeNull()
    expect(leader.order(3)).toBeNull()
    expect(leader.order(2)).not.toBeNull()
  })

  it('knows nothing of a transfer that it did not begin', () => {
    expect(leader.order(1)).toBeNull()
    leader.order(0)
    expect(leader.order(1, 2)).toBeNull()
  })

  it('begins anew with a new transfer, at what the disk holds by then', () => {
    leader.order(0)
    leader.change({ 'values/000000': 1 })
    expect(leader.order(0, 2)!.snapshot).toEqual({ ...leader.cache.durable, transfer: 2 })
    expect(leader.order(1, 1)).toBeNull()
  })

  it('serves several peers, each at its own pace', () => {
    const other = nodeId('n3')
    leader.order(0)
    leader.change({ 'values/002999': 1 })
    leader.order(0, 1, other)
    expect(leader.order(1)!.snapshot.end.index).toBe(1)
    expect(leader.order(1, 1, other)!.snapshot.end.index).toBe(2)
    expect(leader.sources.oldestIndex).toBe(1)
  })

  it('gives up on a peer that orders nothing more', () => {
    leader.order(0)
    for (let tick = 0; tick < sourceIdleTicksMax; tick += 1) leader.sources.tick()
    expect(leader.order(1)).not.toBeNull()
    for (let tick = 0; tick <= sourceIdleTicksMax; tick += 1) leader.sources.tick()
    expect(leader.order(2)).toBeNull()
    expect(leader.sources.oldestIndex).toBeNull()
  })

  it('gives up when too much has changed that was not sent yet', () => {
    const rows = Math.ceil(snapshotLimits.imageBytesMax / stateLimits.valueBytesMax)
    leader.change(rowsOf('zz', rows, stateLimits.valueBytesMax))
    leader.order(0)
    leader.change(rowsOf('zz', rows - 1, 1))
    expect(leader.order(1)).not.toBeNull()
    leader.change(rowsOf('zz', rows, 2))
    expect(leader.order(2)).toBeNull()
  })

  it('does not give up for what was sent by the time that other things change', () => {
    const rows = Math.ceil((snapshotLimits.imageBytesMax * 2) / 3 / stateLimits.valueBytesMax)
    leader.change(rowsOf('aa', rows, stateLimits.valueBytesMax))
    leader.change(rowsOf('zz', rows, stateLimits.valueBytesMax))
    leader.order(0)
    leader.change(rowsOf('aa', rows, 1))
    for (let number = 1; number <= rows; number += 1) leader.order(number)
    leader.change(rowsOf('zz', rows, 1))
    expect(leader.order(rows + 1)).not.toBeNull()
  })
})

describe('who takes a snapshot', () => {
  beforeEach(() => {
    leader.change(rowsOf('values', 3_000, 300))
    follower.change({ 'values/mine': 7, 'other/mine': 8 })
  })

  const own = { 'other/mine': 8, 'values/mine': 7 }

  it('keeps its own state in force until the last chunk is there', () => {
    carry(1, () => {
      expect(follower.state).toEqual(own)
      expect(new StateCache(follower.store, readInForce(follower.store.view())!).spaces).toEqual(['other', 'values'])
    })
    expect(follower.state).toEqual(leader.state)
  })

  it('knows after a restart how far it was, and goes on', () => {
    carry(1, (number) => {
      follower.restart()
      expect(follower.sink.incoming).toMatchObject({ wanted: number + 1, snapshot: { transfer: 1 } })
    })
    expect(follower.state).toEqual(leader.state)
    expect(follower.sink.incoming).toBeNull()
  })

  it('begins with another one at any time, and nothing of the first is left', () => {
    for (const number of [0, 1]) follower.take(leader.order(number)!)
    leader.change({ 'values/000000': null, 'values/000001': 11 })
    carry(2)
    expect(follower.state).toEqual(leader.state)
    const kept = [follower.cache.generation]
    while (!follower.write((tx) => clearLeftOver(tx, kept)));
    expect(follower.state).toEqual(leader.state)
    for (const letter of 'abcdefgh'.replace(follower.cache.generation, '')) {
      for (const space of ['values', 'other']) expect(follower.store.view().scan(stateSpace(letter, space))).toEqual([])
    }
  })

  it('forgets one that is given up, and its own state is as it was', () => {
    for (const number of [0, 1]) follower.take(leader.order(number)!)
    follower.write((tx) => follower.sink.drop(tx))
    follower.restart()
    expect(follower.sink.incoming).toBeNull()
    expect(follower.state).toEqual(own)
  })

  it('goes on with its own state while another one comes in', () => {
    for (const number of [0, 1]) follower.take(leader.order(number)!)
    follower.change({ 'values/mine': 70 })
    follower.restart()
    expect(follower.state).toEqual({ ...own, 'values/mine': 70 })
    for (let number = 2; ; number += 1) if (follower.take(leader.order(number)!) !== null) break
    follower.restart()
    expect(follower.state).toEqual(leader.state)
  })

  it('takes chunks in turn and of one transfer only: the core sees to it', () => {
    const [first, second] = [leader.order(0)!, leader.order(1)!]
    expect(() => follower.take(second)).toThrow(InvariantError)
    follower.take(first)
    expect(() => follower.take({ ...second, snapshot: { ...second.snapshot, transfer: 9 } })).toThrow(InvariantError)
    expect(() => follower.take({ ...second, chunk: { ...second.chunk, number: 2 } })).toThrow(InvariantError)
  })
})
