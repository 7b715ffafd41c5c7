import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { RaftNodeView, RaftWords } from '../../subjects/raft/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** What a node shows is in order in itself, stands on its disk, and does not go back while it lives. */
export const viewsAreHonest: Always<RaftWords> = {
  name: 'a view says nothing that is not so',
  start() {
    const commitOf = new Map<NodeId, number>()
    return (moment) => {
      const ledger = ledgerOf(moment)
      for (const { node, note } of moment.notes) if (note.kind === 'restored') commitOf.delete(node)
      // While its disk is busy a node shows what it showed before, though some of what it wrote since may have arrived.
      for (const view of ledger.newViews) {
        const { id, last, commitIndex } = view
        const wrong = disorderIn(view)
        if (wrong !== null) return `${id} shows ${wrong}`
        const log = ledger.log(id)
        if (log !== null && (log.last.index !== last.index || log.last.term !== last.term))
          return `${id} shows a log up to ${last.index}, and its disk has it up to ${log.last.index}`
        const before = commitOf.get(id) ?? 0
        if (commitIndex < before) return `${id} goes back from commit index ${before} to ${commitIndex}`
        if (commitIndex > before) commitOf.set(id, commitIndex)
      }
      return null
    }
  },
}

function disorderIn({ base, durableIndex, applied, commitIndex, last }: RaftNodeView): string | null {
  if (base.index > durableIndex) return `a log from ${base.index} and a state on disk of ${durableIndex}`
  if (durableIndex > applied.end.index) return `a state of ${applied.end.index}, and one on disk of ${durableIndex}`
  if (applied.end.index > commitIndex) return `entry ${applied.end.index} as applied, and ${commitIndex} as committed`
  return commitIndex > last.index ? `entry ${commitIndex} as committed, and ${last.index} as its last` : null
}
