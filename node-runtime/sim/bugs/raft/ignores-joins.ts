import { everybodyIsTakenIn } from '../../properties/raft/everybody-is-taken-in.ts'
import { hearing, spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** Who asks to be taken in is not heard. */
export const ignoresJoins: RaftBug = {
  name: 'ignores-joins',
  property: everybodyIsTakenIn.name,
  parts: spoilt(() => ({ input: hearing('join', () => null) })),
}
