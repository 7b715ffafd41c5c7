import type { TableInfo, TablePage } from '#contract/worker/view'
import type { Result } from '#kit/result'

/** Read-only looks into what a node keeps. Never decides a write; secrets are redacted here, at the source. */
export interface Queries {
  tables(): readonly TableInfo[]
  rows(table: string, page: { readonly cursor: string | null; readonly limit: number }): Result<TablePage>
}
