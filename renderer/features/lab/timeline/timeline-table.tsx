import { eventSentence } from '../../../i18n/sentences/event.ts'
import { faultSentence } from '../../../i18n/sentences/fault.ts'
import { useWords } from '../../../i18n/use-words.ts'
import type { Lane } from '../../../stores/derived/lanes.ts'
import { Sentence } from '../../../ui/sentence.tsx'
import { Table } from '../../../ui/table.tsx'
import type { ActionMark, FaultSpan } from './spans.ts'

interface TimelineTableProps {
  readonly lanes: readonly Lane[]
  readonly spans: readonly FaultSpan[]
  readonly marks: readonly ActionMark[]
}

/** The timeline's twin in words, oldest first. */
export function TimelineTable({ lanes, spans, marks }: TimelineTableProps) {
  const speech = useWords()
  const { t, format } = speech
  const until = (toMs: number, goesOn: boolean): string =>
    goesOn ? t('lab.timeline.ongoing') : format.clockExact(toMs)
  const entries = [
    ...lanes.flatMap(({ nodeId, segments }) =>
      segments.map(({ condition, term, fromMs, toMs, goesOn }) => ({
        atMs: fromMs,
        until: until(toMs, goesOn),
        who: nodeId,
        what: `${t(`node.condition.${condition}`)}${term === null ? '' : ` · ${t('node.term')} ${term}`}`,
      })),
    ),
    ...spans.map(({ fault, fromMs, toMs, goesOn }) => ({
      atMs: fromMs,
      until: until(toMs, goesOn),
      who: t('lab.timeline.faults'),
      what: faultSentence(fault, speech),
    })),
    ...marks.map(({ atMs, event }) => ({
      atMs,
      until: '–',
      who: t('lab.timeline.actions'),
      what: eventSentence(event, speech),
    })),
  ].sort((one, other) => one.atMs - other.atMs)
  const columns = [
    { key: 'time', title: t('common.time') },
    { key: 'until', title: t('lab.timeline.until') },
    { key: 'who', title: t('lab.timeline.who') },
    { key: 'what', title: t('lab.timeline.what') },
  ]
  const rows = entries.map((entry, index) => ({
    key: String(index),
    cells: [format.clockExact(entry.atMs), entry.until, entry.who, <Sentence key="what" text={entry.what} />],
  }))
  return <Table caption={t('lab.timeline.table')} columns={columns} rows={rows} testId="timeline-table" />
}
