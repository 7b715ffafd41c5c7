import type { RecordView } from '#contract/worker/desk'
import { deskLimits } from '#contract/worker/desk'
import { type Command, wholeNumber } from '../../command.ts'
import { onLine } from '../../on-line.ts'
import { textTable } from '../../table.ts'
import { exitCodes } from '../../terminal.ts'
import { placeIn } from './place.ts'

export const list: Command = {
  options: { limit: { type: 'string' }, before: { type: 'string' } },
  async run({ plain, named }, around) {
    const { terminal } = around
    const limit = wholeNumber(named.limit ?? '50', { min: 1, max: deskLimits.rowsPerPageMax })
    const before = named.before === undefined ? null : placeIn(named.before)
    if (limit === null) return terminal.misunderstand(`--limit 1..${deskLimits.rowsPerPageMax}`)
    if (named.before !== undefined && before === null) return terminal.misunderstand('--before INDEX')
    return onLine(around, async (line) => {
      const found = await line.call('notary.records', { search: plain.join(' '), before, limit })
      if (!found.ok) return terminal.refuse(found.failure)
      const { records, next } = found.value
      terminal.give(found.value, () => [recordTable(records), ...more(next, terminal.words.notary.more)].join('\n'))
      return exitCodes.done
    })
  },
}

function more(next: number | null, say: (before: number) => string): readonly string[] {
  return next === null ? [] : [say(next)]
}

function recordTable(records: readonly RecordView[]): string {
  const rows = records.map(({ index, atMs, title, registrant, sha256 }) => [
    index,
    new Date(atMs).toISOString(),
    title,
    registrant,
    sha256,
  ])
  return textTable(['index', 'registered', 'title', 'registrant', 'sha-256'], rows)
}
