import type { RecordView } from '#contract/worker/desk'
import { blockHash, blockOf } from '#cores/notary/index'
import type { NotaryRecord, RegisterOutcome } from '#cores/notary/messages'
import type { DialectBlock } from '#dialects/notary/index'
import { toHex } from '#kit/hex'
import type { Sha256 } from '#kit/sha256'

/** The record as our own programs see it, with its hash computed anew. */
export function recordView(record: NotaryRecord, sha256: Sha256): RecordView {
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
    computedHash: blockHash(sha256, blockOf(record)),
  }
}

export function outcomeJson(outcome: RegisterOutcome, sha256: Sha256): string {
  if (outcome.kind === 'refused') return `{"kind":"refused","why":"${outcome.why}"}`
  return `{"kind":"${outcome.kind}","record":${JSON.stringify(recordView(outcome.record, sha256))}}`
}

/** The record as the dialects see it. */
export function dialectBlock(record: NotaryRecord): DialectBlock {
  return { ...blockOf(record), atMs: record.atMs }
}
