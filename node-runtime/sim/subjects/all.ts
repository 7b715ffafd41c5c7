import type { Simulation } from '../simulation.ts'
import { election } from './election.ts'
import { notaryPeer } from './notary-peer.ts'

/** Every protocol that can be played, by the name that scenarios and the command line use. */
export const simulations: ReadonlyMap<string, Simulation> = new Map([election, notaryPeer].map((it) => [it.core, it]))
