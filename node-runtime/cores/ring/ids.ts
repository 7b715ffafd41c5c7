import { assert } from '#kit/assert'
import { type PeerId, peerId as readPeerId } from '#kit/ids'
import type { LifeId } from './messages.ts'

const lifePattern = /^[0-9a-f]{16}$/
/** As they are usually written; a reference peer's own are taken in any case of letters. */
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function isPeerId(text: string): text is PeerId {
  return readPeerId(text) !== null
}

export function isLifeId(text: string): text is LifeId {
  return lifePattern.test(text)
}

export function isUuid(text: string): boolean {
  return uuidPattern.test(text)
}

export function peerId(text: string): PeerId {
  assert(isPeerId(text), `id of a peer: ${text}`)
  return text
}

export function lifeId(text: string): LifeId {
  assert(isLifeId(text), `life of a peer: ${text}`)
  return text
}
