import { describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { bytes, failureOf, read } from '#ports/testing/store-home'
import { type AimedFault, lostWritesMax } from './scenario.ts'
import { PowerLost, VirtualDisk } from './virtual-disk.ts'
import { VirtualStore } from './virtual-store.ts'

describe('the virtual disk', () => {
  it('loses what had not arrived when the power goes, and keeps what had', () => {
    let now = 10
    const disk = new VirtualDisk(() => now)
    const store = new VirtualStore(disk)
    put(store, 'a', 'old')
    disk.slowTicks = 5
    put(store, 'a', 'arrived')
    now = 15
    disk.sync()
    put(store, 'a', 'on its way')
    put(store, 'b', 'behind it')
    expect(disk.busyUntilTick).toBe(25)
    now = 19
    expect(disk.losePower()).toBe(true)
    expect(read(new VirtualStore(disk).view(), 'log')).toEqual([['a', 'arrived']])
    expect(disk.losePower()).toBe(false)
  })

  it('goes dark right after the write that was aimed at, with that write kept', () => {
    const disk = aimed(blink(2, true))
    const store = new VirtualStore(disk)
    put(store, 'a', '1')
    expect(() => put(store, 'b', '2')).toThrow(PowerLost)
    expect(read(new VirtualStore(disk).view(), 'log')).toEqual([
      ['a', '1'],
      ['b', '2'],
    ])
  })

  it('goes dark with the write that was aimed at on its way, and that write is gone', () => {
    const disk = aimed(blink(2, false))
    const store = new VirtualStore(disk)
    put(store, 'a', '1')
    expect(() => put(store, 'b', '2')).toThrow(PowerLost)
    expect(read(new VirtualStore(disk).view(), 'log')).toEqual([['a', '1']])
  })

  it('counts only what was written: a look and a refusal are no writes', () => {
    const disk = aimed(blink(1, true))
    const store = new VirtualStore(disk)
    store.transaction((tx) => tx.get('log', 'a'))
    disk.isFull = true
    expect(() => put(store, 'a', '1')).toThrow('full')
    disk.isFull = false
    expect(() => put(store, 'a', '1')).toThrow(PowerLost)
  })
})

describe('a virtual disk that lies', () => {
  it('loses what had returned, and a store that opens on it finds that out and refuses every use', () => {
    const disk = aimed(lostTail({ nthWrite: 4, writes: 2, isNoticed: true }))
    const store = new VirtualStore(disk)
    for (const key of ['a', 'b', 'c']) put(store, key, key)
    expect(() => put(store, 'd', 'd')).toThrow(PowerLost)
    disk.losePower()
    expect(disk.isDamaged).toBe(true)
    const next = new VirtualStore(disk)
    expect(failureOf(() => next.view())).toBe('store-damaged')
    expect(failureOf(() => put(next, 'e', 'e'))).toBe('store-damaged')
  })

  it('shows what once was when nobody noticed: rows that came are gone, and what was deleted or replaced is back', () => {
    const disk = aimed(lostTail({ nthWrite: 4, writes: 2, isNoticed: false }))
    const store = new VirtualStore(disk)
    put(store, 'a', 'old')
    store.transaction((tx) => tx.put('log', 'a', bytes('new')))
    store.transaction((tx) => tx.delete('log', 'a'))
    expect(() => put(store, 'b', 'x')).toThrow(PowerLost)
    expect(disk.isDamaged).toBe(false)
    expect(read(new VirtualStore(disk).view(), 'log')).toEqual([['a', 'old']])
  })

  it('loses no more than it has, and remembers no more than it may lose', () => {
    const disk = aimed(lostTail({ nthWrite: 100, writes: lostWritesMax, isNoticed: false }))
    const store = new VirtualStore(disk)
    for (let number = 1; number < 100; number += 1) put(store, String(number), 'x')
    expect(() => put(store, '100', 'x')).toThrow(PowerLost)
    expect(read(new VirtualStore(disk).view(), 'log')).toHaveLength(99 - lostWritesMax + 1)
    const short = aimed(lostTail({ nthWrite: 2, writes: 8, isNoticed: true }))
    put(new VirtualStore(short), 'a', 'x')
    expect(() => put(new VirtualStore(short), 'b', 'x')).toThrow(PowerLost)
    expect(short.isDamaged).toBe(true)
  })

  it('has not lied where what is gone was still on its way', () => {
    const disk = aimed(lostTail({ nthWrite: 3, writes: 1, isNoticed: true }))
    const store = new VirtualStore(disk)
    put(store, 'a', 'x')
    disk.slowTicks = 5
    put(store, 'b', 'x')
    expect(() => put(store, 'c', 'x')).toThrow(PowerLost)
    expect(disk.isDamaged).toBe(false)
    expect(read(new VirtualStore(disk).view(), 'log')).toEqual([['a', 'x']])
  })

  it('gives an empty one when the damaged one is set aside, and counts that', () => {
    const disk = aimed(lostTail({ nthWrite: 2, writes: 1, isNoticed: true }))
    put(new VirtualStore(disk), 'a', 'x')
    expect(() => put(new VirtualStore(disk), 'b', 'x')).toThrow(PowerLost)
    disk.setAside()
    expect(disk).toMatchObject({ isDamaged: false, setAsideCount: 1 })
    const fresh = new VirtualStore(disk)
    put(fresh, 'c', 'x')
    expect(read(fresh.view(), 'log')).toEqual([['c', 'x']])
  })
})

describe('a row with a flipped bit', () => {
  it('is refused when it is read or scanned, also inside a transaction, and its neighbours are not', () => {
    const disk = aimed({ kind: 'bit-flip', node: nodeId('n1'), nthWrite: 2, row: 5 })
    const store = new VirtualStore(disk)
    put(store, 'a', '1')
    store.transaction((tx) => {
      tx.delete('log', 'never')
      for (const key of ['b', 'c']) tx.put('log', key, bytes(key))
    })
    expect(failureOf(() => store.view().get('log', 'c'))).toBe('store-damaged')
    expect(failureOf(() => store.view().scan('log'))).toBe('store-damaged')
    expect(failureOf(() => store.transaction((tx) => tx.get('log', 'c')))).toBe('store-damaged')
    expect(read(store.view(), 'log', { before: 'c' })).toHaveLength(2)
    expect(disk.isDamaged).toBe(false)
  })

  it('stays so over a crash, and is sound once it is written anew or gone once it is deleted', () => {
    const disk = aimed({ kind: 'bit-flip', node: nodeId('n1'), nthWrite: 1, row: 0 })
    put(new VirtualStore(disk), 'a', '1')
    disk.losePower()
    const store = new VirtualStore(disk)
    expect(failureOf(() => store.view().get('log', 'a'))).toBe('store-damaged')
    put(store, 'a', '2')
    expect(read(store.view(), 'log')).toEqual([['a', '2']])
    const other = aimed({ kind: 'bit-flip', node: nodeId('n1'), nthWrite: 1, row: 0 })
    put(new VirtualStore(other), 'a', '1')
    expect(new VirtualStore(other).transaction((tx) => tx.deleteRange('log', {}))).toBe(1)
    expect(read(new VirtualStore(other).view(), 'log')).toEqual([])
  })
})

function aimed(fault: AimedFault['fault']): VirtualDisk {
  const disk = new VirtualDisk()
  disk.aim([{ at: null, ticks: 1, fault }])
  return disk
}

function blink(nthWrite: number, isKept: boolean): AimedFault['fault'] {
  return { kind: 'blink', node: nodeId('n1'), nthWrite, isKept }
}

function lostTail(how: { nthWrite: number; writes: number; isNoticed: boolean }): AimedFault['fault'] {
  return { kind: 'lost-tail', node: nodeId('n1'), ...how }
}

function put(store: VirtualStore, key: string, value: string): void {
  store.transaction((tx) => tx.put('log', key, bytes(value)))
}
