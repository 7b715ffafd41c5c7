import type { Database, Statement } from 'better-sqlite3'
import { assert } from '#kit/assert'
import type { MarkFile } from './mark.ts'
import { framesPerFolding, transactionsPerLook } from './tuning.ts'

/** Frames that the log holds, and those of them that the main file holds as well. */
type LogState = readonly [isBusy: number, frames: number, folded: number]

/**
 * Folds the log of a store into its main file. SQLite would do it in the middle of a commit; the mark has to know,
 * because in between the main file without its log is a mixture that no check can tell from a whole one.
 */
export class Folding {
  readonly #mark: MarkFile
  readonly #look: Statement<[], LogState>
  readonly #fold: Statement<[], LogState>
  #foldAtFrames = framesPerFolding
  #transactionsUnseen = 0

  constructor(database: Database, mark: MarkFile) {
    this.#mark = mark
    this.#look = database.prepare<[], LogState>('PRAGMA wal_checkpoint(NOOP)').raw()
    this.#fold = database.prepare<[], LogState>('PRAGMA wal_checkpoint(PASSIVE)').raw()
  }

  /** After each durable transaction. A log that cannot be folded, as on a full disk, is tried again when it has grown. */
  foldIfLong(): void {
    this.#transactionsUnseen += 1
    if (this.#transactionsUnseen < transactionsPerLook) return
    this.#transactionsUnseen = 0
    const [, frames] = ask(this.#look)
    if (frames < this.#foldAtFrames) return
    this.#foldAtFrames = frames + framesPerFolding
    this.fold()
  }

  fold(): void {
    if (isFolded(ask(this.#look))) return
    this.#mark.write({ isFolding: true })
    this.#mark.sync()
    if (!isFolded(ask(this.#fold))) return
    // Synced before SQLite may begin the log anew: a power cut in its first frames leaves a log with nothing in it.
    this.#mark.write({ isFolding: false, folded: this.#mark.state.number })
    this.#mark.sync()
    this.#foldAtFrames = framesPerFolding
  }
}

function ask(statement: Statement<[], LogState>): LogState {
  const state = statement.get()
  assert(state !== undefined, 'a store has a log')
  return state
}

function isFolded([, frames, folded]: LogState): boolean {
  return frames === folded
}
