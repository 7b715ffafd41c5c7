import { registers } from '#cores/registers/registers'
import { replicatedPeer } from './replicated-peer.ts'

/** A peer of the notary: a member of the group that will register. Until it can, its log keeps registers. */
export const startNotaryPeer = replicatedPeer(registers)
