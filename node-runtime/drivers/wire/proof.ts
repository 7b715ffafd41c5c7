import { createHmac, createPrivateKey, createPublicKey, diffieHellman, timingSafeEqual } from 'node:crypto'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import { fromZ85 } from '#kit/z85'

/**
 * ZeroMQ lets only members in, but its Node binding does not say which member a message came from; the routing id is
 * the sender's own claim. So the first word on a connection carries a code that only the two nodes can make, from the
 * secret that their CURVE keys share. It names the connection: seen elsewhere it is worth nothing.
 */
export interface Claim {
  readonly from: NodeId
  readonly to: NodeId
  readonly connection: Uint8Array
}

export type Prover = (claim: Claim) => Uint8Array

const secretKeyHead = Buffer.from('302e020100300506032b656e04220420', 'hex') // PKCS8 of an X25519 key
const publicKeyHead = Buffer.from('302a300506032b656e032100', 'hex') // SPKI of an X25519 key

export function proverBetween(secretKey: string, peerPublicKey: string): Prover {
  const privateKey = createPrivateKey({ key: der(secretKeyHead, secretKey), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey({ key: der(publicKeyHead, peerPublicKey), format: 'der', type: 'spki' })
  const shared = diffieHellman({ privateKey, publicKey })
  return ({ from, to, connection }) =>
    createHmac('sha256', shared).update(`colmeia wire 1 ${from} ${to} `).update(connection).digest()
}

export function isProven(prove: Prover, claim: Claim, proof: Uint8Array): boolean {
  const expected = prove(claim)
  return proof.byteLength === expected.byteLength && timingSafeEqual(proof, expected)
}

function der(head: Buffer, key: string): Buffer {
  const raw = fromZ85(key)
  assert(raw !== null && raw.length === 32, 'a CURVE key is 40 characters of Z85')
  return Buffer.concat([head, raw])
}
