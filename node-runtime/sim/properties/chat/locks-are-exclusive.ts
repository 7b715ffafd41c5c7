import type { Always } from '../../subject.ts'
import type { ChatWords } from '../../subjects/chat/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

interface Held {
  readonly holder: string | null
  readonly fence: number
  readonly untilMs: number
}

/**
 * A lock changes hands when it is given back or its time is over, under a fence that is larger than any before; no two are
 * ever told the same fence, and who was told one is its holder.
 */
export const locksAreExclusive: Always<ChatWords> = {
  name: 'a lock has one holder, and fences rise',
  start() {
    let held: Held = { holder: null, fence: 0, untilMs: 0 }
    const gave = new Set<string>()
    const toldOf = new Map<number, string>()
    return (moment) => {
      for (const { note } of moment.notes) {
        if (note.kind === 'asked' && note.deed.what.kind === 'give-lock') gave.add(note.deed.id)
        if (note.kind !== 'answered' || note.outcome.kind === 'refused' || note.deed.what.kind !== 'ask-lock') continue
        const { fence } = note.outcome
        const { holder } = note.deed.what
        if (fence === null) continue
        const other = toldOf.get(fence) ?? holder
        if (other !== holder) return `${holder} and ${other} were both told that they hold fence ${fence}`
        toldOf.set(fence, holder)
      }
      for (const { atMs, deed, what } of ledgerOf(moment).fresh) {
        if (what.kind !== 'lock') continue
        const { holder, fence, untilMs } = what.lock
        const isAnother = holder !== held.holder || fence !== held.fence
        const isTaken = isAnother && held.holder !== null && holder !== null
        if (isTaken && !gave.has(deed) && held.untilMs > atMs) return `${holder} took what ${held.holder} held`
        if (isAnother && holder !== null && fence <= held.fence) return `fence ${fence} after ${held.fence}`
        held = { holder, fence: Math.max(fence, held.fence), untilMs }
      }
      return null
    }
  },
}
