import type { Always } from '../../subject.ts'
import type { ChatWords } from '../../subjects/chat/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** However often it was asked for: what was said is there once, and no deed is twice in a feed in the same way. */
export const askedOnceThereOnce: Always<ChatWords> = {
  name: 'asked for once, there once',
  start() {
    const places = new Map<string, number>()
    const words = new Map<string, number>()
    return (moment) => {
      for (const { feed, number, deed, what } of ledgerOf(moment).fresh) {
        if (what.kind === 'lock' || what.kind === 'user' || what.kind === 'conversation') continue
        const name = `${what.kind} ${deed} in ${feed}`
        const before = places.get(name)
        if (before !== undefined) return `${name} is number ${before} and again ${number}`
        places.set(name, number)
        const said = what.kind === 'message' ? (/^word-[0-9a-f]+-/.exec(what.message.text)?.[0] ?? null) : null
        if (said === null) continue
        const first = words.get(said)
        // What was edited has the words of its edit.
        if (first !== undefined && what.kind === 'message' && what.message.editedAtMs === null) {
          return `${said} is number ${first} and again ${number} in ${feed}`
        }
        words.set(said, number)
      }
      return null
    }
  },
}
