/** More than these are no choice but a list to read. */
const offeredMax = 6

/** The `@word` that the caret stands in or behind; null: it stands in none. */
export function beginsAt(text: string, caret: number): { readonly at: number; readonly word: string } | null {
  const found = /(^|[^\p{L}\p{N}_])@([\p{L}\p{N}_.-]*)$/u.exec(text.slice(0, caret))
  if (!found) return null
  const word = found[2] ?? ''
  return { at: caret - word.length - 1, word }
}

/**
 * Names that begin with the word, then those of which a part does. Where a name stands whole nothing is offered: Enter
 * sends then, and puts in nobody else.
 */
export function matchingNames(word: string, names: readonly string[]): readonly string[] {
  if (names.includes(word)) return []
  const wanted = word.toLowerCase()
  const fitting = names
    .map((name) => ({ name, at: partOf(name.toLowerCase(), wanted) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => Number(one.at > 0) - Number(other.at > 0) || (one.name < other.name ? -1 : 1))
  return fitting.slice(0, offeredMax).map(({ name }) => name)
}

/** Where a part of the name begins with it; -1: none does. */
function partOf(name: string, wanted: string): number {
  if (name.startsWith(wanted)) return 0
  const part = [...name.matchAll(/[_.-]/g)].find(({ index }) => name.startsWith(wanted, index + 1))
  return part === undefined ? -1 : part.index + 1
}
