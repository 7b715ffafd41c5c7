/** What was typed into the search, taken apart: the desk finds by the same words, the window shows what it understood. */
export interface SearchWords {
  readonly words: readonly string[]
  readonly filters: readonly SearchFilter[]
}

export interface SearchFilter {
  readonly kind: 'from' | 'in' | 'before'
  readonly value: string
  /** A day that there is, for `before:`; something at all for the others. */
  readonly isGood: boolean
}

/** `from:"ana maria"` has a blank in it; a word in quotes without a filter is a word. */
const pieces = /(from|in|before):(?=\s|$)|(?:(from|in|before):)?(?:"([^"]*)"?|(\S+))/giu

export function readSearch(text: string): SearchWords {
  const words: string[] = []
  const filters: SearchFilter[] = []
  for (const [, alone, kind, quoted, bare] of text.matchAll(pieces)) {
    const filter = filterOf(kind ?? alone)
    const value = (quoted ?? bare ?? '').trim()
    if (filter !== null) filters.push({ kind: filter, value, isGood: isGood(filter, value) })
    else if (value !== '') words.push(value)
  }
  return { words, filters }
}

/** Where the day that `before:` names begins where this window is; null: no day is named. The last one counts. */
export function searchDay(text: string): number | null {
  const { filters } = readSearch(text)
  const day = filters.findLast(({ kind, isGood }) => kind === 'before' && isGood)?.value
  if (day === undefined) return null
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return new Date(year, month - 1, date).getTime()
}

function filterOf(word: string | undefined): SearchFilter['kind'] | null {
  const name = word?.toLowerCase()
  return name === 'from' || name === 'in' || name === 'before' ? name : null
}

function isGood(kind: SearchFilter['kind'], value: string): boolean {
  if (kind !== 'before') return value.replace(/^[#@]/, '') !== ''
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const day = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)
}

export interface FoundPiece {
  readonly text: string
  readonly isFound: boolean
}

/** The found words stand out, whatever their accents and capitals: the index folds both. */
export function foundPieces(text: string, words: readonly string[]): readonly FoundPiece[] {
  const wanted = words.map(folded).filter((word) => word !== '')
  const pieces: FoundPiece[] = []
  for (const [piece] of text.matchAll(/[\p{L}\p{N}\p{M}_]+|[^\p{L}\p{N}\p{M}_]+/gu)) {
    const isFound = wanted.some((word) => folded(piece).startsWith(word))
    const last = pieces.at(-1)
    if (last && !last.isFound && !isFound) pieces[pieces.length - 1] = { text: last.text + piece, isFound }
    else pieces.push({ text: piece, isFound })
  }
  return pieces
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/\*$/, '')
}
