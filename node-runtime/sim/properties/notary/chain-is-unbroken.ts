import type { NotaryRecord } from '#cores/notary/messages'
import { toHex } from '#kit/hex'
import type { Always } from '../../subject.ts'
import type { NotaryWords } from '../../subjects/notary/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'
import { ownBlockHash, textHash } from './knowledge/own-sums.ts'

/** Each block names the one before it, has the hash that its words have, and is not older than it. */
export const chainIsUnbroken: Always<NotaryWords> = {
  name: 'the chain is unbroken',
  start: () => (moment) => {
    const ledger = ledgerOf(moment)
    for (const record of ledger.fresh) {
      const place = ledger.size - ledger.fresh.length + ledger.fresh.indexOf(record)
      const broken =
        record.index === place ? brokenIn(record, ledger.record(place - 1)) : `calls itself ${record.index}`
      if (broken !== null) return `record ${place} ${broken}`
    }
    return null
  },
}

function brokenIn(record: NotaryRecord, before: NotaryRecord | undefined): string | null {
  const { document, sha256, previousHash, hash, atMs } = record
  if (previousHash !== (before?.hash ?? '0')) return 'does not go on from the one before it'
  if (hash !== ownBlockHash(record)) return 'has another hash than its block'
  if (document.kind === 'text' && toHex(sha256) !== textHash(document.text)) return 'has another hash than its text'
  return atMs < (before?.atMs ?? atMs) ? 'is older than the one before it' : null
}
