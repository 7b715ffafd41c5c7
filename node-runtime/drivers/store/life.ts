import type { Database } from 'better-sqlite3'

/** Who a store is, and the number of its last durable transaction. */
export interface Life {
  readonly id: string
  readonly number: number
}

/** null: a file of before stores had one, or with nothing in it. */
export function readLife(database: Database): Life | null {
  const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'store_life'").pluck().get()
  if (table === undefined) return null
  return database.prepare<[], Life>('SELECT id, number FROM store_life').get() ?? null
}
