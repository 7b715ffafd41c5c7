import type { NotaryCommand, NotaryStatus } from '#cores/notary/messages'
import { isSame } from '#cores/notary/receipt/merkle'
import type { Sign } from '#cores/notary/receipt/signing'
import {
  formatVerifierKey,
  makeVerifierKey,
  parseVerifierKey,
  type VerifierKey,
} from '#cores/notary/receipt/verifier-key'
import type { RaftView } from '#cores/raft/messages'
import { assert } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { toHex } from '#kit/hex'
import type { NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Secrets, SigningKey } from '#ports/secrets'
import type { Letter, Post } from '../post.ts'
import { isTaken } from './own-space.ts'

export interface LogKeyParts {
  readonly origin: string
  readonly peers: readonly NodeId[]
  readonly post: Post
  readonly secrets: Secrets
  readonly view: () => RaftView
  readonly status: () => NotaryStatus
  readonly propose: (command: NotaryCommand, done: (result: Result<unknown>) => void) => void
}

/** Whoever has it signs for the log. */
export interface LogSigner {
  readonly key: VerifierKey
  readonly sign: Sign
}

const kinds = { key: 'log-key', kept: 'log-key-kept', wanted: 'log-key-wanted' } as const
const ownName = 'log-own'
/** Founding takes a few of these, and who lacks the key asks this often. */
const everyTicks = 8

/**
 * The key of the log, which is born in the group and never in its log. Whoever leads before the notary is founded makes
 * one, and names it in the log once a majority has it on their disks; the first one that the log names counts. Each key
 * is kept under a name made of itself, so that two leaders' keys cannot push each other out.
 */
export class LogKey {
  readonly #parts: LogKeyParts
  readonly #keptBy = new Set<NodeId>()
  #isProposed = false
  #ticks = 0
  #current: LogSigner | null = null

  constructor(parts: LogKeyParts) {
    this.#parts = parts
    const { peers, post } = parts
    post.read(Object.values(kinds), (letter) => {
      // Clients are heard on the same wire, and no key is theirs.
      if (!peers.includes(letter.from)) return 'malformed'
      return this.#heard(letter) ? null : 'malformed'
    })
  }

  /** Of the notary as it is founded; null: it is not yet, or this peer has not got its key yet. */
  get current(): LogSigner | null {
    if (this.#current !== null) return this.#current
    const key = this.#founded
    const signing = key === null ? null : this.#find(key.publicKey)
    if (key !== null && signing !== null) this.#current = { key, sign: (bytes) => signing.sign(bytes) }
    return this.#current
  }

  get #founded(): VerifierKey | null {
    const { status, secrets } = this.#parts
    const { logKey } = status()
    return logKey === null ? null : parseVerifierKey(logKey, secrets.sha256)
  }

  tick(): void {
    this.#ticks += 1
    if (this.#ticks % everyTicks !== 0) return
    const { view, peers, post } = this.#parts
    const founded = this.#founded
    if (founded === null) {
      if (view().role === 'leader') this.#found()
    } else if (this.current === null) {
      for (const to of peers) post.send(to, { kind: kinds.wanted, body: founded.publicKey, cause: null })
    }
  }

  #found(): void {
    const { secrets, view, origin: name, propose } = this.#parts
    if (!isTaken(() => void secrets.makeKey(ownName))) return
    const own = secrets.key(ownName)
    if (own === null) return
    const voters = view().membership.flatMap(({ node, isVoter }) => (isVoter ? [node] : []))
    for (const to of voters) if (to !== view().id && !this.#keptBy.has(to)) this.#handOver(to, ownName)
    const holders = voters.filter((node) => node === view().id || this.#keptBy.has(node)).length
    if (this.#isProposed || holders * 2 <= voters.length) return
    const key = makeVerifierKey({ name, use: 'log', publicKey: own.publicKey }, secrets.sha256)
    assert(key !== null, `an origin names keys: ${name}`)
    this.#isProposed = true
    propose({ kind: 'found', origin: name, logKey: formatVerifierKey(key) }, () => {
      this.#isProposed = false
    })
  }

  #heard({ from, kind, body }: Letter): boolean {
    switch (kind) {
      case kinds.key:
        return this.#keep(from, body)
      case kinds.kept: {
        const own = this.#parts.secrets.key(ownName)
        if (own !== null && isSame(own.publicKey, body)) this.#keptBy.add(from)
        return body.length === keyBytes
      }
      default: {
        if (body.length !== keyBytes) return false
        const name = this.#nameHere(body)
        if (name !== null) this.#handOver(from, name)
        return true
      }
    }
  }

  #keep(from: NodeId, body: Uint8Array): boolean {
    const { secrets, post } = this.#parts
    const reader = new ByteReader(body)
    const publicKey = reader.bytes().slice()
    const secret = reader.bytes().slice()
    if (!reader.isDone || publicKey.length !== keyBytes || secret.length !== keyBytes) return false
    const founded = this.#founded
    // Of a founding that came to nothing.
    if (founded !== null && !isSame(founded.publicKey, publicKey)) return true
    if (this.#find(publicKey) === null) {
      const name = nameOf(publicKey)
      let isKey = false
      const isKept = isTaken(() => {
        isKey = secrets.keepKey(name, secret)
      })
      if (!isKept) return true
      if (!isKey || this.#find(publicKey) === null) return false
    }
    post.send(from, { kind: kinds.kept, body: publicKey, cause: null })
    return true
  }

  #handOver(to: NodeId, name: string): void {
    const { secrets, post } = this.#parts
    const key = secrets.key(name)
    const secret = secrets.secretOf(name)
    if (key === null || secret === null) return
    post.send(to, { kind: kinds.key, body: new ByteWriter().bytes(key.publicKey).bytes(secret).done(), cause: null })
  }

  #find(publicKey: Uint8Array): SigningKey | null {
    const name = this.#nameHere(publicKey)
    return name === null ? null : this.#parts.secrets.key(name)
  }

  #nameHere(publicKey: Uint8Array): string | null {
    const { secrets } = this.#parts
    const isHere = (name: string): boolean => {
      const key = secrets.key(name)
      return key !== null && isSame(key.publicKey, publicKey)
    }
    return [ownName, nameOf(publicKey)].find(isHere) ?? null
  }
}

const keyBytes = 32

/** Long enough that nobody finds two keys of one name. */
function nameOf(publicKey: Uint8Array): string {
  return `log-${toHex(publicKey.subarray(0, 12))}`
}
