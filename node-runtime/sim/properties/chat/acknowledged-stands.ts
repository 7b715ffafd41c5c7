import type { ChatEvent } from '#cores/chat/messages'
import type { Always } from '../../subject.ts'
import type { ChatWords } from '../../subjects/chat/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'
import { isSettled } from './settled.ts'

/** What whoever asked was told is in its feed, under its number; and when all is settled, it is seen there. */
export const acknowledgedStands: Always<ChatWords> = {
  name: 'what was acknowledged stands in its feed',
  start() {
    let told: { readonly node: string; readonly event: ChatEvent }[] = []
    return (moment) => {
      for (const { node, note } of moment.notes) {
        if (note.kind !== 'answered' || note.outcome.kind === 'refused') continue
        const { event } = note.outcome
        if (event !== null && event.deed !== note.deed.id) return `${node} was told of another deed than its own`
        if (note.deed.what.kind === 'say' && event === null) return `${node} was told that it said nothing`
        if (event !== null) told.push({ node, event })
      }
      if (told.length === 0) return null
      const ledger = ledgerOf(moment)
      for (const { node, event } of told) {
        const known = ledger.at(event.feed, event.number)
        if (known !== undefined && known.deed !== event.deed) {
          return `${node} was told that it is ${event.number} in ${event.feed}, and another one stands there`
        }
      }
      told = told.filter(({ event }) => ledger.at(event.feed, event.number) === undefined)
      const [lost] = told
      if (lost === undefined || !isSettled(moment)) return null
      return `${lost.node} was told that it is ${lost.event.number} in ${lost.event.feed}, and nothing stands there`
    }
  },
}
