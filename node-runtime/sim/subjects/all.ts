import type { Simulation } from '../simulation.ts'
import { berkeley } from './berkeley.ts'
import { bully } from './bully.ts'
import { chosenRaft } from './chosen/chosen-raft.ts'
import { raft } from './raft/raft.ts'
import { rank } from './rank.ts'
import { replica } from './replica/replica.ts'

/** Every protocol that can be played, by the name that scenarios and the command line use. */
export const simulations: ReadonlyMap<string, Simulation> = new Map(
  [raft, replica, bully, rank, berkeley, chosenRaft].map((it) => [it.core, it]),
)
