import { eventSentence } from '../../../i18n/sentences/event.ts'
import { faultSentence } from '../../../i18n/sentences/fault.ts'
import { useWords } from '../../../i18n/use-words.ts'
import type { Lane, Segment, Stretch } from '../../../stores/derived/lanes.ts'
import { ConditionSign, tokenOf } from '../../../ui/condition-sign.tsx'
import { type ActionMark, type FaultSpan, stacked, ticksOf } from './spans.ts'
import styles from './timeline.module.css'

interface PictureProps {
  readonly lanes: readonly Lane[]
  readonly spans: readonly FaultSpan[]
  readonly marks: readonly ActionMark[]
  readonly stretch: Stretch
}

/** Lanes of what each node was, with faults and actions above them. Read it from left to right. */
export function TimelinePicture({ lanes, spans, marks, stretch }: PictureProps) {
  const speech = useWords()
  const { t, format } = speech
  const place = (atMs: number): string => `${(100 * (atMs - stretch.fromMs)) / (stretch.toMs - stretch.fromMs)}%`
  const along = (fromMs: number, toMs: number) => ({ left: place(fromMs), right: `calc(100% - ${place(toMs)})` })
  return (
    <div className={styles.picture} data-testid="timeline-picture">
      <div className={styles.name} />
      <div className={styles.axis} aria-hidden="true">
        {ticksOf(stretch).map((tickMs) => (
          <span key={tickMs} style={{ left: place(tickMs) }}>
            {format.clock(tickMs)}
          </span>
        ))}
      </div>
      {marks.length === 0 ? null : (
        <>
          <div className={styles.name}>{t('lab.timeline.actions')}</div>
          <div className={styles.lane} data-low="true">
            {marks.map(({ position, atMs, event }) => (
              <span
                key={position}
                className={styles.mark}
                role="img"
                style={{ left: place(atMs) }}
                aria-label={eventSentence(event, speech)}
                title={eventSentence(event, speech)}
              />
            ))}
          </div>
        </>
      )}
      {stacked(spans).map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of faults have no other name than their number.
        <FaultRow key={index} isFirst={index === 0} row={row} along={along} />
      ))}
      {lanes.map(({ nodeId, segments }) => (
        <LaneRow key={nodeId} nodeId={nodeId} segments={segments} along={along} />
      ))}
    </div>
  )
}

type Along = (fromMs: number, toMs: number) => { readonly left: string; readonly right: string }

interface FaultRowProps {
  readonly row: readonly FaultSpan[]
  readonly isFirst: boolean
  readonly along: Along
}

function FaultRow({ row, isFirst, along }: FaultRowProps) {
  const speech = useWords()
  return (
    <>
      <div className={styles.name}>{isFirst ? speech.t('lab.timeline.faults') : ''}</div>
      <div className={styles.lane} data-low="true">
        {row.map(({ id, fault, fromMs, toMs }) => {
          const sentence = faultSentence(fault, speech)
          return (
            <span key={id} className={styles.fault} style={along(fromMs, toMs)} title={sentence}>
              {sentence}
            </span>
          )
        })}
      </div>
    </>
  )
}

interface LaneRowProps {
  readonly nodeId: string
  readonly segments: readonly Segment[]
  readonly along: Along
}

function LaneRow({ nodeId, segments, along }: LaneRowProps) {
  const { t } = useWords()
  return (
    <>
      <div className={styles.name}>
        <strong>{nodeId}</strong>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: the lane is a picture made of many boxes. */}
      <div
        className={styles.lane}
        role="group"
        aria-label={t('lab.timeline.lane', { node: nodeId })}
        data-lane={nodeId}
      >
        {segments.map(({ condition, term, fromMs, toMs }) => {
          const label = `${t(`node.condition.${condition}`)}${term === null ? '' : ` · ${t('node.term')} ${term}`}`
          return (
            <span
              key={fromMs}
              className={styles.segment}
              style={along(fromMs, toMs)}
              data-token={tokenOf[condition]}
              data-condition={condition}
              title={label}
            >
              <span className={styles.inside}>
                <ConditionSign condition={condition} size={18} />
                <span>{label}</span>
              </span>
            </span>
          )
        })}
      </div>
    </>
  )
}
