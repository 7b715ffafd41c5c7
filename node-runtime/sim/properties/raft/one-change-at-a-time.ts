import { decodeMembership, type Member, type Membership, votersOf } from '#cores/raft/membership'
import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { type Keeping, ledgerOf } from './knowledge/ledger.ts'

/** A leader changes the members by one, once the change before it is committed, and something of its own term; learners first. */
export const oneChangeAtATime: Always<RaftWords> = {
  name: 'members change one at a time, on firm ground',
  start: () => (moment) => {
    const ledger = ledgerOf(moment)
    for (const keeping of ledger.keepings) {
      const wrong = keeping.note.leads ? wrongIn(keeping) : null
      if (wrong !== null) return `${keeping.node} changes the members ${wrong}`
    }
    return null
  },
}

function wrongIn({ note, members, termOfCommitted }: Keeping): string | null {
  const { commitIndex } = note
  if (commitIndex === null) return null
  let before = members
  for (const entry of note.persist.entries) {
    const membership = entry.kind === 'members' ? decodeMembership(entry.payload) : null
    if (membership === null) continue
    const now = { index: entry.index, membership }
    if (entry.term === note.term) {
      if (before.index > commitIndex) return `with entry ${entry.index}, before that of ${before.index} is committed`
      if (termOfCommitted !== entry.term)
        return `with entry ${entry.index}, before anything of term ${entry.term} is committed`
      const count = newVoters(before.membership, membership) + newVoters(membership, before.membership)
      if (count > 1) return `by ${count} voters at once`
      const stranger = votersOf(membership).find((voter) => !isMember(voter, before.membership))
      if (stranger !== undefined) return `and makes ${stranger.node} a voter that has learnt nothing`
    }
    before = now
  }
  return null
}

function isMember({ node, incarnation }: Member, membership: Membership): boolean {
  return membership.some((member) => member.node === node && member.incarnation === incarnation)
}

/** Of these, in that life. */
function newVoters(before: Membership, now: Membership): number {
  const known = new Set(votersOf(before).map(({ node, incarnation }) => `${node} ${incarnation}`))
  return votersOf(now).filter(({ node, incarnation }) => !known.has(`${node} ${incarnation}`)).length
}
