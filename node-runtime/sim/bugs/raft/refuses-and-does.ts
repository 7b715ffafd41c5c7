import { oneFateEach } from '../../properties/raft/one-fate-each.ts'
import { spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** Says that it cannot, after it has. */
export const refusesAndDoes: RaftBug = {
  name: 'refuses-and-does',
  property: oneFateEach.name,
  parts: spoilt(() => ({
    output(output) {
      if (output.accepted.length < 2) return output
      const refused = output.accepted.map(({ ref }) => ({ ref, why: 'busy' as const }))
      return { ...output, accepted: [], refused: [...output.refused, ...refused] }
    },
  })),
}
