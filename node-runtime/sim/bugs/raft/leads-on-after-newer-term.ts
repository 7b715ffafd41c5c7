import { outrunLeadersFallSilent } from '../../properties/raft/outrun-leaders-fall-silent.ts'
import { spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** A leader that does not listen when it is told of a newer term. */
export const leadsOnAfterNewerTerm: RaftBug = {
  name: 'leads-on-after-newer-term',
  property: outrunLeadersFallSilent.name,
  parts: spoilt(() => ({
    input: (input, { role, term }) => {
      const isNews = input.kind === 'message' && input.message.kind !== 'pre-vote-request' && input.message.term > term
      return role === 'leader' && isNews ? null : input
    },
  })),
}
