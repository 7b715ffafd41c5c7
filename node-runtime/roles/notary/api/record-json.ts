import type { RecordView } from '#contract/worker/desk'
import { blockHash, blockOf } from '#cores/notary/index'
import type { NotaryRecord, RegisterOutcome } from '#cores/notary/messages'
import type { DialectBlock } from '#dialects/notary/index'
import { toHex } from '#kit/hex'
import type { Sha256 } from '#kit/sha256'

/** The record as our own programs see it, with its hash computed anew. */
export function recordView(record: NotaryRecord, sha256: Sha256): RecordView {
  return viewOf(record, blockHash(sha256, blockOf(record)))
}

function viewOf(record: NotaryRecord, computedHash: string): RecordView {
  const { index, document, title, registrant, atMs, by, previousHash, hash } = record
  return {
    index,
    kind: index === 0 ? 'genesis' : document.kind,
    text: document.kind === 'text' ? document.text : null,
    sha256: toHex(record.sha256),
    bytes: document.kind === 'file' ? document.bytes : null,
    title,
    registrant,
    atMs,
    errorMs: by.errorMs,
    leader: by.leader,
    term: by.term,
    previousHash,
    hash,
    computedHash,
  }
}

export function outcomeJson(outcome: RegisterOutcome, sha256: Sha256): string {
  if (outcome.kind === 'refused') return `{"kind":"refused","why":"${outcome.why}"}`
  const { kind, record } = outcome
  // What is new was hashed when it was applied here, a moment ago: once more would tell nothing.
  const view = kind === 'registered' ? viewOf(record, record.hash) : recordView(record, sha256)
  return `{"kind":"${kind}","record":${viewJson(view)}}`
}

/** As JSON.stringify writes it, in a third of the time: only texts may hold what has to be escaped. */
function viewJson(view: RecordView): string {
  const { index, kind, text, sha256, bytes, title, registrant, atMs, errorMs, leader, term } = view
  const { previousHash, hash, computedHash } = view
  return `{"index":${index},"kind":"${kind}","text":${JSON.stringify(text)},"sha256":"${sha256}","bytes":${bytes},"title":${JSON.stringify(title)},"registrant":${JSON.stringify(registrant)},"atMs":${atMs},"errorMs":${errorMs},"leader":"${leader}","term":${term},"previousHash":"${previousHash}","hash":"${hash}","computedHash":"${computedHash}"}`
}

/** The record as the dialects see it. */
export function dialectBlock(record: NotaryRecord): DialectBlock {
  return { ...blockOf(record), atMs: record.atMs }
}
