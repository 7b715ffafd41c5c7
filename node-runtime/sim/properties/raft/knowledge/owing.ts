import { firstIncarnation, type Membership, votersOf } from '#cores/raft/membership'
import { majorityOf } from '#cores/raft/quorum'
import type { Moment } from '../../../subject.ts'
import type { RaftNodeView, RaftWords } from '../../../subjects/raft/words.ts'
import { type Ledger, ledgerOf } from './ledger.ts'

/**
 * Those who owe progress: every live node that is a member in its present life, or asks to become one. null: nobody
 * owes any, because too many voters are away for good.
 */
export function owing(moment: Moment<RaftWords>): readonly RaftNodeView[] | null {
  return ledgerOf(moment).owing(() => whoOwes(moment))
}

function whoOwes(moment: Moment<RaftWords>): readonly RaftNodeView[] | null {
  const ledger = ledgerOf(moment)
  const { members } = ledger
  if (ledger.isOff) return null
  const views = moment.views.filter((view) => isMember(view, members.membership) || isAsking(view, ledger))
  // A change that is on the way decides as well: whoever has it in its log goes by it.
  const inForce = views.filter((view) => membersIndexOf(moment, view) > members.index).map((view) => view.membership)
  // Who does not know what it had promised may stand in its own way until the others have found it out.
  const sound = views.filter(({ id }) => !ledger.hasForgotten(id))
  return [members.membership, ...inForce].every((membership) => canDecide(sound, membership)) ? views : null
}

/** The one that leads the newest term. */
export function leaderOf(views: readonly RaftNodeView[]): RaftNodeView | null {
  return views
    .filter(({ role }) => role === 'leader')
    .reduce<RaftNodeView | null>((best, view) => (best === null || view.term > best.term ? view : best), null)
}

function isMember({ id, incarnation }: RaftNodeView, membership: Membership): boolean {
  return membership.some((member) => member.node === id && member.incarnation === incarnation)
}

/** It has never been told of a group, or was told of one that then did not take it in. */
function isAsking({ id: node, incarnation, membership }: RaftNodeView, ledger: Ledger): boolean {
  return membership.length === 0 || (incarnation !== firstIncarnation && !ledger.wasTakenIn({ node, incarnation }))
}

function canDecide(views: readonly RaftNodeView[], membership: Membership): boolean {
  const voters = votersOf(membership)
  const live = voters.filter(({ node, incarnation }) =>
    views.some((view) => view.id === node && view.incarnation === incarnation),
  )
  return live.length >= majorityOf(voters.length)
}

function membersIndexOf(moment: Moment<RaftWords>, { id }: RaftNodeView): number {
  return ledgerOf(moment).log(id)?.members.index ?? 0
}
