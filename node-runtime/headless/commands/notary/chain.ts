import { type ChainPage, deskLimits, type RecordView } from '#contract/worker/desk'
import { type Command, wholeNumber } from '../../command.ts'
import { onLine } from '../../on-line.ts'
import { textTable } from '../../table.ts'
import { exitCodes } from '../../terminal.ts'
import type { NotaryWords } from '../../words/notary-words.ts'
import { placeIn } from './place.ts'

const hashLettersShown = 16

/** What one peer has, block by block, as it stands, with what does not fit marked. */
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
      const { notary } = terminal.words
      terminal.give(found.value, () => [chainTable(found.value), ...saidOf(nodeId, found.value, notary)].join('\n'))
      return exitCodes.done
    })
  },
}

function chainTable({ records, breaks }: ChainPage): string {
  const short = (hash: string): string => hash.slice(0, hashLettersShown)
  const checks = new Map(breaks.map(({ index, check }) => [index, check]))
  const rows = records.map((record, place) => [
    record.index,
    short(record.previousHash),
    short(record.hash),
    short(record.computedHash),
    flawOf(record, { before: records[place - 1], check: checks.get(record.index) }),
    record.title,
  ])
  const ends = breaks.filter(({ index }) => !records.some((record) => record.index === index))
  const missing = ends.map(({ index, check }) => [index, '', '', '', `≠ ${check}`, ''])
  return textTable(['index', 'previous', 'hash', 'computed', '', 'title'], [...rows, ...missing])
}

interface Place {
  readonly before: RecordView | undefined
  readonly check: string | undefined
}

/** `≠`: it is not what it was; `↯`: it does not follow the one before. With the check that says so. */
function flawOf(record: RecordView, { before, check }: Place): string {
  const isLoose = before !== undefined && record.previousHash !== before.hash
  const sign = record.hash !== record.computedHash ? '≠' : isLoose ? '↯' : check === undefined ? '' : '≠'
  return sign === '' ? '' : `${sign} ${check ?? (sign === '↯' ? 'chain' : 'block-hash')}`
}

/** What the peer knows to be wrong, also beyond what is shown. */
function saidOf(node: string, { broken, breaks }: ChainPage, words: NotaryWords): readonly string[] {
  const worst = broken ?? breaks[0]
  return worst === undefined ? [] : [words.broken(node, worst), words.unproven]
}
