import type { LogEnd } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import type { KnownLog } from './knowledge/known-log.ts'
import { ledgerOf } from './knowledge/ledger.ts'

interface Reign {
  readonly node: NodeId
  readonly term: number
  /** Which term its log had at an index when it was elected; null: nothing. */
  readonly termAt: readonly (number | null)[]
  readonly baseIndex: number
}

/** Whoever leads a later term has everything that is committed, also what others hear of only afterwards. */
export const leaderCompleteness: Always<RaftWords> = {
  name: 'a leader has everything that is committed',
  start() {
    const reigns: Reign[] = []
    // By the term of whoever was first to apply it, which is the one in which it was committed, or a later one.
    const lastOfTerm = new Map<number, LogEnd>()
    return (moment) => {
      const ledger = ledgerOf(moment)
      for (const { note } of moment.notes) {
        if (note.kind !== 'applied') continue
        const last = note.state.end
        if (last.index > (lastOfTerm.get(note.term)?.index ?? 0)) lastOfTerm.set(note.term, last)
        const reign = reigns.find(({ term, ...then }) => term > note.term && !note.entries.every((it) => had(then, it)))
        if (reign !== undefined)
          return `${reign.node} leads term ${reign.term} without ${last.index}, which is committed`
      }
      for (const { node, note, log } of ledger.decisions) {
        if (note.kind !== 'role-changed') continue
        for (const [term, last] of lastOfTerm)
          if (term < note.term && !log.holds(last)) return `${node} leads term ${note.term} without ${last.index}`
        reigns.push(reignOf(node, note.term, log))
      }
      return null
    }
  },
}

function reignOf(node: NodeId, term: number, log: KnownLog): Reign {
  const termAt = Array.from({ length: log.last.index + 1 }, (_, index) => log.termAt(index))
  return { node, term, termAt, baseIndex: log.base.end.index }
}

function had({ termAt, baseIndex }: Pick<Reign, 'termAt' | 'baseIndex'>, { index, term }: LogEnd): boolean {
  return index < baseIndex || termAt[index] === term
}
