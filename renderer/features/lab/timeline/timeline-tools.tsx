import { Button, SegmentedControl } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useWords } from '../../../i18n/use-words.ts'
import { useHands, useUi } from '../../../stores/context.tsx'
import styles from './timeline.module.css'

export const windows = { short: 30_000, medium: 120_000, long: 600_000 } as const
export type WindowName = keyof typeof windows
const names: readonly WindowName[] = ['short', 'medium', 'long']

interface TimelineToolsProps {
  readonly name: WindowName
  /** null: the timeline follows the present. */
  readonly heldMs: number | null
  onName(name: WindowName): void
  /** By parts of the window's length; below zero: into the past. */
  onMove(parts: number): void
  onHold(): void
}

/** Which stretch of time is shown, and how. */
export function TimelineTools({ name, heldMs, onName, onMove, onHold }: TimelineToolsProps) {
  const { t, format } = useWords()
  const { stores } = useHands()
  const look = useUi((state) => state.look)
  const HoldIcon = heldMs === null ? IconPlayerPause : IconPlayerPlay
  return (
    <div className={styles.tools}>
      <SegmentedControl
        size="xs"
        aria-label={t('lab.timeline.window')}
        value={name}
        data={names.map((value) => ({ value, label: t(`lab.timeline.windows.${value}`) }))}
        onChange={(value) => onName(names.find((candidate) => candidate === value) ?? 'medium')}
      />
      <Button.Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconChevronLeft size={15} aria-hidden="true" />}
          onClick={() => onMove(-0.5)}
        >
          {t('lab.timeline.back')}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={heldMs === null}
          rightSection={<IconChevronRight size={15} aria-hidden="true" />}
          onClick={() => onMove(0.5)}
        >
          {t('lab.timeline.forward')}
        </Button>
      </Button.Group>
      <Button
        size="xs"
        variant={heldMs === null ? 'default' : 'filled'}
        leftSection={<HoldIcon size={15} aria-hidden="true" />}
        onClick={onHold}
      >
        {t(heldMs === null ? 'lab.timeline.hold' : 'lab.timeline.follow')}
      </Button>
      {heldMs === null ? null : <span>{t('lab.timeline.held', { time: format.clock(heldMs) })}</span>}
      <SegmentedControl
        size="xs"
        className={styles.look}
        aria-label={t('common.view')}
        value={look}
        data={[
          { value: 'picture', label: t('common.picture') },
          { value: 'table', label: t('common.table') },
        ]}
        onChange={(value) => stores.ui.setState({ look: value === 'table' ? 'table' : 'picture' })}
      />
    </div>
  )
}
