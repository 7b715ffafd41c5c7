import type { TableInfo, TablePage } from '#contract/worker/view'
import type { Result } from '#kit/result'

/** Read-only looks into what a node keeps. Never decides a write; secrets are redacted here, at the source. */
export interface Queries {
  tables(): readonly TableInfo[]
  /** `unknown-table`, or `bad-request` for a limit outside 1 to rowsPerPageMax. */
  rows(table: string, page: { readonly cursor: string | null; readonly limit: number }): Result<TablePage>
}

export const queryLimits = {
  /** The same number as workerLimits.rowsPerPageMax; a test holds the two together. */
  rowsPerPageMax: 200,
  /** A longer cell is cut and says how long it is, so that a full page stays far below the pipe's limit. */
  cellCharsMax: 2_000,
} as const
