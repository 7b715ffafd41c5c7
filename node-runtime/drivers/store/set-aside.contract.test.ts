import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bytes, read } from '#ports/testing/store-home'
import { openStore, setAsideStore } from './index.ts'
import { flipped, layFiles, type StoreFiles, takeFiles } from './testing/store-files.ts'
import { type StorePlace, storePlace } from './testing/store-place.ts'

let place: StorePlace
/** A store that a kill left with a log, and with a bit turned over in that. */
let damaged: StoreFiles

beforeEach(() => {
  place = storePlace()
  const store = place.open()
  store.transaction((tx) => tx.put('raft', 'hard-state', bytes('voted')))
  const files = takeFiles(place.path)
  store.close()
  damaged = { ...files, log: flipped(files.log, 100) }
  layFiles(place.path, damaged)
})

afterEach(() => place.remove())

describe('a damaged store that is set aside', () => {
  it('leaves its place to a new one, which knows that it has a predecessor, and every byte of it is kept', () => {
    expect(isRefused()).toBe(true)
    expect(setAsideStore(place.path)).toEqual({ ok: true, value: null })
    const store = place.open()
    expect(store.setAsideCount).toBe(1)
    expect(read(store.view(), 'raft')).toEqual([])
    store.transaction((tx) => tx.put('raft', 'hard-state', bytes('anew')))
    store.close()
    expect(begunAnew()).toBe(1)
    expect(takeFiles(`${place.path}.damaged-1`)).toEqual(damaged)
  })

  it('is kept beside the one before it, and those that are older go', () => {
    for (let life = 1; life <= 4; life += 1) {
      layFiles(place.path, damaged)
      setAsideStore(place.path)
    }
    const names = readdirSync(place.folder)
    expect(names).toHaveLength(6)
    expect(names.filter((name) => !/damaged-[34]/.test(name))).toEqual([])
    expect(takeFiles(`${place.path}.damaged-4`)).toEqual(damaged)
    expect(begunAnew()).toBe(4)
  })

  it('stays refused wherever a kill comes between, and the next try finishes it in one place', () => {
    const order = ['', '-wal', '-mark']
    for (let moved = 1; moved < order.length; moved += 1) {
      for (const name of readdirSync(place.folder)) rmSync(join(place.folder, name))
      layFiles(place.path, damaged)
      for (const ending of order.slice(0, moved)) renameSync(place.path + ending, `${place.path}.damaged-1${ending}`)
      expect(isRefused(), `${moved} files moved`).toBe(true)
      setAsideStore(place.path)
      setAsideStore(place.path)
      expect(takeFiles(`${place.path}.damaged-1`)).toEqual(damaged)
      expect(readdirSync(place.folder)).toHaveLength(order.length)
      expect(begunAnew()).toBe(1)
    }
  })

  it('is no matter where there is none', () => {
    setAsideStore(place.path)
    setAsideStore(place.path)
    expect(readdirSync(place.folder)).toHaveLength(3)
  })
})

/** What the store that stands there now knows of those before it. */
function begunAnew(): number {
  const store = place.open()
  store.close()
  return store.setAsideCount
}

function isRefused(): boolean {
  const opened = openStore({ path: place.path })
  if (opened.ok) opened.value.close()
  else expect(opened.failure.code).toBe('store-damaged')
  return !opened.ok
}
