import type { ChatForeignEvent } from '#contract/window/chat'
import { useWords } from '../../../i18n/use-words.ts'
import { Table } from '../../../ui/table.tsx'
import { countsOf } from './summary.ts'

/** Which rules were looked at, and how often each was kept and broken. */
export function RulesTable({ events }: { readonly events: readonly ChatForeignEvent[] }) {
  const { t, format } = useWords()
  const counts = countsOf(events)
  if (counts.length === 0) return null
  return (
    <Table
      caption={t('chat.programs.rulesTitle')}
      testId="chat-rules"
      columns={[
        { key: 'rule', title: t('chat.programs.columns.rule') },
        { key: 'kept', title: t('chat.programs.columns.kept'), isNumber: true },
        { key: 'broken', title: t('chat.programs.columns.broken'), isNumber: true },
      ]}
      rows={counts.map(({ rule, kept, broken }) => ({
        key: rule,
        cells: [t(`chat.programs.rules.${rule}.name`), format.number(kept), format.number(broken)],
      }))}
    />
  )
}
