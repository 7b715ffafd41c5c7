import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { RingSettings } from '#contract/window/ring'
import type { ChatSettings } from '#contract/worker/chat'
import { type HttpDialect, httpDialects } from '#contract/worker/dialects'
import type { KeyPair } from '#contract/worker/protocol'
import type { ShopReach } from '#contract/worker/shop'
import type { ClusterId, NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import { defaultChat } from './chat-settings.ts'
import { makeKeyPair } from './keys.ts'
import { emptyLab, type LabFile, type LabKeys, readLabFile, readLabKeys } from './lab-file.ts'

type NodePorts = Readonly<Record<NodeId, number>>
type SocketPorts = Readonly<Record<string, number>>

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

  /** Ports of a cluster's sockets beside the wires, by their names. */
  sockets(cluster: ClusterId): SocketPorts {
    return this.#lab.sockets[cluster] ?? {}
  }

  keepPorts(
    ports: NodePorts,
    http: NodePorts = {},
    sockets: Readonly<Record<ClusterId, SocketPorts>> = {},
  ): Result<null> {
    return this.#keep({
      ...this.#lab,
      ports: { ...this.#lab.ports, ...ports },
      http: { ...this.#lab.http, ...http },
      // All of a cluster's or none: one that it no longer has is forgotten.
      sockets: { ...this.#lab.sockets, ...sockets },
    })
  }

  chat(cluster: ClusterId): ChatSettings {
    return this.#lab.chats[cluster] ?? defaultChat
  }

  keepChat(cluster: ClusterId, settings: ChatSettings): Result<null> {
    return this.#keep({ ...this.#lab, chats: { ...this.#lab.chats, [cluster]: settings } })
  }

  shopReach(cluster: ClusterId): ShopReach {
    return this.#lab.shops[cluster] ?? 'loopback'
  }

  keepShopReach(cluster: ClusterId, reach: ShopReach): Result<null> {
    return this.#keep({ ...this.#lab, shops: { ...this.#lab.shops, [cluster]: reach } })
  }

  dialect(cluster: ClusterId): HttpDialect {
    return this.#lab.dialects[cluster] ?? httpDialects[0]
  }

  keepDialect(cluster: ClusterId, dialect: HttpDialect): Result<null> {
    return this.#keep({ ...this.#lab, dialects: { ...this.#lab.dialects, [cluster]: dialect } })
  }

  keepRing(cluster: ClusterId, settings: RingSettings): Result<null> {
    return this.#keep({ ...this.#lab, rings: { ...this.#lab.rings, [cluster]: settings } })
  }

  keepSize(cluster: ClusterId, size: number): Result<null> {
    return this.#keep({ ...this.#lab, sizes: { ...this.#lab.sizes, [cluster]: size } })
  }

  keepSeated(cluster: ClusterId, nodes: readonly NodeId[]): Result<null> {
    return this.#keep({ ...this.#lab, seated: { ...this.#lab.seated, [cluster]: nodes } })
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
    if (missing.length === 0) return ok(this.#keys)
    return this.#keepKeys(Object.fromEntries(missing.map((node) => [node, makeKeyPair()])))
  }

  /** One that was not drawn here. */
  keepKey(name: NodeId, pair: KeyPair): Result<null> {
    const kept = this.#keepKeys({ [name]: pair })
    return kept.ok ? ok(null) : kept
  }

  nodeDir(node: NodeId): string {
    return join(this.#dir, 'nodes', node)
  }

  /** Of a node that does not run. */
  async forgetNode(node: NodeId): Promise<Result<null>> {
    return deleted(this.nodeDir(node))
  }

  #keepKeys(added: LabKeys): Result<LabKeys> {
    const keys: LabKeys = { ...this.#keys, ...added }
    return guarded(this.#dir, () => {
      write(join(this.#dir, 'keys.json'), JSON.stringify(keys, null, 2), 0o600)
      this.#keys = keys
      return ok(keys)
    })
  }

  #keep(lab: LabFile): Result<null> {
    return guarded(this.#dir, () => {
      write(join(this.#dir, 'lab.json'), JSON.stringify(lab, null, 2), 0o644)
      this.#lab = lab
      return ok(null)
    })
  }
}

/** What lab.json says. Nothing is made by looking, and a file that cannot be read says nothing here. */
export function keptIn(dir: string): LabFile {
  const lab = guarded(dir, () => read(join(dir, 'lab.json'), readLabFile, emptyLab))
  return lab.ok ? lab.value : emptyLab
}

export function deleteLab(dir: string): Promise<Result<null>> {
  return deleted(dir)
}

async function deleted(dir: string): Promise<Result<null>> {
  try {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 })
    return ok(null)
  } catch (error) {
    return fail('no-permission', `${dir} was not deleted: ${String(error)}`)
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
