import type { BrokenCheck, NotaryAnswers, NotaryQuery, NotaryRecord } from '#cores/notary/messages'
import { notaryLimits } from '#cores/notary/messages'
import { encodeLeaf } from '#cores/notary/receipt/leaf'
import { hashBytes, isSame, leafHash, verifyConsistency, verifyInclusion } from '#cores/notary/receipt/merkle'
import type { Sha256 } from '#kit/sha256'

/** Asks this peer's own state, within the present turn. */
export type Look = <Query extends NotaryQuery>(query: Query) => NotaryAnswers[Query['kind']]

/** What this peer was about to say and cannot prove. */
export interface Unproven {
  readonly index: number
  readonly check: BrokenCheck
}

interface Against {
  readonly look: Look
  readonly sha256: Sha256
}

/** A peer never serves what it cannot prove: each answer is held against the tree before it goes out. null: it stands. */
export function unprovenIn<Query extends NotaryQuery>(
  query: Query,
  answer: NotaryAnswers[Query['kind']],
  against: Against,
): Unproven | null {
  const asked: NotaryQuery = query
  switch (asked.kind) {
    case 'inclusion':
      return inclusionFault(asked, answer as NotaryAnswers['inclusion'], against) // the kind was looked at
    case 'consistency':
      return consistencyFault(asked, answer as NotaryAnswers['consistency'], against) // the kind was looked at
    case 'records':
    case 'by-hash':
    case 'search':
      return recordsFault((answer as NotaryAnswers['by-hash']).records, against) // what all three of them have
    case 'by-id': {
      const { record } = answer as NotaryAnswers['by-id'] // the kind was looked at
      return record === null ? null : recordsFault([record], against)
    }
    default:
      return null
  }
}

function inclusionFault(
  { index, size }: Extract<NotaryQuery, { kind: 'inclusion' }>,
  { proof }: NotaryAnswers['inclusion'],
  { look, sha256 }: Against,
): Unproven | null {
  // The machine makes no proof of a record that is not what its leaf says.
  if (proof === null) return index < size && size <= look({ kind: 'status' }).size ? { index, check: 'tree' } : null
  const { root } = look({ kind: 'root', size })
  const hash = leafHash(sha256, encodeLeaf(proof.record))
  const isProven =
    root !== null &&
    isSame(proof.leaf, encodeLeaf(proof.record)) &&
    verifyInclusion({ sha256, index, size, leafHash: hash, hashes: proof.hashes, root })
  return isProven ? null : { index, check: 'tree' }
}

function consistencyFault(
  { from, to }: Extract<NotaryQuery, { kind: 'consistency' }>,
  { hashes }: NotaryAnswers['consistency'],
  { look, sha256 }: Against,
): Unproven | null {
  if (hashes === null) return from <= to && to <= look({ kind: 'status' }).size ? { index: from, check: 'tree' } : null
  const { root: fromRoot } = look({ kind: 'root', size: from })
  const { root: toRoot } = look({ kind: 'root', size: to })
  const isProven =
    fromRoot !== null && toRoot !== null && verifyConsistency({ sha256, from, to, fromRoot, toRoot, hashes })
  return isProven ? null : { index: from, check: 'tree' }
}

function recordsFault(records: readonly NotaryRecord[], { look, sha256 }: Against): Unproven | null {
  const { tileWidth } = notaryLimits
  const { size } = look({ kind: 'status' })
  const tiles = new Map<number, Uint8Array | null>()
  for (const record of records) {
    const { index } = record
    const tile = Math.floor(index / tileWidth)
    const from = tile * tileWidth
    if (!tiles.has(tile)) {
      const width = Math.min(tileWidth, size - from)
      tiles.set(tile, look({ kind: 'tile', level: 0, tile, width }).hashes)
    }
    const place = (index - from) * hashBytes
    const kept = tiles.get(tile)?.subarray(place, place + hashBytes)
    if (kept === undefined || !isSame(kept, leafHash(sha256, encodeLeaf(record)))) return { index, check: 'tree' }
  }
  return null
}
