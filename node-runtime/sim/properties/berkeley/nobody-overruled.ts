import type { BerkeleyNote } from '#cores/clocks/berkeley-messages'
import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { BerkeleyWords } from '../../subjects/berkeley-words.ts'
import { correctionsBy } from './median-stays.ts'

/** Who did not answer could have made a majority of clocks that agree, and there is none without. */
export function isInDoubt({
  takenPart,
  outliers,
  unheard,
}: Extract<BerkeleyNote, { kind: 'clocks-compared' }>): boolean {
  return unheard.length > 0 && (takenPart - outliers.length) * 2 <= takenPart + unheard.length
}

export const nobodyOverruled: Always<BerkeleyWords> = {
  name: 'while somebody is missing who could tell which clocks are wrong, none is corrected',
  start() {
    const inDoubt = new Map<NodeId, number>()
    return (moment) => {
      const { doubtRounds = 1 } = moment.scenario.settings
      for (const { node, note } of moment.notes) {
        if (note.kind !== 'clocks-compared' || note.takenPart === 1) continue
        const { takenPart, outliers, unheard } = note
        const rounds = isInDoubt(note) ? (inDoubt.get(node) ?? 0) + 1 : 0
        inDoubt.set(node, rounds)
        if (rounds > 0 && rounds < doubtRounds && correctionsBy(node, moment).length > 0)
          return `${node} corrects ${takenPart} clocks, ${outliers.length} of them outliers, without ${unheard.join(', ')}`
      }
      return null
    }
  },
}
