import { Button, NativeSelect } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import type { NodeCard } from '#contract/window/topology'
import type { TableInfo } from '#contract/worker/view'
import { useWords } from '../../../i18n/use-words.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import styles from './data-tab.module.css'
import panel from './node-panel.module.css'
import { Rows } from './rows.tsx'

/** A node's tables, read-only, answered by the node itself. */
export function DataTab({ node }: { readonly node: NodeCard }) {
  const { t } = useWords()
  const isRunning = node.state.kind === 'running'
  if (!isRunning) return <Empty text={t('panel.dataDown')} />
  return (
    <>
      <p className={panel.note}>{t('panel.dataNote')}</p>
      <Tables node={node} />
    </>
  )
}

function Tables({ node }: { readonly node: NodeCard }) {
  const { t } = useWords()
  const [name, setName] = useState<string | null>(null)
  const { answer, again, turn } = useAnswer('nodes.tables', { nodeId: node.id })
  if (answer === null) return <Busy />
  if (!answer.ok) return <Refusal code={answer.failure.code} onRetry={again} />
  const tables = answer.value
  const table = tables.find((candidate) => candidate.name === name) ?? tables[0]
  if (!table) return <Empty text={t('panel.noTables')} />
  return (
    <>
      <div className={styles.choice}>
        <NativeSelect
          aria-label={t('panel.tables')}
          size="xs"
          value={table.name}
          data={tables.map((candidate) => ({ value: candidate.name, label: tableLabel(candidate, t) }))}
          data-testid="table-select"
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
        <Button size="xs" variant="default" leftSection={<IconRefresh size={15} aria-hidden="true" />} onClick={again}>
          {t('panel.reload')}
        </Button>
      </div>
      <Rows key={`${table.name}/${turn}`} nodeId={node.id} table={table} />
    </>
  )
}

function tableLabel({ name, rows }: TableInfo, t: ReturnType<typeof useWords>['t']): string {
  return `${name} (${t('panel.tableRows', { count: rows })})`
}
