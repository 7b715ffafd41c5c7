/** One measured figure; the ids are those of the product's table. */
export interface Figure {
  readonly id: string
  readonly value: number
  readonly unit: string
  /** What a peer measured in the same run reached, where one is installed. */
  readonly beside: number | null
  readonly note: string
}

export interface BenchOptions {
  /** Fewer runs, for a first look; the note of each figure says how many. */
  readonly isQuick: boolean
}

export type Bench = (options: BenchOptions) => Promise<readonly Figure[]>

export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** The smallest value that so many percent of all do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  const found = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]
  if (found === undefined) throw new Error('nothing was measured')
  return found
}

/** One after the other. */
export async function repeated<T>(runs: number, work: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = []
  for (let run = 0; run < runs; run += 1) results.push(await work())
  return results
}

export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ id, value, unit, beside, note }) => [
    id,
    `${Math.round(value * 100) / 100} ${unit}`,
    beside === null ? '' : String(beside),
    note,
  ])
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
