import { registers } from '#cores/registers/registers'
import { replicatedPeer } from './replicated-peer.ts'

/** A replicated group with the plainest of all machines: what benches and tortures are held to. */
export const startRegisterPeer = replicatedPeer(registers)
