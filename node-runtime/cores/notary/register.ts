import { assert } from '#kit/assert'
import { encodeText } from '#kit/bytes'
import type { Sha256 } from '#kit/sha256'
import type { Command, StateTx } from '#kit/state-machine'
import { RegisteredWriter } from './answer-codec.ts'
import { type FingerMemo, type Fingers, fingerOf } from './fingers.ts'
import { type FreshFingers, GrowingChain } from './growing-chain.ts'
import { type NotaryCommand, type NotaryRecord, notaryLimits, type Registration } from './messages.ts'
import { isSame } from './receipt/merkle.ts'
import { decodeRecord, encodeRecord } from './record-codec.ts'
import { refusalOf } from './registration-limits.ts'
import type { Head } from './rows.ts'
import { StoredRecords } from './stored-records.ts'

type RegisterCommand = Extract<NotaryCommand, { kind: 'register' }>

interface RegisterParts {
  readonly state: StateTx
  readonly sha256: Sha256
  readonly head: Head
  readonly memo: FingerMemo
  readonly command: RegisterCommand
  readonly entry: Command
}

/** Registers one after the other, so that a later one finds an earlier one of the same command. */
export function registerAll({ state, sha256, head, memo, command, entry }: RegisterParts): Uint8Array {
  const tables = memo.at(state, head)
  // Without them what stands here already would be registered again, on this peer alone.
  assert(tables !== null, 'fingers of documents and ids are there')
  memo.unsettle()
  const registrar = new Registrar({ state, sha256, head, tables, command, entry })
  for (const registration of command.registrations) registrar.register(registration)
  const { after, answer } = registrar.finish()
  memo.advance(after)
  return answer
}

class Registrar {
  readonly #parts: Omit<RegisterParts, 'memo'> & { readonly tables: Fingers }
  readonly #chain: GrowingChain
  readonly #stored: StoredRecords
  readonly #answer: RegisteredWriter
  /** What this command has added and not written yet stands in its answer, from here to there. */
  readonly #fresh: { readonly from: number; readonly length: number }[] = []

  constructor(parts: Omit<RegisterParts, 'memo'> & { readonly tables: Fingers }) {
    this.#parts = parts
    this.#chain = new GrowingChain(parts.state, parts.sha256, parts.head)
    this.#stored = new StoredRecords(parts.state)
    this.#answer = new RegisteredWriter(parts.command.registrations.length)
  }

  register(registration: Registration): void {
    const { sha256, tables, command } = this.#parts
    const refusal = refusalOf(registration)
    if (refusal !== null) return this.#answer.refused(refusal)
    const { id, document } = registration
    const idFinger = id === null ? null : fingerOf(sha256, encodeText(id))
    if (idFinger !== null) {
      const known = tables.ids.find(idFinger, (index) => this.#record(index)?.id === id)
      if (known !== null) return this.#again(registration, known)
    }
    const hash = document.kind === 'text' ? sha256(encodeText(document.text)) : document.sha256
    const fingers = { document: fingerOf(sha256, hash), id: idFinger }
    const first = tables.hashes.find(fingers.document, (index) => isSame(this.#record(index)?.sha256 ?? nothing, hash))
    if (first !== null && command.duplicates === 'found') return this.#found('same-document', first)
    this.#add(registration, { hash, fingers, first })
  }

  finish(): { readonly after: Head; readonly answer: Uint8Array } {
    const after = this.#fresh.length === 0 ? this.#parts.head : this.#chain.finish()
    return { after, answer: this.#answer.done(after.size) }
  }

  #add({ id, document, title, registrant }: Registration, { hash, fingers, first }: Looked): void {
    const { entry, command, tables } = this.#parts
    const bytes = this.#chain.add(
      {
        document: document.kind === 'text' ? document : { ...document, sha256: hash },
        sha256: hash,
        title,
        registrant,
        id,
        atMs: Math.floor(entry.atMs),
        lamport: entry.lamport,
        by: command.by,
        first,
        fingers,
      },
      tables,
    )
    const from = this.#answer.record('registered', bytes)
    this.#fresh.push({ from, length: bytes.length })
  }

  /** The same id for something else is a mistake of whoever asks, and must not be told as done. */
  #again({ document, title, registrant }: Registration, index: number): void {
    const record = this.#record(index)
    const hash = document.kind === 'text' ? this.#parts.sha256(encodeText(document.text)) : document.sha256
    const isMeant =
      record?.title === title &&
      record.registrant === registrant &&
      record.document.kind === document.kind &&
      isSame(record.sha256, hash)
    if (isMeant) this.#found('same-id', index)
    else this.#answer.refused('id-taken')
  }

  #found(kind: 'same-document' | 'same-id', index: number): void {
    const record = this.#record(index)
    const bytes = record === null ? nothing : encodeRecord(record)
    // A short request may name a long text, so only this kind of answer can outgrow what was asked.
    if (this.#answer.length + bytes.length > foundBytesMax) return this.#answer.refused('too-large')
    this.#answer.record(kind, bytes)
  }

  #record(index: number): NotaryRecord | null {
    const { size } = this.#parts.head
    if (index < size) return this.#stored.record(index) ?? null
    const fresh = this.#fresh[index - size]
    return fresh === undefined ? null : decodeRecord(this.#answer.written(fresh.from, fresh.length))
  }
}

interface Looked {
  readonly hash: Uint8Array
  readonly fingers: FreshFingers
  readonly first: number | null
}

const nothing = new Uint8Array(0)
/** Leaves room for what a full command of new ones adds. */
const foundBytesMax = notaryLimits.answerBytesMax * 0.9
