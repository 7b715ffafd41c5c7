import { Button, Popover, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconClockPlus, IconInfoCircle } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { type RingHistoryRow, ringLimits } from '#contract/worker/ring'
import type { NodeId } from '#kit/ids'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { Age } from '../../../ui/age.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { type LogInSight, VirtualLog, type VirtualLogHandle } from '../../../ui/virtual-log.tsx'
import { isOwn, type Loaded } from './loaded.ts'
import styles from './talk.module.css'
import { TalkReader } from './talk-reader.ts'

interface HistoryProps {
  readonly node: NodeId
  /** Another whenever the peer's history has changed. */
  readonly revision: number
  /** The address of the peer whose history this is: names may be shared. */
  readonly peer: string
}

/** So near to its oldest row the list asks for what is older. */
const nearOldest = 8

/** What one peer has: opens at the newest; older messages come in front of it as one goes back. */
export function History({ node, revision, peer }: HistoryProps) {
  const { ask } = useActions()
  const reader = useMemo(
    () => new TalkReader((before) => ask('ring.history', { nodeId: node, before, limit: ringLimits.rowsPerPageMax })),
    [ask, node],
  )
  useEffect(() => () => reader.stop(), [reader])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another revision is what asks anew.
  useEffect(() => reader.changed(), [reader, revision])
  const { loaded, failure, isReadingOlder } = useStore(reader.store)
  if (failure !== null) return <Refusal code={failure} onRetry={() => reader.changed()} />
  if (loaded === null) return <Busy />
  return <Shown loaded={loaded} peer={peer} isReadingOlder={isReadingOlder} onOlder={() => reader.older()} />
}

interface ShownProps {
  readonly loaded: Loaded
  readonly peer: string
  readonly isReadingOlder: boolean
  onOlder(): void
}

function Shown({ loaded: { rows, older, rest }, peer, isReadingOlder, onOlder }: ShownProps) {
  const { t, format } = useWords()
  const list = useRef<VirtualLogHandle>(null)
  const [isAtEnd, setAtEnd] = useState(true)
  const onSight = useCallback(
    ({ first, isAtEnd: atEnd, isGoingBack }: LogInSight) => {
      setAtEnd(atEnd)
      if (first < nearOldest && isGoingBack && older !== null && !isReadingOlder) onOlder()
    },
    [older, isReadingOlder, onOlder],
  )
  return (
    <div className={styles.history}>
      <div className={styles.above}>
        <OrderHint />
        <span data-testid="ring-count">{t('ring.count', { count: rows.length + rest })}</span>
        {older === null ? null : (
          <Button
            size="compact-sm"
            variant="default"
            loading={isReadingOlder}
            data-testid="ring-older"
            onClick={onOlder}
          >
            {t('ring.older', { rest: format.number(rest) })}
          </Button>
        )}
      </div>
      {rows.length === 0 ? (
        <p className={`${styles.rows} ${styles.empty}`}>{t('ring.empty')}</p>
      ) : (
        <VirtualLog
          label={t('ring.history')}
          className={styles.rows}
          count={rows.length}
          testId="ring-history"
          handle={list}
          keyOf={(index) => rows[index]?.uuid ?? index}
          row={(index) => <Row row={rows[index]} before={rows[index - 1]} peer={peer} />}
          onSight={onSight}
        />
      )}
      {isAtEnd ? null : (
        <Button
          className={styles.newest}
          size="compact-sm"
          leftSection={<IconArrowDown size={14} aria-hidden="true" />}
          data-testid="ring-newest"
          onClick={() => list.current?.toEnd()}
        >
          {t('ring.newest')}
        </Button>
      )}
    </div>
  )
}

/** Why a message may stand where one did not see it come. */
function OrderHint() {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" shadow="md" withArrow width={380}>
      <Popover.Target>
        <UnstyledButton
          className={styles.hint}
          data-testid="ring-order-hint"
          onClick={() => setOpen(!isOpen)}
          onKeyDown={({ key }) => {
            if (key === 'Escape') setOpen(false)
          }}
        >
          <IconInfoCircle size={15} aria-hidden="true" />
          {t('ring.orderTitle')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('ring.orderTitle')}>
        <p>{t('ring.order')}</p>
      </Popover.Dropdown>
    </Popover>
  )
}

interface RowProps {
  readonly row: RingHistoryRow | undefined
  readonly before: RingHistoryRow | undefined
  readonly peer: string
}

function Row({ row, before, peer }: RowProps) {
  const { t, format } = useWords()
  if (row === undefined) return null
  const day = format.day(row.atMs)
  return (
    <>
      {before !== undefined && format.day(before.atMs) === day ? null : <p className={styles.day}>{day}</p>}
      <article
        className={styles.message}
        data-testid="ring-row"
        data-uuid={row.uuid}
        data-late={row.isLate}
        data-own={isOwn(row, peer)}
      >
        <p className={styles.author}>
          <strong>{row.author}</strong> <Age wallMs={row.atMs} />
          {row.isLate ? (
            <em title={t('ring.lateWhy')}>
              <IconClockPlus size={13} aria-hidden="true" /> {t('ring.late')}
            </em>
          ) : null}
          {row.source === 'reference' ? <em>{t('ring.reference')}</em> : null}
        </p>
        <p className={styles.text}>{row.text}</p>
      </article>
    </>
  )
}
