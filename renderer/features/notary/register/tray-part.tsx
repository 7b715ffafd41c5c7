import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useMemo } from 'react'
import { droppedLimits } from '../../../door/dropped.ts'
import { useWords } from '../../../i18n/use-words.ts'
import { useTray, useTrayActions } from '../../../stores/context.tsx'
import { totalsOf } from '../../../stores/notary/tray.ts'
import { Empty } from '../../../ui/empty.tsx'
import { VirtualList } from '../../../ui/virtual-list.tsx'
import styles from './register-part.module.css'
import { Step } from './step.tsx'
import { TrayRow } from './tray-row.tsx'

const rowPx = 52

const reasons = ['full', 'unreadable', 'deep', 'interrupted'] as const

/** The second step: what lies on the table, and how far its fingerprints are. */
export function TrayPart() {
  const { t, format } = useWords()
  const items = useTray((state) => state.items)
  const leftOut = useTray((state) => state.leftOut)
  return (
    <Step number={2} title={t('notary.register.fingerprints')} aside={items.length === 0 ? null : <Controls />}>
      {reasons.map((why) =>
        leftOut[why] === 0 ? null : (
          <p key={why} className={styles.note} role="status" data-testid="left-out" data-why={why}>
            {t(`notary.register.leftOut.${why}`, {
              count: leftOut[why],
              depth: format.number(droppedLimits.depthMax),
            })}
          </p>
        ),
      )}
      {items.length === 0 ? (
        <Empty text={t('notary.register.emptyText')} />
      ) : (
        <>
          <Progress />
          <VirtualList
            label={t('notary.register.list')}
            testId="tray"
            count={items.length}
            rowPx={rowPx}
            keyOf={(index) => items[index]?.key ?? index}
            row={(index) => {
              const item = items[index]
              return item === undefined ? null : <TrayRow item={item} />
            }}
          />
        </>
      )}
    </Step>
  )
}

function Controls() {
  const { t } = useWords()
  const tray = useTrayActions()
  const isHeld = useTray((state) => state.isHeld)
  const isSending = useTray((state) => state.sending !== null)
  const items = useTray((state) => state.items)
  const isOpen = items.some(({ state }) => state === 'waiting' || state === 'hashing')
  const Icon = isHeld ? IconPlayerPlay : IconPlayerPause
  return (
    <div className={styles.controls}>
      {isOpen || isHeld ? (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon size={14} aria-hidden="true" />}
          data-testid="hold"
          onClick={() => tray.hold(!isHeld)}
        >
          {t(isHeld ? 'notary.register.resume' : 'notary.register.pause')}
        </Button>
      ) : null}
      <Button
        size="compact-sm"
        variant="default"
        disabled={isSending}
        data-testid="remove-all"
        onClick={() => tray.remove(items.map(({ key }) => key))}
      >
        {t('notary.register.removeAll')}
      </Button>
    </div>
  )
}

function Progress() {
  const { t, format } = useWords()
  const items = useTray((state) => state.items)
  const isHeld = useTray((state) => state.isHeld)
  const { all, hashed, unreadable, bytes, bytesDone } = useMemo(() => totalsOf(items), [items])
  const done = hashed + unreadable
  const percent = done === all ? 100 : bytes === 0 ? 0 : Math.floor((bytesDone / bytes) * 100)
  const words = t('notary.register.progress', { done: format.number(done), all: format.number(all) })
  return (
    <div className={styles.progress} data-testid="hash-progress" data-done={done} data-all={all}>
      <div
        className={styles.bar}
        role="progressbar"
        aria-label={words}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        data-held={isHeld}
      >
        <div style={{ width: `${percent}%` }} />
      </div>
      <p>
        <span>{words}</span>
        <span>
          {isHeld
            ? t('notary.register.held')
            : t('notary.register.progressBytes', { done: format.bytes(bytesDone), all: format.bytes(bytes) })}
        </span>
      </p>
    </div>
  )
}
