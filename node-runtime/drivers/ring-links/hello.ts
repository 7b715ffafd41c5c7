import { isUtf8 } from 'node:buffer'
import type { Arrived } from './arrived.ts'
import { ringLinkLimits } from './limits.ts'

/**
 * The first word on a connection between own peers, each way:
 *
 *   `CLMR`, version, life (8 bytes), nonce (24 bytes), length and text of the peer's id
 *
 * A text of a reference peer begins with a uuid, so the first byte tells them apart. Both hellos go into the keys of the
 * connection: whoever changes one of them, or says one that was heard elsewhere, cannot go on.
 */
export interface Hello {
  readonly id: string
  /** Drawn when the links open: another life of the same address is another program. */
  readonly life: string
  readonly bytes: Buffer
}

const magic = Buffer.from('CLMR\x01', 'latin1')
const lifeBytes = 8
const nonceBytes = 24
const headBytes = magic.length + lifeBytes + nonceBytes + 1

export function makeHello(self: { readonly id: string; readonly life: Buffer }, nonce: Buffer): Hello {
  const id = Buffer.from(self.id, 'utf8')
  const bytes = Buffer.concat([magic, self.life, nonce, Buffer.from([id.length]), id])
  return { id: self.id, life: self.life.toString('hex'), bytes }
}

export { nonceBytes as helloNonceBytes }

/** null: cannot be told yet. */
export function isOwnForm(arrived: Arrived): boolean | null {
  const start = arrived.peek(Math.min(arrived.length, magic.length))
  if (start === null || start.length === 0) return null
  if (!start.equals(magic.subarray(0, start.length))) return false
  return start.length === magic.length ? true : null
}

/** null: not complete yet. */
export function takeHello(arrived: Arrived): Hello | 'garbage' | null {
  if (isOwnForm(arrived) === false) return 'garbage'
  const idBytes = arrived.peek(headBytes)?.at(-1)
  if (idBytes === undefined) return null
  if (idBytes === 0 || idBytes > ringLinkLimits.peerIdBytesMax) return 'garbage'
  const taken = arrived.take(headBytes + idBytes)
  if (taken === null) return null
  // What was taken may be part of a larger buffer, and a hello is kept as long as its connection.
  const bytes = Buffer.from(taken)
  const id = bytes.subarray(headBytes)
  if (!isUtf8(id)) return 'garbage'
  const life = bytes.toString('hex', magic.length, magic.length + lifeBytes)
  return { id: id.toString('utf8'), life, bytes }
}
