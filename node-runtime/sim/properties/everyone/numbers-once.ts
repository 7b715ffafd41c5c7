import type { Entry } from '#cores/chat/everyone/messages'
import type { Always } from '../../subject.ts'
import type { EveryoneWords } from '../../subjects/everyone/words.ts'
import { wordsOf } from './nobody-invents.ts'

/** Whatever a disk forgets, noticed or not: what went out under a number of a log is all that ever goes out under it. */
export const numbersOnce: Always<EveryoneWords> = {
  name: 'no number of a log is given twice',
  start() {
    const given = new Map<string, string>()
    return ({ sent }) => {
      for (const { from, message } of sent) {
        if (message.kind !== 'entries') continue
        for (const entry of message.entries) {
          const [place, what] = [`${entry.sequence} of ${entry.log}`, said(entry)]
          const before = given.get(place)
          if (before === undefined) given.set(place, what)
          else if (before !== what) return `${from} has for ${place} ${what}, and ${before} went out as that.`
        }
      }
      return null
    }
  },
}

function said({ operation }: Entry): string {
  return `${operation.id} at ${operation.clock} by ${operation.origin} (${wordsOf(operation)})`
}
