import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { assert } from '#kit/assert'
import { linkLimits } from '../wire/limits.ts'
import type { Arrived } from './arrived.ts'

/**
 * A frame on a connection: length of the rest, its number, what is sealed, tag (16 bytes). AES-256-GCM, a key and the
 * first 8 bytes of the nonce for each direction, the frame's number as the last 4. A number is used once: who says one
 * again, leaves one out or changes a byte is not believed, and the connection ends.
 */
const cipher = 'aes-256-gcm'
const keyBytes = 32
const saltBytes = 8
const headBytes = 8
const tagBytes = 16
const framesMax = 2 ** 32 - 1

export interface Way {
  /** An object and not bytes: those would be made into one for each frame, which takes four times as long as sealing. */
  readonly key: KeyObject
  readonly salt: Buffer
}

/** Keys of one connection: `there` is from the one who dialed. Only both hellos and the ring's key give them. */
export function keysOf(ringKey: Uint8Array, dialed: Buffer, listened: Buffer): { there: Way; back: Way } {
  const derive = (name: string): Way => {
    const salt = Buffer.concat([dialed, listened])
    const bytes = Buffer.from(hkdfSync('sha256', ringKey, salt, `colmeia ring 1 ${name}`, keyBytes + saltBytes))
    return { key: createSecretKey(bytes.subarray(0, keyBytes)), salt: bytes.subarray(keyBytes) }
  }
  return { there: derive('there'), back: derive('back') }
}

/** Seals what goes one way. */
export class Sealer {
  readonly #way: Way
  #number = 0

  constructor(way: Way) {
    this.#way = way
  }

  /** No number may be used twice under one key; the connection is made anew before that. */
  get isWornOut(): boolean {
    return this.#number >= framesMax
  }

  seal(plain: Uint8Array): Buffer {
    assert(!this.isWornOut, 'a number for each frame')
    const head = Buffer.allocUnsafe(headBytes)
    head.writeUInt32BE(plain.byteLength + tagBytes, 0)
    head.writeUInt32BE(this.#number, 4)
    const sealing = createCipheriv(cipher, this.#way.key, nonceOf(this.#way, this.#number))
    this.#number += 1
    const sealed = sealing.update(plain)
    sealing.final()
    return Buffer.concat([head, sealed, sealing.getAuthTag()])
  }
}

/** Opens what comes one way. */
export class Opener {
  readonly #way: Way
  #number = 0

  constructor(way: Way) {
    this.#way = way
  }

  /** null: the next frame is not complete yet. Of one that has proven nothing not more is kept than a proof needs. */
  take(
    arrived: Arrived,
    plainBytesMax: number = linkLimits.frameBytesMax,
  ): Buffer | 'too-large' | 'replayed' | 'garbage' | null {
    const head = arrived.peek(headBytes)
    if (head === null) return null
    const length = head.readUInt32BE(0)
    if (length > plainBytesMax + tagBytes) return 'too-large'
    if (length < tagBytes) return 'garbage'
    if (head.readUInt32BE(4) !== this.#number) return head.readUInt32BE(4) < this.#number ? 'replayed' : 'garbage'
    const frame = arrived.take(headBytes + length)
    if (frame === null) return null
    const opened = this.#open(frame)
    this.#number += 1
    return opened ?? 'garbage'
  }

  #open(frame: Buffer): Buffer | null {
    return openWith({
      key: this.#way.key,
      nonce: nonceOf(this.#way, this.#number),
      sealed: frame.subarray(headBytes),
    })
  }
}

/** null: it was not sealed so. `sealed` ends with its tag. */
export function openWith(parts: { key: KeyObject; nonce: Uint8Array; sealed: Buffer }): Buffer | null {
  const tagAt = parts.sealed.length - tagBytes
  const opening = createDecipheriv(cipher, parts.key, parts.nonce, { authTagLength: tagBytes })
  opening.setAuthTag(parts.sealed.subarray(tagAt))
  const plain = opening.update(parts.sealed.subarray(0, tagAt))
  try {
    opening.final()
    return plain
  } catch {
    // The only way in which node:crypto says that a tag is wrong; what was opened so far is thrown away.
    return null
  }
}

function nonceOf({ salt }: Way, number: number): Buffer {
  const nonce = Buffer.allocUnsafe(saltBytes + 4)
  salt.copy(nonce)
  nonce.writeUInt32BE(number, saltBytes)
  return nonce
}
