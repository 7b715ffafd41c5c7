import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { NodePlan } from '#contract/worker/protocol'
import { openStore, type SqliteStore, setAsidePath, setAsideStore } from '#drivers/store/index'
import { ok, type Result } from '#kit/result'

/**
 * The file of a node. A member of a replicated group that finds it damaged puts it aside and begins a new one: the
 * others have what was in it, and take the node in again as somebody new. A desk does so too, and says that nobody has
 * what was lost with it (docs/decisions/0032). Everybody else keeps it and is refused.
 */
export class NodeStore {
  readonly #file: NodeFile
  #store: SqliteStore
  #isNew: boolean

  private constructor(file: NodeFile, store: SqliteStore, isNew: boolean) {
    this.#file = file
    this.#store = store
    this.#isNew = isNew
  }

  static open({ dataDir, group, role }: NodePlan): Result<NodeStore> {
    const path = join(dataDir, 'node.sqlite')
    const isAlone = group === null
    const file = { path, isAlone, mayBeginAnew: !isAlone || role === 'desk', secretSpaces: secretSpacesOf(role) }
    // Its last life may have put it aside, and died before it could begin.
    const isNew = !existsSync(path)
    const opened = openStore(file)
    if (opened.ok) return ok(new NodeStore(file, opened.value, isNew))
    if (opened.failure.code !== 'store-damaged' || !file.mayBeginAnew) return opened
    const anew = openAnew(file)
    return anew.ok ? ok(new NodeStore(file, anew.value, true)) : anew
  }

  get current(): SqliteStore {
    return this.#store
  }

  /** Also an earlier life may have put one aside, and died before it could begin. */
  get history(): 'kept' | 'damaged' {
    return this.#store.setAsideCount > 0 ? 'damaged' : 'kept'
  }

  /** Where that lies which nobody else has and this life goes on without; null: nothing was lost. */
  get lost(): string | null {
    const { path, isAlone } = this.#file
    const count = this.#store.setAsideCount
    return isAlone && this.#isNew && count > 0 ? setAsidePath(path, count) : null
  }

  /** What opened well turned out not to be the node's own state. Null: it stays where it is. */
  beginAnew(): Result<SqliteStore> | null {
    if (!this.#file.mayBeginAnew) return null
    this.#store.close()
    const anew = openAnew(this.#file)
    if (anew.ok) {
      this.#store = anew.value
      this.#isNew = true
    }
    return anew
  }

  /** The process dies of it. Its next life finds nothing here, and begins anew. */
  condemn(): void {
    if (!this.#file.mayBeginAnew) return
    this.#store.close()
    setAsideStore(this.#file.path)
  }

  close(): void {
    this.#store.close()
  }
}

interface NodeFile {
  readonly path: string
  /** Nobody else has what is in it. */
  readonly isAlone: boolean
  readonly mayBeginAnew: boolean
  readonly secretSpaces: readonly string[]
}

/** Whoever looks at a chat's tables sees no hash, no key and no token: not in the state of any generation, nor on its way there. */
function secretSpacesOf(role: NodePlan['role']): readonly string[] {
  if (role === 'desk') return ['chat-sessions']
  if (role !== 'chat-server') return []
  return [...[...'abcdefgh'].map((generation) => `${generation}-secrets`), 'log']
}

function openAnew({ path, secretSpaces }: NodeFile): Result<SqliteStore> {
  const aside = setAsideStore(path)
  return aside.ok ? openStore({ path, secretSpaces }) : aside
}
