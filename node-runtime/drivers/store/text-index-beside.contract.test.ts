import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SqliteStore } from './index.ts'
import { type StorePlace, storePlace } from './testing/store-place.ts'

const textAt = (place: number) => {
  return { place, id: `m${place}`, group: 'c:geral', author: 'ana', atMs: place, text: `texto ${place}` }
}
const all = { words: ['texto'], author: null, group: null, beforeMs: null, beforePlace: null, limit: 10 }

describe('a text index beside the rows of a store', () => {
  let place: StorePlace
  let store: SqliteStore

  beforeEach(() => {
    place = storePlace()
    store = place.open()
  })

  afterEach(() => {
    store.close()
    place.remove()
  })

  it('is among no tables that people look at, and is not there before somebody writes', () => {
    expect([store.texts.upTo, store.texts.find(all)]).toEqual([0, []])
    store.texts.write([textAt(1)], 1)
    expect(store.queries.tables()).toEqual([])
  })

  it('lives through many openings with rows that come and go between its texts', () => {
    for (let life = 1; life <= 5; life += 1) {
      store.transaction((tx) => tx.put('log', `${life}`, Uint8Array.of(life)))
      store.texts.write([textAt(life)], life)
      store.close()
      store = place.open()
      expect(store.texts.upTo).toBe(life)
      expect(store.view().scan('log')).toHaveLength(life)
    }
    expect(store.texts.find(all).map(({ place: at }) => at)).toEqual([5, 4, 3, 2, 1])
  })

  it('waits outside of transactions, and dies with its store', () => {
    store.transaction(() => expect(() => store.texts.write([textAt(1)], 1)).toThrow('one transaction at a time'))
    const { texts } = store
    texts.write([textAt(1)], 1)
    store.close()
    expect(() => texts.find(all)).toThrow('closed')
  })
})
