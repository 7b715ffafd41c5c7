/**
 * A list may be higher than a browser draws (17 million pixels in some, 33 in others). It is then scrolled in a field of
 * this height, which stands for all of it: a jump in the field is a jump in the list at scale, and whoever scrolls row
 * by row moves row by row.
 */
export const fieldPxMax = 8_000_000

/**
 * Within a part a pixel of the field is a pixel of the list. All parts are equally high, at least this much, which is
 * more than any window: a step crosses one seam at most, and the end of a part is never outside the field.
 */
const partPxMin = 80_000

export interface Tall {
  readonly listPx: number
  readonly viewPx: number
}

/** `topPx`: what of the list is at the upper edge; the field is scrolled to `topPx - shiftPx`. */
export interface Place {
  readonly topPx: number
  readonly shiftPx: number
}

export const fieldOf = ({ listPx }: Tall): number => Math.min(listPx, fieldPxMax)

export function placeAt(tall: Tall, topPx: number): Place {
  const top = Math.min(Math.max(0, Math.round(topPx)), lastTopOf(tall))
  return { topPx: top, shiftPx: shiftOf(tall, top) }
}

/** Where one is after the field has been scrolled to `fieldTopPx`, by whatever means. */
export function placeAfter(tall: Tall, before: Place, fieldTopPx: number): Place {
  const moved = fieldTopPx - (before.topPx - before.shiftPx)
  const lastFieldTop = fieldOf(tall) - tall.viewPx
  // Whoever is at an end of the field is at that end of the list, however small the last step was.
  if (fieldTopPx <= 0) return placeAt(tall, 0)
  if (fieldTopPx >= lastFieldTop - 1) return placeAt(tall, lastTopOf(tall))
  if (Math.abs(moved) <= tall.viewPx) return placeAt(tall, before.topPx + moved)
  const shiftPx = shiftOf(tall, (fieldTopPx / lastFieldTop) * lastTopOf(tall))
  return { topPx: Math.round(fieldTopPx) + shiftPx, shiftPx }
}

const lastTopOf = ({ listPx, viewPx }: Tall): number => Math.max(0, listPx - viewPx)

/** How much of the list before this part has no pixel of its own in the field. */
function shiftOf(tall: Tall, topPx: number): number {
  const left = tall.listPx - fieldOf(tall)
  if (left === 0) return 0
  const lastTop = lastTopOf(tall)
  const parts = Math.floor(lastTop / partPxMin)
  const part = Math.min(parts - 1, Math.floor((topPx / lastTop) * parts))
  return Math.round((part * left) / (parts - 1))
}
