import { Button } from '@mantine/core'
import { useCallback } from 'react'
import type { RecordView } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { rowsKeptMax } from '../../../stores/notary/rows.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { VirtualList } from '../../../ui/virtual-list.tsx'
import { useRows } from '../use-rows.ts'
import styles from './documents-part.module.css'
import { RecordRow, recordRowPx } from './record-row.tsx'

const rowsPerPage = 100

interface FoundListProps {
  readonly search: string
  readonly chosen: RecordView | null
  onChoose(record: RecordView): void
}

/** What a search finds, newest first. It stands still: what is registered later is found by searching again. */
export function FoundList({ search, chosen, onChoose }: FoundListProps) {
  const { t, format } = useWords()
  const { ask } = useActions()
  const load = useCallback(
    async (before: number | null) => {
      const result = await ask('notary.records', { search, before, limit: rowsPerPage })
      return result.ok ? { ok: true as const, value: { rows: result.value.records, next: result.value.next } } : result
    },
    [ask, search],
  )
  const { list, refusal, isPausing, onSight, goOn } = useRows<RecordView>({
    key: search,
    beat: 0,
    numberOf: ({ index }) => index,
    load,
  })
  const { rows, next, isKnown } = list
  if (!isKnown || (rows.length === 0 && next !== null && !isPausing && refusal === null))
    return refusal === null ? <Busy /> : <Refusal code={refusal.code} onRetry={goOn} />
  const isFull = rows.length >= rowsKeptMax
  return (
    <>
      <p className={styles.line} role="status" data-testid="found" data-count={rows.length} data-done={next === null}>
        {t(next === null ? 'notary.documents.found' : 'notary.documents.foundSoFar', { count: rows.length })}
        {isPausing && !isFull ? (
          <Button size="compact-xs" variant="default" onClick={goOn}>
            {t('notary.documents.further')}
          </Button>
        ) : null}
      </p>
      {isFull ? (
        <p className={styles.line}>{t('notary.documents.tooMany', { count: format.number(rowsKeptMax) })}</p>
      ) : null}
      {refusal === null ? null : <Refusal code={refusal.code} onRetry={goOn} />}
      {rows.length === 0 ? (
        <Empty title={t('notary.documents.noneTitle', { search })} text={t('notary.documents.noneText')} />
      ) : (
        <VirtualList
          label={t('notary.documents.list')}
          testId="record-list"
          count={rows.length}
          rowPx={recordRowPx}
          keyOf={(row) => rows[row]?.index ?? row}
          onSight={onSight}
          row={(row) => {
            const record = rows[row]
            if (record === undefined) return null
            const isChosen = chosen?.index === record.index
            return <RecordRow index={record.index} record={record} isChosen={isChosen} onChoose={onChoose} />
          }}
        />
      )}
    </>
  )
}
