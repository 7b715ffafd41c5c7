import type { Database } from 'better-sqlite3'

export interface Migration {
  readonly version: number
  readonly sql: string
}

/** Forward only. A migration that was ever released is never edited: the next one mends it. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    sql: `CREATE TABLE store_row (
      space TEXT NOT NULL,
      key TEXT NOT NULL,
      value BLOB NOT NULL,
      checksum INTEGER NOT NULL,
      PRIMARY KEY (space, key)
    ) STRICT`,
  },
  {
    // Who this store is, and the number of its last durable transaction: what its mark is held against.
    version: 2,
    sql: `CREATE TABLE store_life (id TEXT NOT NULL, number INTEGER NOT NULL) STRICT;
      INSERT INTO store_life VALUES (lower(hex(randomblob(8))), 0)`,
  },
]

/** 'CLMA': says in the file itself that it is ours. */
export const applicationId = 0x434c4d41

export function latestVersion(list: readonly Migration[] = migrations): number {
  return list.at(-1)?.version ?? 0
}

/** Each migration and its number become durable together, so that a crash between two of them is harmless. */
export function migrate(database: Database, list: readonly Migration[] = migrations): void {
  const current = Number(database.pragma('user_version', { simple: true }))
  for (const migration of list) {
    if (migration.version <= current) continue
    database.transaction(() => {
      database.exec(migration.sql)
      database.pragma(`user_version = ${migration.version}`)
      database.pragma(`application_id = ${applicationId}`)
    })()
  }
}
