import { type ReactNode, useEffect, useRef } from 'react'
import { useTallScroll } from './use-tall-scroll.ts'
import styles from './virtual-list.module.css'

interface VirtualListProps {
  readonly label: string
  readonly count: number
  readonly rowPx: number
  readonly testId?: string
  /** What is at the upper edge to begin with. */
  readonly startRow?: number
  keyOf(index: number): string | number
  row(index: number): ReactNode
  /** The rows in sight have become others. */
  onSight?(first: number, last: number): void
}

/** Drawn above and below what is in sight, so that the next row is there when it is scrolled to. */
const rowsAround = 6

/** Only the rows in sight are in the page, however many there are. Each row is as high as every other. */
export function VirtualList(props: VirtualListProps) {
  const { label, count, rowPx, testId, startRow = 0, keyOf, row, onSight } = props
  const field = useRef<HTMLDivElement>(null)
  const { place, fieldPx, onScroll, onKeyDown, ...sight } = useTallScroll(field, { rows: count, rowPx, startRow })
  const first = Math.max(0, sight.first - rowsAround)
  const last = Math.min(count - 1, sight.last + rowsAround)
  useEffect(() => onSight?.(first, last), [onSight, first, last])
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
  return (
    <section
      ref={field}
      className={styles.scroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label={label}
      data-testid={testId}
      data-first={sight.first}
      data-last={sight.last}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <ul className={styles.space} style={{ height: fieldPx }}>
        {rows.map((index) => (
          <li
            key={keyOf(index)}
            className={styles.row}
            style={{ height: rowPx, transform: `translateY(${index * rowPx - place.shiftPx}px)` }}
            aria-setsize={count}
            aria-posinset={index + 1}
          >
            {row(index)}
          </li>
        ))}
      </ul>
    </section>
  )
}
