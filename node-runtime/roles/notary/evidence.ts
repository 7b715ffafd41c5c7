import type { BrokenCheck, NotaryAnswers, NotaryQuery, NotaryRecord } from '#cores/notary/messages'
import { notaryLimits } from '#cores/notary/messages'
import type { Sha256 } from '#kit/sha256'
import { isLeafIn, type Look, recordFault, type Unproven } from './proven.ts'

/** What this peer's copy holds, as it stands, and where it does not fit together. It proves nothing. */
export interface Evidence {
  readonly records: readonly NotaryRecord[]
  /** Of these records, and of the one after them if there is none that can be read. */
  readonly breaks: readonly { readonly index: number; readonly check: string }[]
  readonly size: number
}

export interface EvidenceParts {
  readonly look: Look
  /** null: what is there cannot be read. */
  readonly tryLook: <Query extends NotaryQuery>(query: Query) => NotaryAnswers[Query['kind']] | null
  readonly sha256: Sha256
}

interface Looked extends Evidence {
  readonly breaks: readonly Unproven[]
  /** The first thing found wrong; it may be the record before, which the first of these goes on from. null: nothing. */
  readonly first: Unproven | null
}

/**
 * Each record with the first check that it fails, as an examination makes them, but for the indexes: those are looked at
 * from their beginning or not at all, which is an examination.
 */
export function evidenceFrom(from: number, limit: number, { look, tryLook, sha256 }: EvidenceParts): Looked {
  const { size } = look({ kind: 'status' })
  const page = tryLook({ kind: 'records', from, limit, order: 'up' })
  const records = page?.records ?? oneByOne(from, limit, tryLook)
  const breaks: Unproven[] = []
  let before = from === 0 ? null : recordAt(from - 1, tryLook)
  let last = before === null ? null : ownFault(before, { look, sha256 })
  let first: Unproven | null = before === null || last === null ? null : { index: before.index, check: last }
  for (const record of records) {
    const own = ownFault(record, { look, sha256 })
    // Of a record that is wrong itself, the hash that stands beside it accuses nobody.
    const isLinked = before === null || last !== null || record.previousHash === before.hash
    last = isLinked || own === 'document-hash' ? own : 'chain'
    if (last !== null) breaks.push({ index: record.index, check: last })
    before = record
  }
  const next = from + records.length
  if (page === null) breaks.push({ index: next, check: 'unreadable' })
  else if (records.length === 0 && from < size && limit > 0) breaks.push({ index: next, check: 'missing' })
  first ??= breaks[0] ?? null
  return { records, breaks, size, first }
}

/** Up to the one that cannot be read. */
function oneByOne(from: number, limit: number, tryLook: EvidenceParts['tryLook']): readonly NotaryRecord[] {
  const records: NotaryRecord[] = []
  while (records.length < limit) {
    const record = recordAt(from + records.length, tryLook)
    if (record === null) break
    records.push(record)
  }
  return records
}

function recordAt(index: number, tryLook: EvidenceParts['tryLook']): NotaryRecord | null {
  return tryLook({ kind: 'records', from: index, limit: 1, order: 'up' })?.records[0] ?? null
}

/** Without a look at its neighbours. */
function ownFault(record: NotaryRecord, { look, sha256 }: Pick<EvidenceParts, 'look' | 'sha256'>): BrokenCheck | null {
  const { tileWidth } = notaryLimits
  const tile = Math.floor(record.index / tileWidth)
  const { hashes } = look({ kind: 'tile', level: 0, tile, width: (record.index % tileWidth) + 1 })
  return recordFault(record, sha256) ?? (isLeafIn(hashes, record, sha256) ? null : 'tree')
}
