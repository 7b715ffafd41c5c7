import { useWords } from '../../i18n/use-words.ts'
import { useHostNow, useTopology } from '../../stores/context.tsx'
import { linkSights } from '../../stores/derived/links.ts'
import { isOutside, openWays } from '../../stores/derived/open-ways.ts'
import { Age } from '../../ui/age.tsx'
import { Table } from '../../ui/table.tsx'

/** The picture's links as a table, one direction a row. */
export function LinkTable() {
  const { t, format } = useWords()
  const now = useHostNow()
  const snapshot = useTopology((state) => state.snapshot)
  const columns = [
    { key: 'from', title: t('node.from') },
    { key: 'to', title: t('node.to') },
    { key: 'state', title: t('node.condition_') },
    { key: 'rate', title: t('node.rate'), isNumber: true },
    { key: 'bytes', title: t('node.bytes'), isNumber: true },
    { key: 'dropped', title: t('node.dropped'), isNumber: true },
    { key: 'latency', title: t('node.latency'), isNumber: true },
    { key: 'heard', title: t('node.heard') },
    { key: 'faults', title: t('node.faults'), isNumber: true },
  ]
  const sights = snapshot?.clusters.flatMap((cluster) => linkSights(cluster, snapshot.faults, now)) ?? []
  const rows = sights.map(({ link, condition }) => ({
    key: `${link.from}>${link.to}`,
    cells: [
      link.from,
      link.to,
      t(`node.linkState.${condition}`),
      t('node.perSecond', { value: format.number(link.messagesPerSecond, 1) }),
      t('node.perSecond', { value: format.bytes(link.bytesPerSecond) }),
      t('node.perSecond', { value: format.number(link.droppedPerSecond, 1) }),
      link.latencyMs === null ? '–' : format.duration(link.latencyMs),
      <Age key="heard" wallMs={link.heardWallMs} />,
      format.number(link.faults.length),
    ],
  }))
  const nameOf = (end: string): string => (isOutside(end) ? t('overview.chat.outside.title') : end)
  const ways = (snapshot?.clusters.flatMap(openWays) ?? []).map(({ from, to, kind }) => ({
    key: `open ${from}>${to}`,
    cells: [nameOf(from), nameOf(to), t(`overview.chat.way.${kind}`), '–', '–', '–', '–', '–', '–'],
  }))
  return <Table caption={t('node.links')} columns={columns} rows={[...rows, ...ways]} testId="link-table" />
}
