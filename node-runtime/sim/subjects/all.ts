import type { Simulation } from '../simulation.ts'
import { berkeley } from './berkeley.ts'
import { bully } from './bully.ts'
import { election } from './election.ts'
import { notaryPeer } from './notary-peer.ts'
import { rank } from './rank.ts'

/** Every protocol that can be played, by the name that scenarios and the command line use. */
export const simulations: ReadonlyMap<string, Simulation> = new Map(
  [election, notaryPeer, bully, rank, berkeley].map((it) => [it.core, it]),
)
