import type { NotaryRecord } from '#cores/notary/messages'
import { encodeLeaf } from '#cores/notary/receipt/leaf'
import { encodeRecord } from '#cores/notary/record-codec'
import { crc32 } from '#kit/crc32'
import { toHex } from '#kit/hex'
import type { Moment } from '../../../subject.ts'
import type { NotaryWords } from '../../../subjects/notary/words.ts'
import { OwnTree } from './own-sums.ts'

/** What an observer knows of a notary: the chain, as it was first seen at any peer. No peer may ever have another. */
export class Ledger {
  readonly #records: NotaryRecord[] = []
  readonly #marks: string[] = []
  readonly #tree = new OwnTree()
  /** Seen for the first time in the present moment. */
  readonly fresh: NotaryRecord[] = []
  /** What a peer has and another had not, in the present moment. */
  readonly contradictions: string[] = []
  #tick = -1

  get size(): number {
    return this.#records.length
  }

  record(index: number): NotaryRecord | undefined {
    return this.#records[index]
  }

  /** As the definitions have it, over the records that are known. Of a larger size nothing is known: null. */
  rootAt(size: number): string | null {
    return size > this.size ? null : toHex(this.#tree.root(size))
  }

  path(index: number, size: number): readonly Uint8Array[] {
    return this.#tree.path(index, size)
  }

  proof(from: number, to: number): readonly Uint8Array[] {
    return this.#tree.proof(from, to)
  }

  /** Whether this is the record that stands at its place; where nothing is known of it yet, it may be. */
  isKnown(record: NotaryRecord): boolean {
    const mark = this.#marks[record.index]
    return mark === undefined || mark === markOf(record)
  }

  take({ tick, notes }: Moment<NotaryWords>): void {
    if (tick === this.#tick) return
    this.#tick = tick
    this.fresh.length = 0
    this.contradictions.length = 0
    for (const { node, note } of notes) {
      if (note.kind !== 'holds') continue
      const { from, records } = note
      records.forEach((record, at) => {
        this.#see(node, from + at, record)
      })
    }
  }

  #see(node: string, index: number, record: NotaryRecord): void {
    const mark = this.#marks[index]
    if (mark !== undefined && mark !== markOf(record)) {
      this.contradictions.push(`${node} has another record ${index} than was seen before`)
    }
    if (mark !== undefined || index !== this.size) return
    this.#records.push(record)
    this.#marks.push(markOf(record))
    this.#tree.add(encodeLeaf(record))
    this.fresh.push(record)
  }
}

/** All of a record: its bytes, and the leaf, which has what the block does not. */
function markOf(record: NotaryRecord): string {
  return `${record.hash} ${crc32(encodeRecord(record))} ${crc32(encodeLeaf(record))}`
}

const ledgers = new WeakMap<Moment<NotaryWords>, Ledger>()
/** The last answer, because the same is asked several times a tick. */
let latest: { readonly moment: Moment<NotaryWords>; readonly ledger: Ledger } | null = null

/** One for each run: each run has one moment that is filled anew. */
export function ledgerOf(moment: Moment<NotaryWords>): Ledger {
  if (latest?.moment !== moment) {
    const ledger = ledgers.get(moment) ?? new Ledger()
    ledgers.set(moment, ledger)
    latest = { moment, ledger }
  }
  const { ledger } = latest
  ledger.take(moment)
  return ledger
}
