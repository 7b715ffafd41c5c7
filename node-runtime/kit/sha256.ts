import { sha256 as pureSha256 } from '@noble/hashes/sha2.js'

/** Handed in, because workers have a faster one. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

/** For the simulator and for pages; the same answers as any other. */
export const plainSha256: Sha256 = (bytes) => pureSha256(bytes)
