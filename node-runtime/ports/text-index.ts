/**
 * Words of texts, beside what a node keeps and made from it: whoever loses it makes it anew. Texts lie at places, later ones
 * further on. Synchronous. What cannot be written throws StoreFailure, and has changed nothing.
 */
export interface TextIndex {
  /** All up to this place is in it; 0 in a new one. */
  readonly upTo: number
  /** In one transaction. Another text at a place takes that of the one before; null takes it away for good. */
  write(texts: readonly IndexedText[], upTo: number): void
  /** From the furthest place back. */
  find(order: TextOrder): readonly TextHit[]
}

export interface IndexedText {
  readonly place: number
  readonly id: string
  readonly group: string
  readonly author: string
  readonly atMs: number
  readonly text: string | null
}

/** What is null does not bound. */
export interface TextOrder {
  /** All of them, each as the beginning of a word, whatever its case and its accents. Without any: every text. */
  readonly words: readonly string[]
  readonly author: string | null
  readonly group: string | null
  readonly beforeMs: number | null
  /** Strictly. */
  readonly beforePlace: number | null
  readonly limit: number
}

export interface TextHit {
  readonly place: number
  readonly id: string
}

export const textIndexLimits = {
  wordsMax: 16,
  wordCharsMax: 64,
  hitsMax: 1_000,
  /** So that no transaction lasts. */
  textsPerWriteMax: 500,
} as const

/** The words of a search, or of a text: what is neither letter nor number is between them. */
export function wordsOf(text: string): readonly string[] {
  const words = text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  return words.slice(0, textIndexLimits.wordsMax).map((word) => word.slice(0, textIndexLimits.wordCharsMax))
}

/** As words are compared: neither case nor accents count. */
export function plainWord(word: string): string {
  return word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
