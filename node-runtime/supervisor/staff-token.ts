import { createHash } from 'node:crypto'
import { type NodeId, nodeId } from '#kit/ids'
import { ok, type Result } from '#kit/result'
import type { LabFolder } from './lab-folder.ts'
import type { ClusterSpec } from './presets.ts'

/** Of hexadecimal: 128 bits that nobody guesses, and few enough to be typed. */
const tokenDigits = 32

/** What staff shows where others than this machine can ask; null: nothing, because nobody else can. */
export function staffTokenOf({ id }: ClusterSpec, folder: LabFolder): Result<string | null> {
  if (folder.shopReach(id) === 'loopback') return ok(null)
  const name = staffKeyName(id)
  const keys = folder.keys([name])
  if (!keys.ok) return keys
  // It lies with the lab's keys, which only its owner can read, and is another one in every lab.
  const secret = keys.value[name]?.secretKey ?? ''
  return ok(createHash('sha256').update(`shop staff ${secret}`).digest('hex').slice(0, tokenDigits))
}

function staffKeyName(id: string): NodeId {
  return nodeId(`${id}-staff`)
}
