import { termsNeverGoBack } from '../../properties/raft/terms-never-go-back.ts'
import type { RaftBug } from './raft-bug.ts'

export const forgetsTerm: RaftBug = {
  name: 'forgets-term',
  property: termsNeverGoBack.name,
  parts: {
    restore: (found) => {
      const { restored } = found
      return { ...found, restored: { ...restored, hard: { term: restored.base.end.term, votedFor: null } } }
    },
  },
}
