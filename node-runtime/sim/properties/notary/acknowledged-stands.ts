import type { NotaryRecord } from '#cores/notary/messages'
import type { Always } from '../../subject.ts'
import type { NotaryWords } from '../../subjects/notary/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'
import { isSettled } from './settled.ts'

/**
 * What whoever asked was told is a record of the chain, at its place and word for word, once that place is seen; and
 * when all is settled, it is seen.
 */
export const acknowledgedStands: Always<NotaryWords> = {
  name: 'what was acknowledged stands in the chain',
  start() {
    let told: { readonly node: string; readonly record: NotaryRecord }[] = []
    return (moment) => {
      for (const { node, note } of moment.notes) {
        if (note.kind === 'registered') {
          const { registrations } = note.order
          if (registrations.length !== note.outcomes.length) return `${node} was not told of all that it asked for`
          for (const [at, outcome] of note.outcomes.entries()) {
            if (outcome.kind === 'refused') continue
            const { record } = outcome
            const { id, title } = registrations[at] ?? {}
            if (outcome.kind === 'same-document' ? false : record.id !== id || record.title !== title) {
              return `${node} was told of another registration than its own`
            }
            told.push({ node, record })
          }
        } else if (note.kind === 'shown' && note.shown.query.kind === 'by-id' && 'record' in note.shown.answer) {
          const { record } = note.shown.answer
          if (record !== null) told.push({ node, record })
        }
      }
      if (told.length === 0) return null
      const ledger = ledgerOf(moment)
      const wrong = told.find(({ record }) => !ledger.isKnown(record))
      told = told.filter(({ record }) => record.index >= ledger.size)
      if (wrong !== undefined) {
        return `${wrong.node} was told that it has record ${wrong.record.index}, and another one stands there`
      }
      const [lost] = told
      if (lost === undefined || !isSettled(moment)) return null
      return `${lost.node} was told that it has record ${lost.record.index}, and nothing stands there`
    }
  },
}
