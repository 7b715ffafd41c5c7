import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { ElectionWords } from '../../subjects/election-words.ts'

export const oneLeaderPerTerm: Always<ElectionWords> = {
  name: 'one leader per term',
  start() {
    // Remembered across ticks: the two leaders of a term need not be up at the same moment.
    const leaderOfTerm = new Map<number, NodeId>()
    return ({ views }) => {
      for (const view of views) {
        if (view.role !== 'leader') continue
        const known = leaderOfTerm.get(view.term)
        if (known === undefined) leaderOfTerm.set(view.term, view.id)
        else if (known !== view.id) return `term ${view.term} has leaders ${known} and ${view.id}`
      }
      return null
    }
  },
}
