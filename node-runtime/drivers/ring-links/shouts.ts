import { createCipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import type { RefusedWhy } from '#ports/ring-links'
import { makeRoom } from './bounded.ts'
import { ringLinkLimits } from './limits.ts'
import { openWith } from './sealing.ts'

/**
 * What all hear, and only own peers read. Reference peers take every datagram for text, so this is one: a word, and
 * base64url of nonce and sealed bytes. Inside: the sender, what the faults of its links make of it, and the message.
 */
export interface Shout {
  readonly from: string
  readonly marks: readonly Mark[]
  readonly bytes: Uint8Array
}

/** Who shouts speaks to all at once, so for a faulty link the hearer does what is written here: as often, so late. */
export interface Mark {
  readonly to: string
  /** One for each copy; none: it does not hear it. */
  readonly delaysMs: readonly number[]
}

const word = 'COLMEIA1|'
const nonceBytes = 12
const tagBytes = 16

export function isShout(datagram: Buffer): boolean {
  return datagram.subarray(0, word.length).equals(Buffer.from(word, 'ascii'))
}

export class Shouts {
  readonly #key: KeyObject
  /** Nonces that were believed: no clock is asked how old a shout is. */
  readonly #heard = new Set<string>()

  constructor(ringKey: Uint8Array) {
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', ringKey, '', 'colmeia ring 1 shouts', 32)))
  }

  /** null: too long. */
  seal(shout: Shout): Buffer | null {
    const head = Buffer.from(JSON.stringify([shout.from, shout.marks.map(({ to, delaysMs }) => [to, ...delaysMs])]))
    if (shout.bytes.byteLength > ringLinkLimits.shoutBytesMax || head.length > 0xffff) return null
    const nonce = randomBytes(nonceBytes)
    const length = Buffer.allocUnsafe(2)
    length.writeUInt16BE(head.length)
    const sealing = createCipheriv('aes-256-gcm', this.#key, nonce)
    const sealed = sealing.update(Buffer.concat([length, head, shout.bytes]))
    sealing.final()
    const all = Buffer.concat([nonce, sealed, sealing.getAuthTag()])
    const datagram = Buffer.from(word + all.toString('base64url'), 'ascii')
    return datagram.length > ringLinkLimits.datagramBytesMax ? null : datagram
  }

  open(datagram: Buffer): Shout | RefusedWhy {
    if (datagram.length > ringLinkLimits.datagramBytesMax) return 'too-large'
    const all = Buffer.from(datagram.toString('latin1', word.length), 'base64url')
    if (all.length < nonceBytes + tagBytes) return 'garbage'
    const nonce = all.subarray(0, nonceBytes)
    const plain = openWith({ key: this.#key, nonce, sealed: all.subarray(nonceBytes) })
    if (plain === null) return 'wrong-key'
    const name = nonce.toString('latin1')
    if (this.#heard.has(name)) return 'replayed'
    makeRoom(this.#heard, ringLinkLimits.shoutsRememberedMax)
    this.#heard.add(name)
    return decode(plain) ?? 'garbage'
  }
}

function decode(plain: Buffer): Shout | null {
  if (plain.length < 2) return null
  const headEnd = 2 + plain.readUInt16BE(0)
  if (plain.length < headEnd || plain.length - headEnd > ringLinkLimits.shoutBytesMax) return null
  const [from, listed] = listOf(parse(plain.toString('utf8', 2, headEnd)))
  if (typeof from !== 'string') return null
  const marks: Mark[] = []
  for (const mark of listOf(listed)) {
    const [to, ...delaysMs] = listOf(mark)
    if (typeof to !== 'string' || delaysMs.length > 2 || !areDelays(delaysMs)) return null
    marks.push({ to, delaysMs })
  }
  return { from, marks, bytes: plain.subarray(headEnd) }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function areDelays(values: readonly unknown[]): values is readonly number[] {
  return values.every((ms) => typeof ms === 'number' && ms >= 0)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: garbage of somebody who has the key, counted by whoever asked.
    return null
  }
}
