import { isSame, verifyConsistency } from '#cores/notary/receipt/merkle'
import type { NoteSignature } from '#cores/notary/receipt/signed-note'
import { cosign } from '#cores/notary/receipt/signing'
import { formatVerifierKey, makeVerifierKey, type VerifierKey } from '#cores/notary/receipt/verifier-key'
import { assert } from '#kit/assert'
import { type ByteReader, ByteWriter } from '#kit/bytes'
import type { Random } from '#kit/random'
import type { Secrets, SigningKey } from '#ports/secrets'
import type { Store } from '#ports/store'
import { isTaken, ownSpace, readOwn, written } from './own-space.ts'

export interface WitnessParts {
  /** Of the keys of this witness: they change, it does not. */
  readonly name: string
  readonly store: Store
  readonly secrets: Secrets
  readonly random: Random
}

/** So many leaves, and the root over them. */
export interface TreePoint {
  readonly size: number
  readonly root: Uint8Array
}

export interface ToCosign extends TreePoint {
  /** The checkpoint that says so. */
  readonly text: string
  readonly atSeconds: number
  /** That the larger tree begins with all of the smaller one; null: there is no such proof. */
  readonly prove: (from: number, to: number) => readonly Uint8Array[] | null
}

export type Cosigned =
  | { readonly kind: 'signed'; readonly signature: NoteSignature }
  /** It has put its name to a larger one, or its disk does not take a promise now. */
  | { readonly kind: 'not-now' }
  /** It would contradict what it has signed. */
  | { readonly kind: 'contradiction'; readonly last: TreePoint }

/** What the key has promised, under which name it lies in this node's keys. The two live and are lost together. */
interface Memory {
  readonly keyName: string
  readonly last: TreePoint | null
}

const memoryKey = 'witness'

/**
 * This peer as a witness. What it puts its name to goes on from all that it signed before, by a proof; and its memory of
 * that is on the disk before the signature exists. Whoever loses the memory has no right to the key any more, so a new
 * one begins with a new memory.
 */
export class Witness {
  readonly #parts: WitnessParts
  #memory: Memory | null
  #signing: SigningKey | null = null
  #key: VerifierKey | null = null
  #keyText = ''

  constructor(parts: WitnessParts) {
    this.#parts = parts
    this.#memory = readOwn(parts.store, memoryKey, readMemory)
    this.#signing = this.#memory === null ? null : parts.secrets.key(this.#memory.keyName)
    this.#nameKey()
  }

  /** null: the disk does not take one. */
  get key(): VerifierKey | null {
    if (this.#key === null) this.#begin()
    return this.#key
  }

  /** As others write it down; empty: there is none. */
  get keyText(): string {
    return this.key === null ? '' : this.#keyText
  }

  cosign({ size, root, text, atSeconds, prove }: ToCosign): Cosigned {
    const { key } = this
    const memory = this.#memory
    const signing = this.#signing
    if (key === null || memory === null || signing === null) return { kind: 'not-now' }
    const { last } = memory
    if (last !== null && size < last.size) return { kind: 'not-now' }
    if (last !== null && !this.#goesOn(last, { size, root }, prove)) return { kind: 'contradiction', last }
    if (last?.size !== size && !this.#remember({ ...memory, last: { size, root } })) return { kind: 'not-now' }
    return { kind: 'signed', signature: cosign({ key, sign: (bytes) => signing.sign(bytes), text, atSeconds }) }
  }

  #goesOn(last: TreePoint, next: TreePoint, prove: ToCosign['prove']): boolean {
    if (last.size === next.size) return isSame(last.root, next.root)
    const hashes = prove(last.size, next.size)
    if (hashes === null) return false
    const { sha256 } = this.#parts.secrets
    return verifyConsistency({
      sha256,
      from: last.size,
      to: next.size,
      fromRoot: last.root,
      toRoot: next.root,
      hashes,
    })
  }

  /** Also when the memory is there and its key is not: nobody can sign with what is lost. */
  #begin(): void {
    const { secrets, random } = this.#parts
    const draws = random.fork('witness')
    let keyName = ''
    do keyName = `witness-${draws.below(2 ** 32).toString(16)}`
    while (secrets.key(keyName) !== null)
    // The key first: a key that no memory knows is never used, a memory without its key begins again.
    if (!isTaken(() => void secrets.makeKey(keyName))) return
    if (!this.#remember({ keyName, last: this.#memory?.last ?? null })) return
    this.#signing = secrets.key(keyName)
    this.#nameKey()
  }

  #remember(memory: Memory): boolean {
    const isOnDisk = written(this.#parts.store, (tx) => tx.put(ownSpace, memoryKey, encodeMemory(memory)))
    if (isOnDisk) this.#memory = memory
    return isOnDisk
  }

  #nameKey(): void {
    if (this.#signing === null) return
    const { name, secrets } = this.#parts
    this.#key = makeVerifierKey({ name, use: 'witness', publicKey: this.#signing.publicKey }, secrets.sha256)
    assert(this.#key !== null, `a witness of this name: ${name}`)
    this.#keyText = formatVerifierKey(this.#key)
  }
}

function encodeMemory({ keyName, last }: Memory): Uint8Array {
  const writer = new ByteWriter().text(keyName)
  return last === null ? writer.byte(0).done() : writer.byte(1).number(last.size).bytes(last.root).done()
}

function readMemory(reader: ByteReader): Memory {
  const keyName = reader.text()
  return { keyName, last: reader.boolean() ? { size: reader.count(), root: reader.bytes().slice() } : null }
}
