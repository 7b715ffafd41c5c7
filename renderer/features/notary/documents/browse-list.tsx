import { Button } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import type { RecordView } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import { VirtualList } from '../../../ui/virtual-list.tsx'
import { useDeskRevision } from '../use-status.ts'
import styles from './documents-part.module.css'
import { recordAt } from './record-pages.ts'
import { RecordRow, recordRowPx } from './record-row.tsx'
import { useRecordPages } from './use-record-pages.ts'

/** Scrolled further than this, the list stands still and says that there is something newer. */
const followsWithinRows = 3

interface BrowseListProps {
  readonly size: number
  /** The record to begin at; null: the newest. */
  readonly start: number | null
  readonly chosen: RecordView | null
  onChoose(record: RecordView): void
  /** Begin anew at the newest. */
  onNewest(): void
}

/** All records, the newest on top. It may be asked to begin elsewhere once; what is above is still there. */
export function BrowseList({ size, start, chosen, onChoose, onNewest }: BrowseListProps) {
  const { t } = useWords()
  const revision = useDeskRevision()
  const { pages, refusal, from, show, again } = useRecordPages(revision)
  const [held, setHeld] = useState<number | null>(start === null ? null : size)
  const top = Math.min(held ?? size, size)
  const newer = size - top
  const onSight = useCallback(
    (first: number, last: number) => {
      setHeld((before) => (first > followsWithinRows ? (before ?? size) : before === size ? null : before))
      show({ from: Math.max(0, top - 1 - last), to: top - 1 - first })
    },
    [show, size, top],
  )
  useWanted({ wanted: start === null ? null : recordAt(pages, start), onChoose })
  return (
    <>
      <p className={styles.line} role="status">
        {from === null
          ? ''
          : `${t('notary.documents.answeredBy', { node: from.node })} · ${from.lag === null ? t('notary.documents.lagUnknown') : t('notary.documents.lag', { count: from.lag })}`}
        {newer === 0 ? null : (
          <Button size="compact-xs" variant="default" data-testid="newer" onClick={onNewest}>
            {t('notary.documents.newer', { count: newer })}
          </Button>
        )}
      </p>
      {refusal === null ? null : <Refusal code={refusal.code} onRetry={again} />}
      <VirtualList
        label={t('notary.documents.list')}
        testId="record-list"
        count={top}
        rowPx={recordRowPx}
        startRow={start === null ? 0 : top - 1 - start}
        keyOf={(row) => top - 1 - row}
        onSight={onSight}
        row={(row) => {
          const index = top - 1 - row
          const record = recordAt(pages, index)
          return (
            <RecordRow
              index={index}
              record={record}
              isChosen={chosen?.index === index}
              isHalted={refusal !== null}
              onChoose={onChoose}
            />
          )
        }}
      />
    </>
  )
}

interface Wanted {
  readonly wanted: RecordView | null
  onChoose(record: RecordView): void
}

/** Whoever asked for a record by its number sees all of it as soon as it is here. */
function useWanted({ wanted, onChoose }: Wanted): void {
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    if (isShown || wanted === null) return
    setShown(true)
    onChoose(wanted)
  }, [isShown, wanted, onChoose])
}
