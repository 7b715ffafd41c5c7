import { Button } from '@mantine/core'
import { useCallback, useState } from 'react'
import type { RecordView } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import { VirtualList } from '../../../ui/virtual-list.tsx'
import { useDeskRevision } from '../use-status.ts'
import styles from './documents-part.module.css'
import { recordAt } from './record-pages.ts'
import { RecordRow, recordRowPx } from './record-row.tsx'
import { useRecordPages } from './use-record-pages.ts'

/** A browser draws no page that is higher than some thirty million pixels; the list goes on at another place then. */
const rowsMax = 500_000
/** Scrolled further than this, the list stands still and says that there is something newer. */
const followsWithinRows = 3

interface BrowseListProps {
  readonly size: number
  /** The topmost record; null: always the newest. */
  readonly start: number | null
  readonly chosen: RecordView | null
  onChoose(record: RecordView): void
  /** Begin the list elsewhere; null: at the newest. */
  onBegin(index: number | null): void
}

export function BrowseList({ size, start, chosen, onChoose, onBegin }: BrowseListProps) {
  const { t, format } = useWords()
  const revision = useDeskRevision()
  const { pages, refusal, from, show, again } = useRecordPages(revision)
  const [held, setHeld] = useState<number | null>(start === null ? null : start + 1)
  const top = Math.min(held ?? size, size)
  const count = Math.min(top, rowsMax)
  const newer = size - top
  const onSight = useCallback(
    (first: number, last: number) => {
      if (start === null)
        setHeld((before) => (first > followsWithinRows ? (before ?? size) : before === size ? null : before))
      show({ from: Math.max(0, top - 1 - last), to: top - 1 - first })
    },
    [show, size, start, top],
  )
  return (
    <>
      <p className={styles.line} role="status">
        {from === null
          ? ''
          : `${t('notary.documents.answeredBy', { node: from.node })} · ${t('notary.documents.lag', { count: from.lag })}`}
        {newer === 0 ? null : (
          <Button size="compact-xs" variant="default" data-testid="newer" onClick={() => onBegin(null)}>
            {t('notary.documents.newer', { count: newer })}
          </Button>
        )}
      </p>
      {refusal === null ? null : <Refusal code={refusal.code} onRetry={again} />}
      <VirtualList
        label={t('notary.documents.list')}
        testId="record-list"
        count={count}
        countOfAll={top}
        rowPx={recordRowPx}
        keyOf={(row) => top - 1 - row}
        onSight={onSight}
        row={(row) => {
          const index = top - 1 - row
          const record = recordAt(pages, index)
          return <RecordRow index={index} record={record} isChosen={chosen?.index === index} onChoose={onChoose} />
        }}
      />
      {count < top ? (
        <p className={styles.line}>{t('notary.documents.older', { index: format.number(top - count) })}</p>
      ) : null}
    </>
  )
}
