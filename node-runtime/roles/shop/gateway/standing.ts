import { decodeText } from '#kit/bytes'
import { idPattern, nodeId } from '#kit/ids'
import type { GroupMember } from './catalogue-nodes.ts'

/** What a node of the catalogue says of its group; null: it says nothing of the kind. */
export function readStanding(
  body: Uint8Array,
): { readonly members: readonly GroupMember[]; readonly position: number } | null {
  const { data } = parsed(body)
  if (!isRecord(data) || !Array.isArray(data.members)) return null
  const { position } = data
  if (typeof position !== 'number' || !Number.isSafeInteger(position)) return null
  const members = data.members.flatMap(readMember)
  return members.length === data.members.length ? { members, position } : null
}

function readMember(value: unknown): readonly GroupMember[] {
  if (!isRecord(value) || typeof value.nodeId !== 'string' || !idPattern.test(value.nodeId)) return []
  return [{ nodeId: nodeId(value.nodeId), isVoter: value.isVoter === true }]
}

function parsed(body: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(decodeText(body) ?? '')
    return isRecord(value) ? value : {}
  } catch {
    // No JSON: it says nothing of its group.
    return {}
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
