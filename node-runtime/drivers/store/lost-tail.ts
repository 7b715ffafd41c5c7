import type { Life } from './life.ts'
import type { MarkState } from './mark.ts'

/** What an examination saw of a store. */
export interface Found {
  /** null: it is of before stores had marks. */
  readonly life: Life | null
  /** Whether the log had anything to say. */
  readonly hasLog: boolean
  /** The number in the main file when its log is left out. null: not looked at. */
  readonly folded: number | null
}

/** Holds a store against its mark. The answer is what is missing, or null. A store that is ahead of its mark is whole. */
export function lostTail(found: Found | null, mark: MarkState | null): string | null {
  const life = found?.life ?? null
  // A mark is durable before its store is, so a store has none only if somebody took it away or left it behind.
  if (mark === null)
    return life === null || life.number === 0 ? null : 'its mark is gone: nothing tells what it has lost'
  if (mark.number === 0) return null // the process ended while this store was being born
  if (found === null || life === null) return `its mark counts ${mark.number} durable transactions, and none is there`
  if (life.id !== mark.id) return 'its mark is that of another store'
  if (life.number < mark.number) {
    const missing = mark.number - life.number
    return `of its ${mark.number} durable transactions the last ${missing === 1 ? 'one is' : `${missing} are`} missing`
  }
  if (found.folded !== null && found.folded < mark.folded) {
    return `its main file is an old one: it ends at transaction ${found.folded}, and ${mark.folded} were folded in`
  }
  if (mark.isFolding && !found.hasLog) return 'its write-ahead log is gone, and it was being folded in'
  return null
}
