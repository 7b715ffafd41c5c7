import { describe, expect, it } from 'vitest'
import { InvariantError } from '#kit/assert'
import { nodeId } from '#kit/ids'
import { bytes, read } from '#ports/testing/store-home'
import { storeSuite } from '#ports/testing/store-suite'
import type { AimedFault } from './scenario.ts'
import { PowerLost, VirtualDisk } from './virtual-disk.ts'
import { VirtualStore } from './virtual-store.ts'

storeSuite('virtual', () => {
  const disk = new VirtualDisk()
  return {
    open: () => {
      disk.losePower()
      return new VirtualStore(disk)
    },
    setFull: (isFull) => {
      disk.isFull = isFull
    },
    remove: () => {},
  }
})

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
    const disk = aimed({ nthWrite: 2, isKept: true })
    const store = new VirtualStore(disk)
    put(store, 'a', '1')
    expect(() => put(store, 'b', '2')).toThrow(PowerLost)
    expect(read(new VirtualStore(disk).view(), 'log')).toEqual([
      ['a', '1'],
      ['b', '2'],
    ])
  })

  it('goes dark with the write that was aimed at on its way, and that write is gone', () => {
    const disk = aimed({ nthWrite: 2, isKept: false })
    const store = new VirtualStore(disk)
    put(store, 'a', '1')
    expect(() => put(store, 'b', '2')).toThrow(PowerLost)
    expect(read(new VirtualStore(disk).view(), 'log')).toEqual([['a', '1']])
  })

  it('counts only what was written: a look and a refusal are no writes', () => {
    const disk = aimed({ nthWrite: 1, isKept: true })
    const store = new VirtualStore(disk)
    store.transaction((tx) => tx.get('log', 'a'))
    disk.isFull = true
    expect(() => put(store, 'a', '1')).toThrow('full')
    disk.isFull = false
    expect(() => put(store, 'a', '1')).toThrow(PowerLost)
  })

  it('has no use for a store whose life is over', () => {
    const store = new VirtualStore(new VirtualDisk())
    store.close()
    expect(() => store.view()).toThrow(InvariantError)
    expect(() => put(store, 'a', '1')).toThrow(InvariantError)
  })
})

function aimed(at: { nthWrite: number; isKept: boolean }): VirtualDisk {
  const disk = new VirtualDisk()
  const fault: AimedFault = { at: null, ticks: 1, fault: { kind: 'blink', node: nodeId('n1'), ...at } }
  disk.aim([fault])
  return disk
}

function put(store: VirtualStore, key: string, value: string): void {
  store.transaction((tx) => tx.put('log', key, bytes(value)))
}
