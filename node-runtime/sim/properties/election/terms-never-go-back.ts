import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { ElectionWords } from '../../subjects/election-words.ts'

export const termsNeverGoBack: Always<ElectionWords> = {
  name: 'terms never go back',
  start() {
    const termOf = new Map<NodeId, number>()
    return ({ views }) => {
      for (const { id, term } of views) {
        const before = termOf.get(id) ?? 0
        if (term < before) return `${id} went from term ${before} to ${term}`
        if (term > before) termOf.set(id, term)
      }
      return null
    }
  },
}
