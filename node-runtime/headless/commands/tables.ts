import { windowLimits } from '#contract/window/contract'
import type { ControlClient } from '#host/control-client'
import { type Command, wholeNumber } from '../command.ts'
import { textTable } from '../table.ts'
import { type ExitCode, exitCodes, type Terminal } from '../terminal.ts'

interface PageWanted {
  readonly nodeId: string
  readonly table: string
  readonly cursor: string | null
  readonly limit: number
}

export const tables: Command = {
  options: { limit: { type: 'string' }, cursor: { type: 'string' } },
  async run({ plain, named }, { terminal, connect }) {
    const [nodeId, table] = plain
    const limit = wholeNumber(named.limit ?? '50', { min: 1, max: windowLimits.rowsPerPageMax })
    if (nodeId === undefined || plain.length > 2) return terminal.misunderstand('colmeia tables NODE [TABLE]')
    if (limit === null) return terminal.misunderstand(`--limit 1..${windowLimits.rowsPerPageMax}`)
    const cursor = typeof named.cursor === 'string' ? named.cursor : null
    const connected = await connect()
    if (!connected.ok) return terminal.refuse(connected.failure)
    try {
      const line = connected.value
      return table === undefined
        ? await showTables(line, terminal, nodeId)
        : await showRows(line, terminal, { nodeId, table, cursor, limit })
    } finally {
      connected.value.close()
    }
  },
}

async function showTables(line: ControlClient, terminal: Terminal, nodeId: string): Promise<ExitCode> {
  const found = await line.call('nodes.tables', { nodeId })
  if (!found.ok) return terminal.refuse(found.failure)
  terminal.give(found.value, () => {
    const rows = found.value.map(({ name, rows, columns }) => [name, rows, columns.map(columnWord).join(', ')])
    return textTable(['table', 'rows', 'columns'], rows)
  })
  return exitCodes.done
}

async function showRows(line: ControlClient, terminal: Terminal, wanted: PageWanted): Promise<ExitCode> {
  const found = await line.call('nodes.tables', { nodeId: wanted.nodeId })
  if (!found.ok) return terminal.refuse(found.failure)
  const page = await line.call('nodes.rows', wanted)
  if (!page.ok) return terminal.refuse(page.failure)
  const columns = found.value.find(({ name }) => name === wanted.table)?.columns ?? []
  const { rows, nextCursor } = page.value
  terminal.give({ columns, ...page.value }, () => {
    const text = textTable(columns.map(columnWord), rows)
    return nextCursor === null ? text : `${text}\n${terminal.words.moreRows(nextCursor)}`
  })
  return exitCodes.done
}

function columnWord({ name, isRedacted }: { readonly name: string; readonly isRedacted: boolean }): string {
  return isRedacted ? `${name} (redacted)` : name
}
