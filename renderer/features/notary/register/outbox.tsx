import { Button, NativeSelect } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import type { OutboxCounts, OutboxItem, OutboxState } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions, useTopology, useTray, useTrayActions } from '../../../stores/context.tsx'
import { deskOf } from '../../../stores/notary/desk.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { VirtualList } from '../../../ui/virtual-list.tsx'
import { useRows } from '../use-rows.ts'
import { useDeskRevision, useNotaryStatus } from '../use-status.ts'
import { OutboxRow } from './outbox-row.tsx'
import styles from './register-part.module.css'

const states = [
  'waiting',
  'sent',
  'in-log',
  'co-signed',
  'already',
  'refused',
] as const satisfies readonly OutboxState[]
const rowPx = 78
const rowsPerPage = 100

/** The way of each document, from this disk to a receipt. */
export function Outbox() {
  const { t, format } = useWords()
  const { call } = useActions()
  const counts = useTopology(({ snapshot }) => deskOf(snapshot)?.outbox ?? null)
  const [filter, setFilter] = useState<OutboxState | null>(null)
  const finished = counts === null ? 0 : counts['co-signed'] + counts.already + counts.refused
  return (
    <section className={styles.outbox} aria-label={t('notary.register.outbox')} data-testid="outbox">
      <div className={styles.heading}>
        <h2>{t('notary.register.outbox')}</h2>
        <div className={styles.controls}>
          <NativeSelect
            size="xs"
            aria-label={t('notary.register.filter')}
            data-testid="outbox-filter"
            value={filter ?? ''}
            data={[
              { value: '', label: `${t('notary.register.all')} (${format.number(sumOf(counts))})` },
              ...states.map((state) => ({
                value: state,
                label: `${t(`notary.register.states.${state}`)} (${format.number(counts?.[state] ?? 0)})`,
              })),
            ]}
            onChange={({ currentTarget: { value } }) => setFilter(states.find((state) => state === value) ?? null)}
          />
          <Button
            size="compact-sm"
            variant="default"
            disabled={finished === 0}
            data-testid="clear-outbox"
            onClick={() => void call('notary.clearOutbox', { what: 'finished' })}
          >
            {t('notary.register.clear')}
          </Button>
        </div>
      </div>
      <OutboxList filter={filter} />
    </section>
  )
}

function OutboxList({ filter }: { readonly filter: OutboxState | null }) {
  const { t } = useWords()
  const { ask } = useActions()
  const beat = useDeskRevision()
  const { answer: status } = useNotaryStatus()
  const peers = status?.ok ? status.value.peers.length : 0
  const load = useCallback(
    async (before: number | null) => {
      const result = await ask('notary.outbox', { before, limit: rowsPerPage, state: filter })
      return result.ok ? { ok: true as const, value: { rows: result.value.items, next: result.value.next } } : result
    },
    [ask, filter],
  )
  const { list, refusal, onSight, goOn } = useRows<OutboxItem>({
    key: filter ?? 'all',
    beat,
    numberOf: ({ position }) => position,
    load,
  })
  useLastRegistrant(list.rows[0]?.order.registrant)
  if (!list.isKnown) return refusal === null ? <Busy /> : <Refusal code={refusal.code} onRetry={goOn} />
  if (list.rows.length === 0) {
    const isAll = filter === null
    return (
      <Empty
        title={t(isAll ? 'notary.register.outboxEmptyTitle' : 'notary.register.outboxNoneTitle')}
        text={t(isAll ? 'notary.register.outboxEmptyText' : 'notary.register.outboxNoneText')}
      />
    )
  }
  return (
    <>
      {refusal === null ? null : <Refusal code={refusal.code} onRetry={goOn} />}
      <VirtualList
        label={t('notary.register.outboxList')}
        testId="outbox-list"
        count={list.rows.length}
        rowPx={rowPx}
        keyOf={(index) => list.rows[index]?.position ?? index}
        onSight={onSight}
        row={(index) => {
          const item = list.rows[index]
          return item === undefined ? null : <OutboxRow item={item} peers={peers} />
        }}
      />
    </>
  )
}

/** Whoever registered last from here is most likely who registers next. A name that was typed stays as it is. */
function useLastRegistrant(last: string | undefined): void {
  const tray = useTrayActions()
  const isUntouched = useTray(({ registrant }) => registrant === '')
  const [isDone, setDone] = useState(false)
  useEffect(() => {
    if (isDone || last === undefined) return
    setDone(true)
    if (isUntouched) tray.setRegistrant(last)
  }, [isDone, isUntouched, last, tray])
}

function sumOf(counts: OutboxCounts | null): number {
  return counts === null ? 0 : states.reduce((sum, state) => sum + counts[state], 0)
}
