import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '#ports/store'
import { bytes } from '#ports/testing/store-home'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import { clearLeftOver, freeGeneration, generationLimits, readSpaces, saveSpaces, stateSpace } from './generations.ts'

let store: Store

beforeEach(() => {
  store = new VirtualStore(new VirtualDisk())
})

const fill = (generation: string, rowsOf: Readonly<Record<string, number>>): void =>
  store.transaction((tx) => {
    saveSpaces(tx, generation, Object.keys(rowsOf))
    for (const [space, rows] of Object.entries(rowsOf)) {
      for (let row = 0; row < rows; row += 1) tx.put(stateSpace(generation, space), `k${row}`, bytes('x'))
    }
  })
const clearStep = (...kept: string[]): boolean => store.transaction((tx) => clearLeftOver(tx, kept))
const rowsIn = (space: string): number => store.view().scan(space).length

describe('generations of the state', () => {
  it('are cleared bit by bit, and only those that are not kept', () => {
    const many = generationLimits.clearedRowsMax
    fill('a', { values: 5 })
    fill('b', { lists: many, values: many / 2 })
    expect(clearStep('a')).toBe(false)
    expect([rowsIn('b-lists'), rowsIn('b-values')]).toEqual([0, many / 2])
    let steps = 1
    while (!clearStep('a')) steps += 1
    expect([rowsIn('b-lists'), rowsIn('b-values'), rowsIn('a-values')]).toEqual([0, 0, 5])
    expect(steps).toBeLessThan(5)
    expect(readSpaces(store.view(), 'b')).toEqual([])
  })

  it('are begun where nothing is left of another one', () => {
    const free = (): string => store.transaction((tx) => freeGeneration(tx, 'a'))
    expect(free()).toBe('b')
    fill('b', { values: 1 })
    expect(free()).toBe('c')
    while (!clearStep('a'));
    expect(free()).toBe('b')
  })

  it('run out only until the left-over ones are cleared', () => {
    for (const letter of 'bcdefgh') fill(letter, { values: generationLimits.clearedRowsMax + 1 })
    fill('a', { values: 1 })
    expect(store.transaction((tx) => freeGeneration(tx, 'a'))).toBe('b')
    expect(rowsIn('b-values')).toBe(0)
    expect(rowsIn('a-values')).toBe(1)
  })
})
