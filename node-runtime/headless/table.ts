import { masked } from './plain.ts'

/**
 * Columns as wide as their widest cell. Line breaks inside a cell would break the table, and what turns letters round
 * would show another text, so they are shown as marks.
 */
export function textTable(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const cells = [head, ...rows.map((row) => row.map(shown))]
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)))
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function shown(cell: string | number | null): string {
  const text = cell === null ? '–' : String(cell)
  return masked(text.replaceAll('\n', '⏎'))
}
