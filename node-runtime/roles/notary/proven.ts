import { blockHash, blockOf } from '#cores/notary/index'
import type {
  BrokenCheck,
  NotaryAnswers,
  NotaryQuery,
  NotaryRecord,
  RegisterOutcome,
  Registration,
} from '#cores/notary/messages'
import { notaryLimits } from '#cores/notary/messages'
import { encodeLeaf } from '#cores/notary/receipt/leaf'
import { climb, hashBytes, isSame, leafHash, verifyConsistency } from '#cores/notary/receipt/merkle'
import { encodeText } from '#kit/bytes'
import type { Sha256 } from '#kit/sha256'
import type { BoundTree } from './bound-tree.ts'

/** Asks this peer's own state, within the present turn. */
export type Look = <Query extends NotaryQuery>(query: Query) => NotaryAnswers[Query['kind']]

/** What this peer was about to say and cannot prove. */
export interface Unproven {
  readonly index: number
  readonly check: BrokenCheck
}

export interface Against {
  readonly look: Look
  readonly sha256: Sha256
  readonly tree: BoundTree
}

type Asked<Kind extends NotaryQuery['kind']> = Extract<NotaryQuery, { kind: Kind }>

const { tileWidth } = notaryLimits

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
    case 'root':
      return rootFault(asked, answer as NotaryAnswers['root'], against) // the kind was looked at
    case 'tile':
      return tileFault(asked, answer as NotaryAnswers['tile'], against) // the kind was looked at
    case 'by-hash':
      return byHashFault(asked, answer as NotaryAnswers['by-hash'], against) // the kind was looked at
    case 'records':
    case 'search':
      return recordsFault((answer as NotaryAnswers['search']).records, against) // what both of them have
    case 'by-id': {
      const { record } = answer as NotaryAnswers['by-id'] // the kind was looked at
      return record === null ? null : recordsFault([record], against)
    }
    default:
      return null
  }
}

/** What is said to stand here already is a read like any other. Of an id that is taken, it is what has taken it. */
export function unprovenAmong(
  outcomes: readonly RegisterOutcome[],
  registrations: readonly Registration[],
  against: Against,
): Unproven | null {
  const named = (outcome: RegisterOutcome, id: string | null) => {
    if (outcome.kind === 'registered') return null
    if (outcome.kind !== 'refused') return outcome.record
    return outcome.why === 'id-taken' && id !== null ? against.look({ kind: 'by-id', id }).record : null
  }
  const records = outcomes.flatMap((outcome, at) => named(outcome, registrations[at]?.id ?? null) ?? [])
  return recordsFault(records, against)
}

function inclusionFault(
  { index, size }: Asked<'inclusion'>,
  { proof }: NotaryAnswers['inclusion'],
  { sha256, tree }: Against,
): Unproven | null {
  // The machine makes no proof of a record that is not what its leaf says.
  if (proof === null) return index < size && size <= tree.size ? { index, check: 'tree' } : null
  const leaf = encodeLeaf(proof.record)
  const way = climb({ sha256, index, size, leafHash: leafHash(sha256, leaf), hashes: proof.hashes })
  const root = way?.at(-1)
  const isProven = root !== undefined && isSame(proof.leaf, leaf) && tree.isRoot(size, root)
  return isProven ? null : { index, check: 'tree' }
}

function consistencyFault(
  { from, to }: Asked<'consistency'>,
  { hashes }: NotaryAnswers['consistency'],
  { look, sha256, tree }: Against,
): Unproven | null {
  if (hashes === null) return from <= to && to <= tree.size ? { index: from, check: 'tree' } : null
  const { root: fromRoot } = look({ kind: 'root', size: from })
  const { root: toRoot } = look({ kind: 'root', size: to })
  const isProven =
    fromRoot !== null &&
    toRoot !== null &&
    verifyConsistency({ sha256, from, to, fromRoot, toRoot, hashes }) &&
    tree.isRoot(to, toRoot)
  return isProven ? null : { index: from, check: 'tree' }
}

function rootFault({ size }: Asked<'root'>, { root }: NotaryAnswers['root'], { tree }: Against): Unproven | null {
  if (size > tree.size) return null
  return root !== null && tree.isRoot(size, root) ? null : { index: Math.max(0, size - 1), check: 'tree' }
}

function tileFault(
  { level, tile, width }: Asked<'tile'>,
  { hashes }: NotaryAnswers['tile'],
  { tree }: Against,
): Unproven | null {
  if (width < 1 || width > tree.widthOf(level, tile)) return null
  const bound = tree.tile(level, tile)
  const isBound = hashes !== null && bound !== null && isSame(hashes, bound.subarray(0, hashes.length))
  return isBound ? null : { index: tile * tileWidth ** (level + 1), check: 'tree' }
}

/** A record of another document would be true, and no answer to what was asked. */
function byHashFault(
  { sha256: wanted }: Asked<'by-hash'>,
  { records }: NotaryAnswers['by-hash'],
  against: Against,
): Unproven | null {
  const other = records.find(({ sha256 }) => !isSame(sha256, wanted))
  return recordsFault(records, against) ?? (other === undefined ? null : { index: other.index, check: 'hash-index' })
}

/** The first of them that is not what its own hashes say, or not what the tree knows. */
function recordsFault(records: readonly NotaryRecord[], against: Against): Unproven | null {
  for (const record of records) {
    const { index } = record
    const check = recordFault(record, against.sha256) ?? leafFault(record, against)
    if (check !== null) return { index, check }
  }
  return null
}

/** What a record says of itself, before anything else is asked. */
export function recordFault(record: NotaryRecord, sha256: Sha256): 'document-hash' | 'block-hash' | null {
  const { document } = record
  if (document.kind === 'text' && !isSame(sha256(encodeText(document.text)), record.sha256)) return 'document-hash'
  return blockHash(sha256, blockOf(record)) === record.hash ? null : 'block-hash'
}

function leafFault(record: NotaryRecord, { sha256, tree }: Against): 'tree' | null {
  return isLeafIn(tree.tile(0, Math.floor(record.index / tileWidth)), record, sha256) ? null : 'tree'
}

/** `tile`: of the leaves. null: it is not there. */
export function isLeafIn(tile: Uint8Array | null, record: NotaryRecord, sha256: Sha256): boolean {
  const place = (record.index % tileWidth) * hashBytes
  const kept = tile?.subarray(place, place + hashBytes)
  return kept !== undefined && isSame(kept, leafHash(sha256, encodeLeaf(record)))
}
