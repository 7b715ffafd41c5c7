import { beforeEach, describe, expect, it } from 'vitest'
import { makeEntry } from '#cores/raft/entry'
import { encodeMembership, founded } from '#cores/raft/membership'
import type { LogBase } from '#cores/raft/messages'
import { InvariantError } from '#kit/assert'
import { nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import type { StateView } from '#kit/state-machine'
import type { StoreTx } from '#ports/store'
import { bytes } from '#ports/testing/store-home'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import { readInForce } from './generations.ts'
import { StateCache, stateLimits } from './state-cache.ts'
import { entryAt } from './testing/entries.ts'

const base: LogBase = { end: { index: 0, term: 0 }, membership: [], atMs: 0, lamport: 0 }

let disk: VirtualDisk
let store: VirtualStore
let cache: StateCache

beforeEach(() => {
  disk = new VirtualDisk()
  store = new VirtualStore(disk)
  cache = new StateCache(store, { generation: 'a', base })
})

const write = (work: (tx: StoreTx) => void): void => store.transaction(work)
const flush = (): void => {
  write((tx) => cache.flush(tx, () => {}))
  cache.flushed()
}
const reopened = (): StateCache => new StateCache(store, readInForce(store.view())!)
const text = (value: Uint8Array | null): string | null => (value === null ? null : new TextDecoder().decode(value))
const rows = (view: StateView, range?: { from?: string; limit?: number }): string =>
  view
    .scan('s', range)
    .map(({ key, value }) => `${key}=${text(value)}`)
    .join(' ')

describe('the state before it is on the disk', () => {
  it('is what was put there last, and nothing of it is on the disk', () => {
    cache.put('s', 'k', bytes('1'))
    cache.put('s', 'k', bytes('2'))
    expect(text(cache.get('s', 'k'))).toBe('2')
    cache.delete('s', 'k')
    expect(cache.get('s', 'k')).toBeNull()
    expect(store.view().scan('a-s')).toEqual([])
  })

  it('lies over what is on the disk, row by row and in one order', () => {
    for (const key of ['b', 'd', 'f', 'h']) cache.put('s', key, bytes('old'))
    flush()
    cache.put('s', 'a', bytes('new'))
    cache.put('s', 'd', bytes('new'))
    cache.delete('s', 'f')
    cache.put('s', 'i', bytes('new'))
    expect(rows(cache)).toBe('a=new b=old d=new h=old i=new')
    expect(rows(cache, { from: 'c', limit: 2 })).toBe('d=new h=old')
    expect(rows(cache, { limit: 1 })).toBe('a=new')
    expect(rows(cache, { from: 'j' })).toBe('')
  })

  it('goes to the disk in one transaction with the place in the log, and is found there', () => {
    cache.put('s', 'k', bytes('1'))
    cache.put('other', 'k', bytes('2'))
    cache.advance(entryAt(1))
    expect([cache.applied.end.index, cache.durable.end.index]).toEqual([1, 0])
    flush()
    expect(cache.durable.end.index).toBe(1)
    const again = reopened()
    expect([text(again.get('s', 'k')), text(again.get('other', 'k'))]).toEqual(['1', '2'])
    expect(again.applied).toEqual({ ...base, end: { index: 1, term: 1 }, atMs: 10, lamport: 1 })
    expect(again.spaces).toEqual(['other', 's'])
  })

  it('remembers who was a member after which entry', () => {
    const membership = founded([nodeId('n1')])
    cache.advance(
      makeEntry({ index: 1, term: 1, kind: 'members', atMs: 0, lamport: 0, payload: encodeMembership(membership) }),
    )
    cache.advance(entryAt(2))
    flush()
    expect(reopened().applied.membership).toEqual(membership)
  })

  it('applies entries in order only', () => {
    expect(() => cache.advance(entryAt(2))).toThrow(InvariantError)
  })

  it('stays dirty when the write fails, and on the disk all is as it was', () => {
    cache.put('s', 'k', bytes('1'))
    flush()
    cache.put('s', 'k', bytes('2'))
    cache.delete('s', 'gone')
    cache.advance(entryAt(1))
    disk.isFull = true
    expect(() => write((tx) => cache.flush(tx, () => {}))).toThrow('full')
    disk.isFull = false
    expect([text(cache.get('s', 'k')), cache.durable.end.index]).toEqual(['2', 0])
    expect(text(reopened().get('s', 'k'))).toBe('1')
    flush()
    expect(text(reopened().get('s', 'k'))).toBe('2')
  })

  it('names its spaces on the disk even if the first try fails', () => {
    cache.put('s', 'k', bytes('1'))
    disk.isFull = true
    expect(() => write((tx) => cache.flush(tx, () => {}))).toThrow('full')
    disk.isFull = false
    flush()
    expect(reopened().spaces).toEqual(['s'])
  })

  it('tells of each row that a flush replaces, before it does', () => {
    cache.put('s', 'k', bytes('1'))
    flush()
    cache.put('s', 'k', bytes('2'))
    cache.delete('s', 'j')
    const told: unknown[] = []
    write((tx) => cache.flush(tx, (space, key) => told.push([space, key, text(tx.get(`a-${space}`, key))])))
    expect(told).toEqual([
      ['s', 'j', null],
      ['s', 'k', '1'],
    ])
  })
})

describe('a flush', () => {
  it('is not due without a reason', () => {
    for (let tick = 0; tick < 10 * stateLimits.dirtyTicksMax; tick += 1) cache.tick()
    expect(cache.isFlushDue).toBe(false)
  })

  it('is due when many rows are dirty, each counted once', () => {
    for (let index = 0; index < stateLimits.dirtyRowsMax * 2; index += 1) cache.put('s', 'k', bytes('x'))
    expect(cache.isFlushDue).toBe(false)
    for (let index = 1; index < stateLimits.dirtyRowsMax; index += 1) cache.put('s', `k${index}`, bytes('x'))
    expect(cache.isFlushDue).toBe(true)
    flush()
    expect(cache.isFlushDue).toBe(false)
  })

  it('is due when dirty rows are heavy, as heavy as they are now', () => {
    const large = new Uint8Array(stateLimits.valueBytesMax)
    cache.put('s', 'a', large)
    for (let index = 0; index < 10; index += 1) cache.put('s', 'a', large)
    expect(cache.isFlushDue).toBe(false)
    for (const key of ['b', 'c', 'd']) cache.put('s', key, large)
    expect(cache.isFlushDue).toBe(true)
  })

  it('is due some time after something was applied, even if that changed nothing', () => {
    cache.advance(entryAt(1))
    for (let tick = 1; tick < stateLimits.dirtyTicksMax; tick += 1) cache.tick()
    expect(cache.isFlushDue).toBe(false)
    cache.tick()
    expect(cache.isFlushDue).toBe(true)
    flush()
    expect(cache.isFlushDue).toBe(false)
  })

  it('does not take place while something is applied', () => {
    write((tx) => cache.flush(tx, () => {}))
    cache.advance(entryAt(1))
    expect(() => cache.flushed()).toThrow(InvariantError)
  })
})

describe('a row', () => {
  it('must fit into a chunk and have a key with room for one letter more', () => {
    expect(() => cache.put('s', 'k', new Uint8Array(stateLimits.valueBytesMax + 1))).toThrow(InvariantError)
    expect(() => cache.put('s', 'k'.repeat(stateLimits.keyCharsMax + 1), bytes('x'))).toThrow(InvariantError)
  })

  it('does not hold on to the batch that it came with', () => {
    const batch = bytes('....value....')
    cache.put('s', 'k', batch.subarray(4, 9))
    batch.fill(0)
    expect(text(cache.get('s', 'k'))).toBe('value')
    expect(cache.get('s', 'k')!.buffer).not.toBe(batch.buffer)
  })
})

it('the state is what a map would be, over any history of writes, flushes, failures and restarts', () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const random = new Random(`cache ${seed}`)
    disk = new VirtualDisk()
    store = new VirtualStore(disk)
    cache = new StateCache(store, { generation: 'a', base })
    flush()
    let model = new Map<string, string>()
    let durable = new Map<string, string>()
    let index = 0
    for (let step = 0; step < 300; step += 1) {
      const key = `k${random.below(30)}`
      if (random.chance(2, 3)) {
        cache.put('s', key, bytes(String(step)))
        model.set(key, String(step))
      } else {
        cache.delete('s', key)
        model.delete(key)
      }
      index += 1
      cache.advance(entryAt(index))
      if (random.chance(1, 20)) {
        disk.isFull = random.chance(1, 3)
        if (disk.isFull) expect(() => write((tx) => cache.flush(tx, () => {}))).toThrow('full')
        else {
          flush()
          durable = new Map(model)
        }
        disk.isFull = false
      }
      if (random.chance(1, 40)) {
        cache = reopened()
        model = new Map(durable)
        index = cache.applied.end.index
      }
      expect(text(cache.get('s', key)), `seed ${seed} step ${step}`).toBe(model.get(key) ?? null)
      const from = `k${random.below(30)}`
      const limit = 1 + random.below(12)
      const expected = [...model]
        .filter(([other]) => other >= from)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .slice(0, limit)
        .map(([other, value]) => `${other}=${value}`)
        .join(' ')
      expect(rows(cache, { from, limit }), `seed ${seed} step ${step}`).toBe(expected)
    }
  }
})
