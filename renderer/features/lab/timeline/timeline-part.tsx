import { useEffect, useMemo, useState } from 'react'
import { useWords } from '../../../i18n/use-words.ts'
import { useHands, useHostNow, useRecording, useTopology, useUi } from '../../../stores/context.tsx'
import { lanesOf } from '../../../stores/derived/lanes.ts'
import { allNodes } from '../../../stores/topology.ts'
import { Empty } from '../../../ui/empty.tsx'
import { actionMarks, faultSpans } from './spans.ts'
import styles from './timeline.module.css'
import { TimelinePicture } from './timeline-picture.tsx'
import { TimelineTable } from './timeline-table.tsx'
import { TimelineTools, type WindowName, windows } from './timeline-tools.tsx'

/** Role changes, faults and actions over time. It follows the present until it is held. */
export function TimelinePart() {
  const { t } = useWords()
  const now = useHostNow()
  const look = useUi((state) => state.look)
  const story = useRecording((state) => state.story)
  const snapshot = useTopology((state) => state.snapshot)
  const [name, setName] = useState<WindowName>('medium')
  const [heldMs, setHeldMs] = useState<number | null>(null)
  const lengthMs = windows[name]
  const toMs = heldMs ?? now
  const stretch = useMemo(() => ({ fromMs: toMs - lengthMs, toMs }), [toMs, lengthMs])
  useOlder(stretch.fromMs)
  const ids = allNodes(snapshot).map(({ id }) => id)
  const lanes = lanesOf(ids, story, stretch)
  const spans = faultSpans(story, stretch)
  const marks = actionMarks(story, stretch)
  const isEmpty = spans.length === 0 && marks.length === 0 && lanes.every(({ segments }) => segments.length === 0)
  return (
    <section className={styles.timeline} aria-label={t('lab.timeline.title')} data-testid="timeline">
      <TimelineTools
        name={name}
        heldMs={heldMs}
        onName={setName}
        onMove={(parts) => setHeldMs(Math.min(now, toMs + lengthMs * parts))}
        onHold={() => setHeldMs(heldMs === null ? now : null)}
      />
      {isEmpty ? <Empty text={t('lab.timeline.empty')} /> : null}
      {!isEmpty && look === 'picture' ? <TimelinePicture {...{ lanes, spans, marks, stretch }} /> : null}
      {!isEmpty && look === 'table' ? <TimelineTable {...{ lanes, spans, marks }} /> : null}
      <p className={styles.note}>
        {t('lab.timeline.notRecorded')} {t('lab.timeline.clocks')}
      </p>
    </section>
  )
}

/** Fetches older events while the stretch begins before the oldest that the window has. */
function useOlder(fromMs: number): void {
  const { actions } = useHands()
  const oldestMs = useRecording((state) => state.story[0]?.wallMs ?? Number.NEGATIVE_INFINITY)
  const hasOlder = useRecording((state) => state.hasOlderStory)
  const isMissing = hasOlder && oldestMs > fromMs
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that came may show that another is missing.
  useEffect(() => {
    if (isMissing) void actions.loadOlder()
  }, [isMissing, oldestMs, actions])
}
