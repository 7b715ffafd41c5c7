import { Button } from '@mantine/core'
import { useState } from 'react'
import type { TableInfo, TablePage } from '#contract/worker/view'
import type { NodeId } from '#kit/ids'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { Table } from '../../../ui/table.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import styles from './data-tab.module.css'

const rowsPerPage = 50

interface RowsProps {
  readonly nodeId: NodeId
  readonly table: TableInfo
}

/** The rows of one table, a page at a time. */
export function Rows({ nodeId, table }: RowsProps) {
  const { t } = useWords()
  const { call } = useActions()
  const input = { nodeId, table: table.name, limit: rowsPerPage }
  const { answer, again } = useAnswer('nodes.rows', { ...input, cursor: null })
  const [more, setMore] = useState<readonly TablePage[]>([])
  const [isBusy, setBusy] = useState(false)
  if (answer === null) return <Busy />
  if (!answer.ok) return <Refusal code={answer.failure.code} onRetry={again} />
  const pages = [answer.value, ...more]
  const rows = pages.flatMap((page) => page.rows)
  const cursor = pages.at(-1)?.nextCursor ?? null
  if (rows.length === 0) return <Empty text={t('panel.noRows')} />
  return (
    <>
      <Table
        caption={table.name}
        isCaptionHidden
        testId="node-data"
        columns={table.columns.map(({ name }) => ({ key: name, title: name }))}
        rows={rows.map((row, index) => ({
          key: String(index),
          cells: row.map((cell, at) => (
            <Cell key={table.columns[at]?.name} cell={cell} isRedacted={table.columns[at]?.isRedacted ?? false} />
          )),
        }))}
      />
      {cursor === null ? null : (
        <Button
          className={styles.more}
          size="xs"
          variant="default"
          loading={isBusy}
          data-testid="more-rows"
          onClick={() => {
            setBusy(true)
            void call('nodes.rows', { ...input, cursor })
              .then((result) => {
                if (result.ok) setMore((before) => [...before, result.value])
              })
              .finally(() => setBusy(false))
          }}
        >
          {t('common.more')}
        </Button>
      )}
    </>
  )
}

interface CellProps {
  readonly cell: string | number | null
  readonly isRedacted: boolean
}

function Cell({ cell, isRedacted }: CellProps) {
  const { t } = useWords()
  if (cell === null) return <span className={styles.none}>{t('common.none')}</span>
  if (isRedacted) return <span className={styles.none}>{t('panel.redacted')}</span>
  return <code>{cell}</code>
}
