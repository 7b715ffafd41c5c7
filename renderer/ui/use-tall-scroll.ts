import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { fieldOf, type Place, placeAfter, placeAt, type Tall } from './tall-scroll.ts'

export interface TallList {
  readonly rows: number
  readonly rowPx: number
  /** What is at the upper edge to begin with. */
  readonly startRow: number
}

export interface TallScroll {
  readonly place: Place
  readonly fieldPx: number
  /** In sight, both counted, also in part. */
  readonly first: number
  readonly last: number
  onScroll(): void
  onKeyDown(event: KeyboardEvent): void
}

/** A row of what was before stays in sight when one leafs. */
const leafRows = 1

/** Keeps a field and the list that it stands for at the same place. */
export function useTallScroll(field: RefObject<HTMLElement | null>, { rows, rowPx, startRow }: TallList): TallScroll {
  const [viewPx, setViewPx] = useState(0)
  const tall: Tall = { listPx: rows * rowPx, viewPx }
  const [kept, setPlace] = useState(() => placeAt(tall, startRow * rowPx))
  const place = kept.topPx === 0 ? kept : fitting(tall, kept)
  const current = useRef(place)
  current.current = place

  useLayoutEffect(() => {
    const element = field.current
    if (element === null) return
    setViewPx(element.clientHeight)
    const observer = new ResizeObserver(() => setViewPx(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [field])

  // Where a part of the list ends, the field is moved under it, so that what is drawn stays where it was.
  useLayoutEffect(() => {
    const element = field.current
    const fieldTop = place.topPx - place.shiftPx
    if (element !== null && Math.abs(element.scrollTop - fieldTop) > 1) element.scrollTop = fieldTop
  }, [field, place])

  const move = (topPx: number): void => setPlace(placeAt(tall, topPx))
  const onKeyDown = (event: KeyboardEvent): void => {
    const leafPx = Math.max(rowPx, viewPx - leafRows * rowPx)
    const tops: Readonly<Record<string, number>> = {
      Home: 0,
      End: tall.listPx,
      PageDown: place.topPx + leafPx,
      PageUp: place.topPx - leafPx,
    }
    const top = tops[event.key]
    // In a field of text these keys move its cursor.
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
    if (top === undefined || isTyping || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    // The row that had the focus is about to leave the page, and would take the keys with it.
    field.current?.focus({ preventScroll: true })
    move(top)
  }
  return {
    place,
    fieldPx: fieldOf(tall),
    first: Math.max(0, Math.floor(place.topPx / rowPx)),
    last: Math.min(rows, Math.ceil((place.topPx + viewPx) / rowPx)) - 1,
    onScroll: () => {
      const element = field.current
      if (element === null) return
      const next = placeAfter(tall, current.current, element.scrollTop)
      if (next.topPx !== current.current.topPx || next.shiftPx !== current.current.shiftPx) setPlace(next)
    },
    onKeyDown,
  }
}

/** A list may have become shorter: the place that one was at, if it still is one. */
function fitting(tall: Tall, kept: Place): Place {
  const fieldTop = kept.topPx - kept.shiftPx
  const isPlace = fieldTop >= 0 && fieldTop + tall.viewPx <= fieldOf(tall) && kept.topPx + tall.viewPx <= tall.listPx
  return isPlace ? kept : placeAt(tall, kept.topPx)
}
