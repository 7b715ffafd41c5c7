import { StoreFailure } from '#ports/store'
import { type IndexedText, plainWord, type TextHit, type TextIndex, type TextOrder, wordsOf } from '#ports/text-index'

/** Looks at each text there is. It outlives what runs on a virtual disk. */
export class VirtualTextIndex implements TextIndex {
  readonly #isFull: () => boolean
  readonly #texts = new Map<number, IndexedText>()
  #upTo = 0

  constructor(isFull: () => boolean = () => false) {
    this.#isFull = isFull
  }

  get upTo(): number {
    return this.#upTo
  }

  write(texts: readonly IndexedText[], upTo: number): void {
    if (this.#isFull()) throw new StoreFailure('disk-full', 'the virtual disk is full')
    for (const text of texts) {
      if (text.text === null) this.#texts.delete(text.place)
      else this.#texts.set(text.place, text)
    }
    this.#upTo = upTo
  }

  find(order: TextOrder): readonly TextHit[] {
    const wanted = order.words.flatMap(wordsOf).map(plainWord)
    return [...this.#texts.values()]
      .filter((text) => isWithin(text, order) && hasAll(text, wanted))
      .toSorted((one, other) => other.place - one.place)
      .slice(0, order.limit)
      .map(({ place, id }) => ({ place, id }))
  }
}

function isWithin({ place, author, group, atMs }: IndexedText, order: TextOrder): boolean {
  const isBefore = order.beforePlace === null || place < order.beforePlace
  const isEarlier = order.beforeMs === null || atMs < order.beforeMs
  return isBefore && isEarlier && (order.author ?? author) === author && (order.group ?? group) === group
}

function hasAll({ text }: IndexedText, wanted: readonly string[]): boolean {
  const words = (text?.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map(plainWord)
  return wanted.every((begin) => words.some((word) => word.startsWith(begin)))
}
