import type { Always } from '../../subject.ts'
import type { NotaryWords } from '../../subjects/notary/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'
import { Said } from './knowledge/said.ts'

/** Whatever root a peer ever shows for a size, or has as its own: it is that of the records, and so each goes on from each. */
export const oneRootASize: Always<NotaryWords> = {
  name: 'one root for each size',
  start() {
    const said = new Said()
    return (moment) => {
      for (const { node, note } of moment.notes) {
        if (note.kind === 'holds') said.add({ by: node, size: note.size, root: note.root })
        else if (note.kind === 'shown' && note.shown.query.kind === 'root') said.addShown(node, note.shown)
      }
      return said.wrong(ledgerOf(moment))
    }
  },
}
