import { encodeLeaf } from '#cores/notary/receipt/leaf'
import { isSame } from '#cores/notary/receipt/merkle'
import type { Always } from '../../subject.ts'
import type { NotaryWords, Shown } from '../../subjects/notary/words.ts'
import { type Ledger, ledgerOf } from './knowledge/ledger.ts'

/** Every proof is the one that the definitions give, and no peer with a sound disk finds that it cannot prove something. */
export const proofsProve: Always<NotaryWords> = {
  name: 'proofs prove',
  start: () => (moment) => {
    for (const { node, note } of moment.notes) {
      if (note.kind === 'shows-nothing' && note.code === 'store-damaged') return `${node} cannot prove what it holds`
      const wrong = note.kind === 'shown' ? wrongIn(note.shown, ledgerOf(moment)) : null
      if (wrong !== null) return `${node} ${wrong}`
    }
    return null
  },
}

function wrongIn({ query, answer }: Shown, ledger: Ledger): string | null {
  if (query.kind === 'inclusion' && 'proof' in answer) {
    const { index, size } = query
    const { proof } = answer
    if (proof === null || size > ledger.size) return null
    const record = ledger.record(index)
    const isRight = record !== undefined && isSame(proof.leaf, encodeLeaf(record)) && ledger.isKnown(proof.record)
    return isRight && areSame(proof.hashes, ledger.path(index, size))
      ? null
      : `proves record ${index} of ${size} wrongly`
  }
  if (query.kind === 'consistency' && 'hashes' in answer) {
    const { from, to } = query
    const { hashes } = answer
    if (hashes === null || to > ledger.size || areSame(hashes, ledger.proof(from, to))) return null
    return `proves wrongly that ${to} goes on from ${from}`
  }
  return null
}

function areSame(some: readonly Uint8Array[], others: readonly Uint8Array[]): boolean {
  return some.length === others.length && some.every((one, at) => isSame(one, others[at] ?? nothing))
}

const nothing = new Uint8Array(0)
