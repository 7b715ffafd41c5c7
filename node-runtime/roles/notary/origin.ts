import type { NodePlan } from '#contract/worker/protocol'
import { notaryLimits } from '#cores/notary/messages'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import type { Sha256 } from '#kit/sha256'

const owner = 'colmeia.local/'
const tellingCharsMax = 8

/**
 * The name that a notary is founded under, which is the name of its log's key: no spaces, no plus signs. One that is too
 * long for receipts keeps its beginning, and what is made of the whole of it tells it from others that begin so.
 */
export function originOf({ lab, clusterId }: Pick<NodePlan, 'lab' | 'clusterId'>, sha256: Sha256): string {
  const name = `${lab.toLowerCase().replaceAll(/[^a-z0-9.-]+/g, '-')}/${clusterId}`
  const charsMax = notaryLimits.foundedOriginBytesMax - owner.length
  if (name.length <= charsMax) return `${owner}${name}`
  const telling = toHex(sha256(encodeText(name))).slice(0, tellingCharsMax)
  return `${owner}${name.slice(0, charsMax - tellingCharsMax - 1)}-${telling}`
}
