import { favouriteLeads } from '../../properties/raft/favourite-leads.ts'
import { saying, spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** Decides to hand over, and does not say so to the one who should lead. */
export const neverHandsOver: RaftBug = {
  name: 'never-hands-over',
  property: favouriteLeads.name,
  parts: spoilt(() => ({ output: saying('stand-now', () => null) })),
}
