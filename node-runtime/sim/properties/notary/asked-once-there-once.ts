import type { Always } from '../../subject.ts'
import type { NotaryWords } from '../../subjects/notary/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** However often it was asked again, by whoever: no id has two records, and neither has an asking of its own name. */
export const askedOnceThereOnce: Always<NotaryWords> = {
  name: 'asked for once, there once',
  start() {
    const ids = new Map<string, number>()
    const titles = new Map<string, number>()
    return (moment) => {
      for (const { id, title, index } of ledgerOf(moment).fresh) {
        const before = (id === null ? undefined : ids.get(id)) ?? titles.get(title)
        if (before !== undefined) return `${id ?? title} stands at ${before} and again at ${index}`
        if (id !== null) ids.set(id, index)
        titles.set(title, index)
      }
      return null
    }
  },
}
