import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useImperativeHandle, useRef } from 'react'
import styles from './virtual-list.module.css'

export interface VirtualLogHandle {
  toEnd(): void
}

export interface LogInSight {
  /** The first and the last row in sight. */
  readonly first: number
  readonly last: number
  readonly isAtEnd: boolean
  readonly isGoingBack: boolean
}

/** Where the list is to stand. Another turn is another wish, even for the same place. */
export interface LogWish {
  readonly turn: number
  readonly at: number | 'end'
}

interface VirtualLogProps {
  readonly label: string
  readonly count: number
  readonly testId?: string
  readonly className?: string | undefined
  readonly handle?: React.Ref<VirtualLogHandle>
  /** Without one it opens at its end. */
  readonly wish?: LogWish
  keyOf(index: number): string | number
  row(index: number): ReactNode
  onSight?(sight: LogInSight): void
}

/** Until it has been measured. */
const rowPxGuess = 56
/** Nearer than this to the end counts as being there. */
const endPx = 24

const toTheEnd: LogWish = { turn: 0, at: 'end' }

/**
 * A list that is read from its end, with rows of any height: it opens at the newest or where it is wished to, stays at
 * the end while it is there, and keeps what one reads in its place when older rows are put before it. Only the rows in sight are in the page.
 */
export function VirtualLog(props: VirtualLogProps) {
  const { label, count, testId, className, handle, wish = toTheEnd, keyOf, row, onSight } = props
  const scroll = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowPxGuess,
    getItemKey: keyOf,
    overscan: 8,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: endPx,
  })
  useImperativeHandle(handle, () => ({ toEnd: () => virtual.scrollToIndex(count - 1, { align: 'end' }) }))
  const items = virtual.getVirtualItems()
  const first = virtual.range?.startIndex ?? 0
  const last = virtual.range?.endIndex ?? 0
  const isAtEnd = virtual.isAtEnd(endPx)
  const hasRows = count > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn is what moves the list.
  useEffect(() => {
    if (!hasRows) return
    if (wish.at === 'end') virtual.scrollToIndex(Number.MAX_SAFE_INTEGER, { align: 'end' })
    else virtual.scrollToIndex(wish.at, { align: 'center' })
  }, [hasRows, virtual, wish.turn])
  // On its way to the end, at the opening, it passes rows that nobody is looking at; a reader who goes back sees them.
  const isGoingBack = virtual.scrollDirection === 'backward'
  useEffect(() => onSight?.({ first, last, isAtEnd, isGoingBack }), [onSight, first, last, isAtEnd, isGoingBack])
  return (
    <div
      ref={scroll}
      className={`${styles.scroll} ${className ?? ''}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard.
      tabIndex={0}
      role="log"
      aria-label={label}
      data-testid={testId}
      data-at-end={isAtEnd}
    >
      <ul className={styles.space} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ key, index, start }) => (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            className={styles.row}
            style={{ transform: `translateY(${start}px)` }}
            aria-setsize={count}
            aria-posinset={index + 1}
          >
            {row(index)}
          </li>
        ))}
      </ul>
    </div>
  )
}
