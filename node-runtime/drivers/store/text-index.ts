import type { Database, Statement } from 'better-sqlite3'
import {
  type IndexedText,
  type TextHit,
  type TextIndex,
  type TextOrder,
  textIndexLimits,
  wordsOf,
} from '#ports/text-index'
import type { StoreFile } from './store-file.ts'

/**
 * FTS5 in the node's own file, and so gone with it. Its tables are made when something is written for the first
 * time: most nodes have none. Not among the store's migrations, because they hold nothing that cannot be made anew.
 */
export class SqliteTextIndex implements TextIndex {
  readonly #database: Database
  readonly #file: StoreFile
  #statements: Statements | null = null

  constructor(database: Database, file: StoreFile) {
    this.#database = database
    this.#file = file
  }

  get upTo(): number {
    const statements = this.#found()
    return statements === null ? 0 : this.#file.beside(() => statements.readUpTo.get() ?? 0)
  }

  write(texts: readonly IndexedText[], upTo: number): void {
    const { remove, put, setUpTo } = this.#ready()
    this.#file.writeBeside(() => {
      for (const { place, id, group, author, atMs, text } of texts) {
        remove.run(place)
        if (text !== null) put.run(place, text, id, group, author, atMs)
      }
      setUpTo.run(upTo)
    })
  }

  find(order: TextOrder): readonly TextHit[] {
    const statements = this.#found()
    if (statements === null) return []
    const bounds = {
      words: order.words.flatMap(wordsOf).map(quoted).join(' '),
      author: order.author,
      group: order.group,
      beforeMs: order.beforeMs,
      beforePlace: order.beforePlace ?? Number.MAX_SAFE_INTEGER,
      limit: Math.min(order.limit, textIndexLimits.hitsMax),
    }
    if (bounds.words === '' && order.words.length > 0) return []
    const statement = bounds.words === '' ? statements.all : statements.found
    return this.#file.beside(() => statement.all(bounds))
  }

  #ready(): Statements {
    const found = this.#found()
    if (found !== null) return found
    this.#file.writeBeside(() => this.#database.exec(tables))
    this.#statements = prepared(this.#database)
    return this.#statements
  }

  /** null: there are no tables yet. */
  #found(): Statements | null {
    if (this.#statements === null) {
      const isThere = this.#file.beside(() => this.#database.prepare(mark).get() !== undefined)
      if (isThere) this.#statements = prepared(this.#database)
    }
    return this.#statements
  }
}

type Statements = ReturnType<typeof prepared>

interface Bounds {
  readonly words: string
  readonly author: string | null
  readonly group: string | null
  readonly beforeMs: number | null
  readonly beforePlace: number
  readonly limit: number
}

const mark = `SELECT 1 FROM sqlite_master WHERE name = 'text_index_mark'`

/** What was taken away is gone from the index at once, and not with some later merge. */
const tables = `
  CREATE VIRTUAL TABLE IF NOT EXISTS text_index USING fts5(
    text, id UNINDEXED, grp UNINDEXED, author UNINDEXED, at UNINDEXED, tokenize = 'unicode61 remove_diacritics 2'
  );
  INSERT INTO text_index (text_index, rank) VALUES ('secure-delete', 1);
  CREATE TABLE IF NOT EXISTS text_index_mark (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), up_to INTEGER NOT NULL) STRICT`

const within = `rowid < :beforePlace AND (:author IS NULL OR author = :author) AND (:group IS NULL OR grp = :group)
  AND (:beforeMs IS NULL OR at < :beforeMs) ORDER BY rowid DESC LIMIT :limit`

function prepared(database: Database) {
  const find = (where: string): Statement<[Bounds], TextHit> =>
    database.prepare<[Bounds], TextHit>(`SELECT rowid AS place, id FROM text_index WHERE ${where}`)
  return {
    readUpTo: database.prepare<[], number>('SELECT up_to FROM text_index_mark').pluck() as Statement<[], number>, // as plucked
    setUpTo: database.prepare<[number]>('INSERT OR REPLACE INTO text_index_mark VALUES (1, ?)'),
    remove: database.prepare<[number]>('DELETE FROM text_index WHERE rowid = ?'),
    put: database.prepare<[number, string, string, string, string, number]>(
      'INSERT INTO text_index (rowid, text, id, grp, author, at) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    found: find(`text_index MATCH :words AND ${within}`),
    all: find(`:words = '' AND ${within}`),
  }
}

/** As text and not as part of a question; each is the beginning of a word. */
function quoted(word: string): string {
  return `"${word}"*`
}
