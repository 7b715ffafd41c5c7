import { assert, unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { idPattern, type NodeId, nodeId } from '#kit/ids'
import type { MemberChange } from './messages.ts'

/** One life of a node's disk as a member of the group. A node that lost its disk comes back under another incarnation. */
export interface Member {
  readonly node: NodeId
  readonly incarnation: number
  /** Learners are sent everything and decide nothing. */
  readonly isVoter: boolean
}

/** Who belongs to the group, in order of names. */
export type Membership = readonly Member[]

export const membersMax = 15

/** That of a node which has lost nothing yet. */
export const firstIncarnation = 1

export function founded(founders: readonly NodeId[]): Membership {
  assert(new Set(founders).size === founders.length, 'a member is named once')
  return inOrder(founders.map((node) => ({ node, incarnation: firstIncarnation, isVoter: true })))
}

export function memberOf(membership: Membership, node: NodeId): Member | null {
  return membership.find((member) => member.node === node) ?? null
}

export function votersOf(membership: Membership): readonly Member[] {
  return membership.filter(({ isVoter }) => isVoter)
}

/** The membership after one change, or null if there is no such change to make. */
export function changed(membership: Membership, change: MemberChange): Membership | null {
  const known = memberOf(membership, change.node)
  switch (change.kind) {
    case 'add':
      if (known !== null || membership.length >= membersMax) return null
      return inOrder([...membership, { node: change.node, incarnation: change.incarnation, isVoter: false }])
    case 'promote':
      if (known === null || known.isVoter) return null
      return membership.map((member) => (member === known ? { ...member, isVoter: true } : member))
    case 'remove':
      // The last voter cannot go: nobody would be left to agree to it.
      if (known === null || (known.isVoter && votersOf(membership).length === 1)) return null
      return membership.filter((member) => member !== known)
    default:
      return unreachable(change)
  }
}

export function encodeMembership(membership: Membership): Uint8Array {
  const writer = new ByteWriter().byte(membership.length)
  for (const { node, incarnation, isVoter } of membership)
    writer
      .text(node)
      .number(incarnation)
      .byte(isVoter ? 1 : 0)
  return writer.done()
}

/** null: no membership. */
export function decodeMembership(bytes: Uint8Array): Membership | null {
  const reader = new ByteReader(bytes)
  const membership = readMembership(reader)
  return reader.isDone ? membership : null
}

/** Of a reader that is no longer sound nothing may be believed, this neither. */
export function readMembership(reader: ByteReader): Membership | null {
  const members: Member[] = []
  for (let left = reader.byte(); left > 0 && reader.isSound; left -= 1) {
    const name = reader.text()
    const member = { incarnation: reader.count(), isVoter: reader.boolean() }
    if (!reader.isSound || !idPattern.test(name)) return null
    members.push({ node: nodeId(name), ...member })
  }
  const names = new Set(members.map(({ node }) => node))
  return names.size === members.length && members.length <= membersMax ? inOrder(members) : null
}

function inOrder(members: readonly Member[]): Membership {
  return members.toSorted((one, other) => (one.node < other.node ? -1 : 1))
}
