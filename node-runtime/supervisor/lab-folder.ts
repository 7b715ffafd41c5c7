import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyPair } from '#contract/worker/protocol'
import type { NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import { makeKeyPair } from './keys.ts'
import { emptyLab, type LabFile, type LabKeys, readLabFile, readLabKeys } from './lab-file.ts'

type NodePorts = Readonly<Record<NodeId, number>>

/** The lab on disk: lab.json, keys.json and a folder for each node. Deleting it resets the lab. */
export class LabFolder {
  readonly #dir: string
  #lab: LabFile
  #keys: LabKeys

  private constructor(dir: string, lab: LabFile, keys: LabKeys) {
    this.#dir = dir
    this.#lab = lab
    this.#keys = keys
  }

  /** A damaged file is refused and left exactly as it is: somebody may want to mend it. */
  static open(dir: string): Result<LabFolder> {
    return guarded(dir, () => {
      mkdirSync(join(dir, 'nodes'), { recursive: true })
      const lab = read(join(dir, 'lab.json'), readLabFile, emptyLab)
      if (!lab.ok) return lab
      const keys = read(join(dir, 'keys.json'), readLabKeys, {})
      return keys.ok ? ok(new LabFolder(dir, lab.value, keys.value)) : keys
    })
  }

  port(node: NodeId): number | null {
    return this.#lab.ports[node] ?? null
  }

  /** null: strangers have never been let in there. */
  httpPort(node: NodeId): number | null {
    return this.#lab.http[node] ?? null
  }

  keepPorts(ports: NodePorts, http: NodePorts = {}): Result<null> {
    return this.#keep({
      ...this.#lab,
      ports: { ...this.#lab.ports, ...ports },
      http: { ...this.#lab.http, ...http },
    })
  }

  hasRun(node: NodeId): boolean {
    return this.#lab.hasRun.includes(node)
  }

  keepHasRun(node: NodeId): Result<null> {
    return this.hasRun(node) ? ok(null) : this.#keep({ ...this.#lab, hasRun: [...this.#lab.hasRun, node] })
  }

  /** Made once and kept, so that a node is the same node after a restart. */
  keys(nodes: readonly NodeId[]): Result<Readonly<Record<NodeId, KeyPair>>> {
    const missing = nodes.filter((node) => this.#keys[node] === undefined)
    const keys: LabKeys = { ...this.#keys, ...Object.fromEntries(missing.map((node) => [node, makeKeyPair()])) }
    return guarded(this.#dir, () => {
      if (missing.length > 0) write(join(this.#dir, 'keys.json'), JSON.stringify(keys, null, 2), 0o600)
      this.#keys = keys
      return ok(keys)
    })
  }

  nodeDir(node: NodeId): string {
    return join(this.#dir, 'nodes', node)
  }

  #keep(lab: LabFile): Result<null> {
    return guarded(this.#dir, () => {
      write(join(this.#dir, 'lab.json'), JSON.stringify(lab, null, 2), 0o644)
      this.#lab = lab
      return ok(null)
    })
  }
}

export async function deleteLab(dir: string): Promise<Result<null>> {
  try {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 })
    return ok(null)
  } catch (error) {
    return fail('no-permission', `the lab's folder was not deleted: ${String(error)}`)
  }
}

function read<T>(path: string, parse: (text: string) => T | null, absent: T): Result<T> {
  if (!existsSync(path)) return ok(absent)
  const value = parse(readFileSync(path, 'utf8'))
  return value === null ? fail('lab-damaged', `${path} cannot be read; it was left as it is`) : ok(value)
}

/** Whole or not at all, also when the power goes: written beside, synced, and put in place in one step. */
function write(path: string, text: string, mode: number): void {
  const beside = `${path}.new`
  const file = openSync(beside, 'w', mode)
  try {
    // Not writeSync, which on a disk that fills up may write a part and call that a success.
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(beside, path)
}

function guarded<T>(dir: string, work: () => Result<T>): Result<T> {
  try {
    return work()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code // node:fs throws nothing else
    if (code === 'ENOSPC' || code === 'EDQUOT') return fail('disk-full', `${dir}: ${String(error)}`)
    return fail('no-permission', `${dir}: ${String(error)}`)
  }
}
