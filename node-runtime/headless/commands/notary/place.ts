import { wholeNumber } from '../../command.ts'

/** A place in the chain, as somebody typed it. */
export function placeIn(text: unknown): number | null {
  return wholeNumber(text, { min: 0, max: 999_999_999_999 })
}
