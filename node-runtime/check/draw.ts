import { endOf, type History } from './history.ts'
import type { Model } from './model.ts'

/** Larger drawings say nothing to anybody: bars are pressed together, and further lines are only counted. */
const limits = { columnsMax: 80, linesMax: 60 } as const

/** One line an operation: who, a bar from its invocation to its end among the others, its numbers, what, and the answer. */
export function drawHistory<State, Op, Answer>(model: Model<State, Op, Answer>, history: History<Op, Answer>): string {
  const drawn = history.slice(0, limits.linesMax)
  const columnOf = columns(drawn)
  const rows = drawn.map((operation) => {
    const { process, op, invokedAt, ending } = operation
    const { asked, told } = model.words(op, ending.kind === 'ok' ? ending.answer : undefined)
    const when = ending.kind === 'ok' ? `${invokedAt} to ${ending.at}` : `from ${invokedAt}`
    const isOpen = ending.kind !== 'ok'
    return [process, bar(columnOf(invokedAt), columnOf(endOf(operation)), isOpen), when, asked, told]
  })
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  )
  if (history.length > drawn.length) lines.push(`  and ${history.length - drawn.length} more`)
  return lines.join('\n')
}

/** Times as places on a line: their order counts, not how far they are apart. */
function columns(history: History<unknown, unknown>): (time: number) => number {
  const times = new Set(history.flatMap((operation) => [operation.invokedAt, endOf(operation)]))
  const inOrder = [...times].sort((one, other) => one - other)
  const squeeze = Math.max(1, inOrder.length / limits.columnsMax)
  const places = new Map(inOrder.map((time, place) => [time, Math.floor(place / squeeze)]))
  return (time) => places.get(time) ?? 0
}

function bar(from: number, to: number, isOpen: boolean): string {
  return `${' '.repeat(from)}├${'─'.repeat(Math.max(0, to - from - 1))}${isOpen ? '╌' : '┤'}`
}
