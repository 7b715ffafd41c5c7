import { toHex } from '#kit/hex'
import type { Shown } from '../../../subjects/notary/words.ts'
import type { Ledger } from './ledger.ts'

interface Root {
  readonly by: string
  readonly size: number
  /** As hex. */
  readonly root: string
}

/** Roots that somebody named. They are held against the records once these are known. */
export class Said {
  #roots: Root[] = []

  add(root: Root): void {
    this.#roots.push(root)
  }

  addShown(by: string, { query, answer }: Shown): void {
    // null: it has no such size yet.
    if (query.kind !== 'root' || !('root' in answer) || answer.root === null) return
    this.add({ by, size: query.size, root: toHex(answer.root) })
  }

  wrong(ledger: Ledger): string | null {
    if (this.#roots.length === 0) return null
    const known = this.#roots.filter(({ size }) => size <= ledger.size)
    this.#roots = this.#roots.filter(({ size }) => size > ledger.size)
    const wrong = known.find(({ size, root }) => ledger.rootAt(size) !== root)
    return wrong === undefined ? null : `${wrong.by} has another root of the tree of ${wrong.size} than its records`
  }
}
