import type { ReactNode } from 'react'
import styles from './table.module.css'

export interface Column {
  readonly key: string
  readonly title: string
  readonly isNumber?: boolean
}

export interface Row {
  readonly key: string
  readonly cells: readonly ReactNode[]
}

interface TableProps {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly testId?: string
  readonly isCaptionHidden?: boolean
}

/** A plain table that scrolls by itself; the first cell of a row names it. */
export function Table({ caption, columns, rows, testId, isCaptionHidden = false }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard.
    <section className={styles.scroll} tabIndex={0} aria-label={caption} data-testid={testId}>
      <table className={styles.table}>
        <caption className={isCaptionHidden ? 'hidden-visually' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, title, isNumber }) => (
              <th key={key} scope="col" className={isNumber ? styles.number : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>{row.cells.map((cell, index) => cellOf(cell, columns[index], index))}</tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function cellOf(cell: ReactNode, column: Column | undefined, index: number): ReactNode {
  const className = column?.isNumber ? styles.number : undefined
  const key = column?.key ?? index
  if (index > 0)
    return (
      <td key={key} className={className}>
        {cell}
      </td>
    )
  return (
    <th key={key} scope="row" className={className}>
      {cell}
    </th>
  )
}
