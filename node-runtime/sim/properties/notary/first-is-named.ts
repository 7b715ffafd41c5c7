import { toHex } from '#kit/hex'
import type { Always, Moment } from '../../subject.ts'
import type { NotaryWords } from '../../subjects/notary/words.ts'
import { type Ledger, ledgerOf } from './knowledge/ledger.ts'

type Outcome = Extract<NotaryWords['note'], { kind: 'registered' }>['outcomes'][number]

/** Of a document that stands there the first record is named; and where that was asked for, there is no second one. */
export const firstIsNamed: Always<NotaryWords> = {
  name: 'of a document the first record is named',
  start() {
    const firstOf = new Map<string, number>()
    let told: { readonly outcome: Outcome; readonly wantsFirst: boolean }[] = []
    return (moment) => {
      const ledger = ledgerOf(moment)
      for (const { sha256, index } of ledger.fresh) {
        const hash = toHex(sha256)
        if (!firstOf.has(hash)) firstOf.set(hash, index)
      }
      told.push(...toldIn(moment))
      const wrong = told.find(({ outcome, wantsFirst }) => !isRight(outcome, { wantsFirst, firstOf, ledger }))
      told = told.filter(({ outcome }) => outcome.kind !== 'refused' && outcome.record.index >= ledger.size)
      if (wrong === undefined || wrong.outcome.kind === 'refused') return null
      return `record ${wrong.outcome.record.index} was named (${wrong.outcome.kind}), and is not the first of its document`
    }
  },
}

function* toldIn({ notes }: Moment<NotaryWords>): Generator<{ outcome: Outcome; wantsFirst: boolean }> {
  for (const { note } of notes) {
    if (note.kind !== 'registered') continue
    const wantsFirst = note.order.duplicates === 'found'
    for (const outcome of note.outcomes) yield { outcome, wantsFirst }
  }
}

interface Against {
  readonly wantsFirst: boolean
  readonly firstOf: ReadonlyMap<string, number>
  readonly ledger: Ledger
}

/** What was found by its id may have been recorded at somebody's wish, though the document was there. */
function isRight(outcome: Outcome, { wantsFirst, firstOf, ledger }: Against): boolean {
  if (outcome.kind === 'refused' || outcome.kind === 'same-id') return true
  const { index, sha256 } = outcome.record
  if (outcome.kind === 'registered' && !wantsFirst) return true
  return index >= ledger.size || firstOf.get(toHex(sha256)) === index
}
