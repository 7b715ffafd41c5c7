import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import styles from './virtual-list.module.css'

interface VirtualListProps {
  readonly label: string
  readonly count: number
  readonly rowPx: number
  readonly testId?: string
  /** What the whole list has, when rows beyond `count` are known to be there. */
  readonly countOfAll?: number
  keyOf(index: number): string | number
  row(index: number): ReactNode
  /** The rows in sight have become others. */
  onSight?(first: number, last: number): void
}

/** Only the rows in sight are in the page, however many there are. Each row is as high as every other. */
export function VirtualList(props: VirtualListProps) {
  const { label, count, rowPx, testId, countOfAll = count, keyOf, row, onSight } = props
  const scroll = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowPx,
    getItemKey: keyOf,
    overscan: 6,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => onSight?.(first, last), [onSight, first, last])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard.
    <section ref={scroll} className={styles.scroll} tabIndex={0} aria-label={label} data-testid={testId}>
      <ul className={styles.space} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ key, index, start }) => (
          <li
            key={key}
            className={styles.row}
            style={{ height: rowPx, transform: `translateY(${start}px)` }}
            aria-setsize={countOfAll}
            aria-posinset={index + 1}
          >
            {row(index)}
          </li>
        ))}
      </ul>
    </section>
  )
}
