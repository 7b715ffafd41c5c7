import type { RingMemberFacts, RingPeerFacts } from '#contract/worker/ring'
import type { Member, RingFacts } from '#cores/ring/messages'
import type { RingNames } from './names.ts'

export interface ShownBeside {
  readonly name: string
  readonly names: RingNames
  readonly historyRevision: number
  readonly refused: Readonly<Record<string, number>>
}

/** What a peer believes of its ring, for people. */
export function ringPeerFacts(facts: RingFacts, beside: ShownBeside): RingPeerFacts {
  const { id, state, view, next, localHealth, records, underWay, waiting } = facts
  const { name, names, historyRevision, refused } = beside
  return {
    id,
    name,
    state,
    leader: view?.leader ?? null,
    term: view?.term ?? 0,
    version: view?.version ?? 0,
    members: (view?.members ?? []).map((member) => memberFacts(member, facts, names)),
    next,
    localHealth,
    records,
    historyRevision,
    underWay,
    waiting,
    refused,
  }
}

function memberFacts({ id, kind, name }: Member, { suspects, skipped }: RingFacts, names: RingNames): RingMemberFacts {
  const state = skipped.includes(id) ? 'dead' : suspects.includes(id) ? 'suspected' : 'well'
  // The text form says no names of members: such a peer is called by its address wherever it is shown.
  return { id, node: names.nodeOf(id), kind, name: name === '' ? id : name, state }
}
