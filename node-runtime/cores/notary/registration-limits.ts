import {
  type NotaryCommand,
  notaryLimits,
  type RegisterOutcome,
  type Registration,
  type WitnessList,
} from './messages.ts'
import { hashBytes } from './receipt/merkle.ts'
import { majorityOf } from './receipt/policy.ts'

type Refusal = Extract<RegisterOutcome, { kind: 'refused' }>['why']

/** What a registration is refused for, whatever stands in the state; null: for nothing. */
export function refusalOf({ id, document, title, registrant }: Registration): Refusal | null {
  const { titleBytesMax, registrantBytesMax, idBytesMax, textBytesMax } = notaryLimits
  if (isLonger(title, titleBytesMax) || isLonger(registrant, registrantBytesMax)) return 'too-large'
  if (id !== null && isLonger(id, idBytesMax)) return 'too-large'
  if (id === '') return 'malformed'
  if (document.kind === 'file') return document.sha256.length === hashBytes ? null : 'malformed'
  if (document.text === '') return 'empty'
  return isLonger(document.text, textBytesMax) ? 'too-large' : null
}

/** Names in signed notes have neither spaces nor plus signs. */
export function isFounding({ origin, logKey }: Extract<NotaryCommand, { kind: 'found' }>): boolean {
  return isName(origin) && isKey(logKey)
}

/** By a list with fewer keys nothing could ever be co-signed. */
export function areWitnesses({ witnesses, members }: WitnessList): boolean {
  if (witnesses.length < majorityOf(members)) return false
  if (!witnesses.every(({ name, key }) => isName(name) && isKey(key))) return false
  return new Set(witnesses.map(({ name }) => name)).size === witnesses.length
}

function isName(text: string): boolean {
  return /^[^\s+]+$/.test(text) && !isLonger(text, notaryLimits.originBytesMax)
}

/** A verifier key is a name, and what is as long for every key. */
function isKey(text: string): boolean {
  return /^[^\s]+$/.test(text) && !isLonger(text, notaryLimits.originBytesMax + keyBytesMax)
}

const keyBytesMax = 100

/** In UTF-8, without making it: most texts are far below their limits. */
function isLonger(text: string, bytesMax: number): boolean {
  if (text.length * 3 <= bytesMax) return false
  let bytes = 0
  for (let index = 0; index < text.length && bytes <= bytesMax; index += 1) {
    const unit = text.charCodeAt(index)
    // Each half of a pair counts for half of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3
  }
  return bytes > bytesMax
}
