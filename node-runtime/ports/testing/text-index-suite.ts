import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IndexedText, TextIndex, TextOrder } from '../text-index.ts'
import { failureOf } from './store-home.ts'

export interface TextIndexHome {
  /** The first call begins it; each later one opens it again after a restart. */
  open(): TextIndex
  setFull(isFull: boolean): void
  remove(): void
}

const all: TextOrder = { words: [], author: null, group: null, beforeMs: null, beforePlace: null, limit: 10 }

function textAt(place: number, text: string | null, more: Partial<IndexedText> = {}): IndexedText {
  return { place, id: `m${place}`, group: 'c:geral', author: 'ana', atMs: place * 1_000, text, ...more }
}

/** What every home of the TextIndex port promises. */
export function textIndexSuite(name: string, openHome: () => TextIndexHome): void {
  describe(`${name} text index`, () => {
    let home: TextIndexHome
    let index: TextIndex
    const found = (order: Partial<TextOrder>) => index.find({ ...all, ...order }).map(({ place }) => place)

    beforeEach(() => {
      home = openHome()
      index = home.open()
    })
    afterEach(() => home.remove())

    it('has nothing at first, and what was written when it is opened again', () => {
      expect([index.upTo, found({})]).toEqual([0, []])
      index.write([textAt(3, 'pão de queijo'), textAt(5, 'café')], 7)
      index = home.open()
      expect(index.upTo).toBe(7)
      expect(index.find({ ...all, words: ['queijo'] })).toEqual([{ place: 3, id: 'm3' }])
    })

    it('finds all words by their beginning, whatever their case and accents, newest first', () => {
      index.write([textAt(1, 'Pão de Queijo'), textAt(2, 'queijo com pao'), textAt(3, 'só o queijo')], 3)
      expect(found({ words: ['PÃO', 'quei'] })).toEqual([2, 1])
      expect(found({ words: ['eijo'] })).toEqual([])
      expect(found({ words: ['queijo'], limit: 2 })).toEqual([3, 2])
      expect(found({ words: ['queijo'], limit: 2, beforePlace: 2 })).toEqual([1])
    })

    it('is bounded by author, group and time', () => {
      index.write(
        [textAt(1, 'um', { author: 'bia' }), textAt(2, 'um', { group: 'c:dev' }), textAt(3, 'um'), textAt(4, 'um')],
        4,
      )
      expect(found({ words: ['um'], author: 'ana' })).toEqual([4, 3, 2])
      expect(found({ words: ['um'], group: 'c:geral' })).toEqual([4, 3, 1])
      expect(found({ words: ['um'], beforeMs: 4_000 })).toEqual([3, 2, 1])
      expect(found({ author: 'bia' })).toEqual([1])
    })

    it('forgets what is taken away or changed', () => {
      index.write([textAt(1, 'segredo'), textAt(2, 'velho')], 2)
      index.write([textAt(1, null), textAt(2, 'novo'), textAt(9, null)], 4)
      expect([found({ words: ['segredo'] }), found({ words: ['velho'] }), found({ words: ['novo'] })]).toEqual([
        [],
        [],
        [2],
      ])
      expect(index.upTo).toBe(4)
    })

    it.each(['"', '*', 'a"b', 'AND', 'NEAR', 'text:', '-x', "'; DROP", '(', ')', '^'])(
      'does not choke on %s',
      (word) => {
        index.write([textAt(1, `antes ${word} depois`)], 1)
        expect(() => found({ words: [word] })).not.toThrow()
        expect(found({ words: ['depois'] })).toEqual([1])
      },
    )

    it('refuses on a full disk, and has changed nothing', () => {
      index.write([textAt(1, 'um')], 1)
      home.setFull(true)
      expect(failureOf(() => index.write([textAt(2, 'dois')], 2))).toBe('disk-full')
      home.setFull(false)
      expect([index.upTo, found({})]).toEqual([1, [1]])
    })
  })
}
