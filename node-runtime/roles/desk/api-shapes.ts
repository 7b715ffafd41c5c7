import type { ChainBreak, ChainPage, OutboxOrder, RecordView } from '#contract/worker/desk'
import type { NodeId } from '#kit/ids'
import { countOf, fieldOf, hashOf, listOf, nodeOf, textOf } from './json-values.ts'

/** What peers say in JSON, as far as the desk reads it. Each of these is null for what does not fit. */
export const shapeLimits = {
  titleCharsMax: 400,
  registrantCharsMax: 200,
  textCharsMax: 64 * 1024,
  recordsMax: 1_000,
  outcomesMax: 10_000,
  whyCharsMax: 100,
  cursorCharsMax: 200,
  originCharsMax: 200,
  addressCharsMax: 300,
  membersMax: 64,
  policyCharsMax: 16 * 1024,
  receiptCharsMax: 16 * 1024,
} as const

export function recordIn(value: unknown): RecordView | null {
  const of = (name: string): unknown => fieldOf(value, name)
  const kind = of('kind')
  if (kind !== 'text' && kind !== 'file' && kind !== 'genesis') return null
  const index = countOf(of('index'))
  const sha256 = hashOf(of('sha256'))
  const title = textOf(of('title'), shapeLimits.titleCharsMax)
  const registrant = textOf(of('registrant'), shapeLimits.registrantCharsMax)
  const atMs = of('atMs')
  const leader = nodeOf(of('leader'))
  const hash = hashOf(of('hash'))
  const computedHash = hashOf(of('computedHash'))
  const previousHash = kind === 'genesis' ? textOf(of('previousHash'), 64) : hashOf(of('previousHash'))
  const term = countOf(of('term'))
  if (index === null || sha256 === null || title === null || registrant === null || term === null) return null
  if (hash === null || computedHash === null || previousHash === null) return null
  if (typeof atMs !== 'number' || !Number.isFinite(atMs)) return null
  return {
    index,
    kind,
    text: textOf(of('text'), shapeLimits.textCharsMax),
    sha256,
    bytes: countOf(of('bytes')),
    title,
    registrant,
    atMs,
    errorMs: numberOrNull(of('errorMs')),
    // The genesis block has no leader; whoever reads it shows none.
    leader: leader ?? ('' as NodeId), // only ever shown
    term,
    previousHash,
    hash,
    computedHash,
  }
}

export interface RecordsAnswer {
  readonly records: readonly RecordView[]
  /** To be given back for what follows. */
  readonly cursor: string | null
  readonly size: number | null
}

export function recordsIn(value: unknown): RecordsAnswer | null {
  const list = fieldOf(value, 'records') ?? fieldOf(value, 'documents')
  const records = listOf(list, recordIn, shapeLimits.recordsMax)
  if (records === null) return null
  return {
    records,
    cursor: textOf(fieldOf(value, 'next'), shapeLimits.cursorCharsMax),
    size: countOf(fieldOf(value, 'size')),
  }
}

export function chainIn(value: unknown): ChainPage | null {
  const page = recordsIn(value)
  const breaks = listOf(fieldOf(value, 'breaks'), breakIn, shapeLimits.recordsMax)
  if (page === null || page.size === null || breaks === null) return null
  return { records: page.records, breaks, broken: breakIn(fieldOf(value, 'broken')), size: page.size }
}

function breakIn(value: unknown): ChainBreak | null {
  const index = countOf(fieldOf(value, 'index'))
  const check = textOf(fieldOf(value, 'check'), shapeLimits.whyCharsMax)
  return index === null || check === null ? null : { index, check }
}

/** What became of one registration of a batch. */
export type ApiOutcome =
  | { readonly kind: 'registered' | 'same-document' | 'same-id'; readonly record: RecordView }
  | { readonly kind: 'refused'; readonly why: string }

/** null also when they are not as many as were asked for: whom they are about is their place. */
export function outcomesIn(value: unknown, asked: number): readonly ApiOutcome[] | null {
  const outcomes = listOf(fieldOf(value, 'outcomes'), outcomeIn, shapeLimits.outcomesMax)
  return outcomes?.length === asked ? outcomes : null
}

function outcomeIn(value: unknown): ApiOutcome | null {
  const kind = fieldOf(value, 'kind')
  if (kind === 'refused') return { kind, why: textOf(fieldOf(value, 'why'), shapeLimits.whyCharsMax) ?? 'malformed' }
  if (kind !== 'registered' && kind !== 'same-document' && kind !== 'same-id') return null
  const record = recordIn(fieldOf(value, 'record'))
  return record === null ? null : { kind, record }
}

/** An order as a registration of a batch. */
export function registrationOf({ id, document, title, registrant }: OutboxOrder): object {
  const what =
    document.kind === 'text' ? { document: document.text } : { sha256: document.sha256, bytes: document.bytes }
  return { id, ...what, title, registrant }
}

/** What a peer says of itself and its group. */
export interface PeerStatus {
  readonly origin: string | null
  readonly size: number
  readonly root: string
  readonly head: string
  readonly leader: NodeId | null
  readonly witnessedSize: number
}

export function statusIn(value: unknown): PeerStatus | null {
  const of = (name: string): unknown => fieldOf(value, name)
  const size = countOf(of('size'))
  const root = hashOf(of('root'))
  const head = hashOf(of('head'))
  if (size === null || root === null || head === null) return null
  return {
    origin: textOf(of('origin'), shapeLimits.originCharsMax),
    size,
    root,
    head,
    leader: nodeOf(of('leader')),
    witnessedSize: countOf(of('witnessedSize')) ?? 0,
  }
}

export interface MemberAddress {
  readonly nodeId: NodeId
  readonly address: string
}

export function membersIn(value: unknown): readonly MemberAddress[] | null {
  return listOf(
    fieldOf(value, 'members'),
    (member) => {
      const nodeId = nodeOf(fieldOf(member, 'nodeId'))
      const address = textOf(fieldOf(member, 'address'), shapeLimits.addressCharsMax)
      return nodeId === null || address === null ? null : { nodeId, address }
    },
    shapeLimits.membersMax,
  )
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
