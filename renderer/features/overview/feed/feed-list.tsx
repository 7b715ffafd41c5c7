import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import type { RecordedEvent } from '#contract/window/recording'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './feed.module.css'
import { FeedItem } from './feed-item.tsx'

interface FeedListProps {
  readonly events: readonly RecordedEvent[]
  readonly isFollowing: boolean
  /** What stands above the oldest row. */
  readonly before: ReactNode
}

/** Nearer to the end than this, the list is taken to be read at its end and follows what is new. */
const nearEndPx = 60

/** Only the rows in sight are in the page, however many events are kept. */
export function FeedList({ events, isFollowing, before }: FeedListProps) {
  const { t } = useWords()
  const scroll = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const virtual = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 50,
    getItemKey: (index) => events[index]?.position ?? index,
    overscan: 8,
  })
  const newest = events.at(-1)?.position
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new newest event is what moves the list.
  useEffect(() => {
    if (isFollowing && isAtEnd.current && events.length > 0) virtual.scrollToIndex(events.length - 1, { align: 'end' })
  }, [newest, isFollowing, virtual])
  return (
    <div
      ref={scroll}
      className={styles.scroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard.
      tabIndex={0}
      role="log"
      aria-live="off"
      aria-label={t('feed.title')}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight > scrollHeight - nearEndPx
      }}
    >
      {before}
      <div className={styles.space} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const event = events[index]
          return event === undefined ? null : (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className={styles.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              <FeedItem event={event} />
            </div>
          )
        })}
      </div>
    </div>
  )
}
