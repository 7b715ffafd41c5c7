import { type Membership, votersOf } from '#cores/raft/membership'
import { majorityOf } from '#cores/raft/quorum'
import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'
import { candidateOf } from './one-vote-per-term.ts'

/** Counted by what voters said in that very term and life, and not by what the winner believes to have heard. */
export const leadersHaveAMajority: Always<RaftWords> = {
  name: 'a leader has the votes of a majority',
  start() {
    const votersFor = new Map<string, Set<string>>()
    return (moment) => {
      for (const envelope of moment.sent) {
        const candidate = candidateOf(envelope)
        if (candidate === null || candidate === envelope.from) continue
        const { from, message } = envelope
        const candidacy = `${candidate} in term ${message.term}`
        const voter = `${from} ${message.incarnation}`
        const voters = votersFor.get(candidacy)
        if (voters === undefined) votersFor.set(candidacy, new Set([voter]))
        else voters.add(voter)
      }
      for (const { node, log, note, inForce } of ledgerOf(moment).decisions) {
        if (note.kind !== 'role-changed') continue
        const others = votersFor.get(`${node} in term ${note.term}`) ?? new Set()
        const voters = new Set([...others, `${node} ${log.incarnation}`])
        if (!inForce.some((membership) => isMajority(membership, voters)))
          return `${node} leads term ${note.term} with ${others.size} votes of others`
      }
      return null
    }
  },
}

function isMajority(membership: Membership, given: ReadonlySet<string>): boolean {
  const voters = votersOf(membership)
  const count = voters.filter(({ node, incarnation }) => given.has(`${node} ${incarnation}`)).length
  return voters.length > 0 && count >= majorityOf(voters.length)
}
