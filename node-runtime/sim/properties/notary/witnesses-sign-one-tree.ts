import { toHex } from '#kit/hex'
import type { Always } from '../../subject.ts'
import type { NotaryWords } from '../../subjects/notary/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'
import { Said } from './knowledge/said.ts'

/** What a witness puts its name to is the one tree of the records, at whatever size. */
export const witnessesSignOneTree: Always<NotaryWords> = {
  name: 'witnesses sign one tree',
  start() {
    const said = new Said()
    return (moment) => {
      for (const { from, message } of moment.sent) {
        const { cosigned } = message
        if (cosigned === null || cosigned.signatures.length === 0) continue
        const { size, root } = cosigned.point
        said.add({ by: `a witness, as ${from} says,`, size, root: toHex(root) })
      }
      return said.wrong(ledgerOf(moment))
    }
  },
}
