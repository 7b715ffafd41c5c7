import { deskLimits, type RecordView } from '#contract/worker/desk'
import { type Command, wholeNumber } from '../../command.ts'
import { onLine } from '../../on-line.ts'
import { textTable } from '../../table.ts'
import { exitCodes } from '../../terminal.ts'
import { placeIn } from './place.ts'

const hashLettersShown = 16

/** What one peer has, block by block, with what does not fit marked. */
export const chain: Command = {
  options: { limit: { type: 'string' }, from: { type: 'string' } },
  async run({ plain: [nodeId, ...tooMany], named }, around) {
    const { terminal } = around
    const limit = wholeNumber(named.limit ?? '50', { min: 1, max: deskLimits.rowsPerPageMax })
    const from = placeIn(named.from ?? '0')
    if (nodeId === undefined || tooMany.length > 0) return terminal.misunderstand('colmeia notary chain NODE')
    if (limit === null) return terminal.misunderstand(`--limit 1..${deskLimits.rowsPerPageMax}`)
    if (from === null) return terminal.misunderstand('--from INDEX')
    return onLine(around, async (line) => {
      const found = await line.call('notary.chain', { nodeId, from, limit })
      if (!found.ok) return terminal.refuse(found.failure)
      terminal.give(found.value, () => chainTable(found.value.records))
      return exitCodes.done
    })
  },
}

function chainTable(records: readonly RecordView[]): string {
  const short = (hash: string): string => hash.slice(0, hashLettersShown)
  const rows = records.map((record, place) => [
    record.index,
    short(record.previousHash),
    short(record.hash),
    short(record.computedHash),
    flawOf(record, records[place - 1]),
    record.title,
  ])
  return textTable(['index', 'previous', 'hash', 'computed', '', 'title'], rows)
}

/** `≠`: it is not what it was; `↯`: it does not follow the one before. */
function flawOf(record: RecordView, before: RecordView | undefined): string {
  if (record.hash !== record.computedHash) return '≠'
  return before !== undefined && record.previousHash !== before.hash ? '↯' : ''
}
