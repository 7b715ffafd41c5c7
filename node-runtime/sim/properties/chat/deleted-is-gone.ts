import type { Always } from '../../subject.ts'
import type { ChatWords } from '../../subjects/chat/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** From the entry on that deleted a message, nothing that was ever said in it stands in any row of a copy that has come so far. */
export const deletedIsGone: Always<ChatWords> = {
  name: 'deleted text stands nowhere',
  start() {
    /** What each message has said so far, by its id, and since when it should say none of that. */
    const said = new Map<string, string[]>()
    const goneSince = new Map<string, number>()
    return (moment) => {
      for (const { note } of moment.notes) {
        if (note.kind !== 'asked') continue
        const { id, what } = note.deed
        if (what.kind === 'say') said.set(id, [wordIn(what.text)])
        if (what.kind === 'edit') said.get(what.message)?.push(wordIn(what.text))
      }
      for (const { what, logIndex } of ledgerOf(moment).fresh) {
        if (what.kind === 'deleted') for (const word of said.get(what.message) ?? []) goneSince.set(word, logIndex)
      }
      for (const { node, note } of moment.notes) {
        if (note.kind !== 'dumped') continue
        const left = note.words.find((word) => (goneSince.get(word) ?? Number.POSITIVE_INFINITY) <= note.appliedIndex)
        if (left !== undefined) return `${node} still has ${left} after entry ${note.appliedIndex}`
      }
      return null
    }
  },
}

function wordIn(text: string): string {
  return text.split(' ')[0] ?? text
}
