import { clientsAreServed } from '../../properties/raft/clients-are-served.ts'
import { spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** Of a read nobody hears again. */
export const losesReads: RaftBug = {
  name: 'loses-reads',
  property: clientsAreServed.name,
  parts: spoilt(() => ({ output: (output) => (output.reads.length === 0 ? output : { ...output, reads: [] }) })),
}
