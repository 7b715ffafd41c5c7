import { join } from 'node:path'
import type { NodePlan } from '#contract/worker/protocol'
import { openStore, type SqliteStore, setAsideStore } from '#drivers/store/index'
import { ok, type Result } from '#kit/result'

/**
 * The file of a node. A member of a replicated group that finds it damaged puts it aside and begins a new one: the
 * others have what was in it, and take the node in again as somebody new. Everybody else keeps it and is refused.
 */
export class NodeStore {
  readonly #path: string
  readonly #mayBeginAnew: boolean
  readonly #secretSpaces: readonly string[]
  #store: SqliteStore

  private constructor({ path, mayBeginAnew, secretSpaces }: NodeFile, store: SqliteStore) {
    this.#path = path
    this.#mayBeginAnew = mayBeginAnew
    this.#secretSpaces = secretSpaces
    this.#store = store
  }

  static open({ dataDir, group, role }: NodePlan): Result<NodeStore> {
    const path = join(dataDir, 'node.sqlite')
    const mayBeginAnew = group !== null
    const secretSpaces = secretSpacesOf(role)
    const opened = openStore({ path, secretSpaces })
    if (opened.ok) return ok(new NodeStore({ path, mayBeginAnew, secretSpaces }, opened.value))
    if (opened.failure.code !== 'store-damaged' || !mayBeginAnew) return opened
    const anew = openAnew(path, secretSpaces)
    return anew.ok ? ok(new NodeStore({ path, mayBeginAnew, secretSpaces }, anew.value)) : anew
  }

  get current(): SqliteStore {
    return this.#store
  }

  /** Also an earlier life may have put one aside, and died before it could begin. */
  get history(): 'kept' | 'damaged' {
    return this.#store.setAsideCount > 0 ? 'damaged' : 'kept'
  }

  /** What opened well turned out not to be the node's own state. Null: it stays where it is. */
  beginAnew(): Result<SqliteStore> | null {
    if (!this.#mayBeginAnew) return null
    this.#store.close()
    const anew = openAnew(this.#path, this.#secretSpaces)
    if (anew.ok) this.#store = anew.value
    return anew
  }

  /** The process dies of it. Its next life finds nothing here, and begins anew. */
  condemn(): void {
    if (!this.#mayBeginAnew) return
    this.#store.close()
    setAsideStore(this.#path)
  }

  close(): void {
    this.#store.close()
  }
}

interface NodeFile {
  readonly path: string
  readonly mayBeginAnew: boolean
  readonly secretSpaces: readonly string[]
}

/** Whoever looks at a chat's tables sees no hash, no key and no token: not in the state of any generation, nor on its way there. */
function secretSpacesOf(role: NodePlan['role']): readonly string[] {
  if (role === 'desk') return ['chat-sessions']
  if (role !== 'chat-server') return []
  return [...[...'abcdefgh'].map((generation) => `${generation}-secrets`), 'log']
}

function openAnew(path: string, secretSpaces: readonly string[]): Result<SqliteStore> {
  const aside = setAsideStore(path)
  return aside.ok ? openStore({ path, secretSpaces }) : aside
}
