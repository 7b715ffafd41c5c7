import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

export const leaderAppendOnly: Always<RaftWords> = {
  name: 'a leader never changes what stands in its log',
  start() {
    // In which term a node led when the moment before was over.
    const ledTerm = new Map<NodeId, number>()
    return (moment) => {
      for (const { node, note, cut } of ledgerOf(moment).keepings)
        if (cut !== null && note.leads && ledTerm.get(node) === note.term)
          return `${node} leads term ${note.term} and cuts its log at ${cut.from}`
      for (const { node, note } of moment.notes) {
        if (note.kind === 'restored') ledTerm.delete(node)
        if (note.kind !== 'role-changed') continue
        if (note.to === 'leader') ledTerm.set(node, note.term)
        else ledTerm.delete(node)
      }
      return null
    }
  },
}
