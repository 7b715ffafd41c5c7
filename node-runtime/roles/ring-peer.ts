import { startRing } from './ring/ring-peer.ts'
import type { RoleStart } from './role.ts'

/** A peer of the ring: chat without a server, in a ring that closes again after every loss. */
export const startRingPeer: RoleStart = startRing
