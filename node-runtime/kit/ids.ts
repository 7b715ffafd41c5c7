import { assert } from './assert.ts'

export type NodeId = string & { readonly brand: 'NodeId' }
export type ClusterId = string & { readonly brand: 'ClusterId' }
export type FaultId = string & { readonly brand: 'FaultId' }
export type MessageId = string & { readonly brand: 'MessageId' }

/** `ip:port` of a ring peer's TCP port: its name on every wire, and its place in the order of leaders, compared as text. */
export type PeerId = string & { readonly brand: 'RingPeerId' }

/** One shape for every id that becomes a file name, a log word or a label in the window. */
export const idPattern = /^[a-z][a-z0-9-]{0,30}$/

export function nodeId(text: string): NodeId {
  assert(idPattern.test(text), `node id: ${text}`)
  return text as NodeId // checked on the line above
}

export function clusterId(text: string): ClusterId {
  assert(idPattern.test(text), `cluster id: ${text}`)
  return text as ClusterId // checked on the line above
}

export function faultId(text: string): FaultId {
  assert(idPattern.test(text), `fault id: ${text}`)
  return text as FaultId // checked on the line above
}

/** A message is named by who sent it and its number there, so that no two nodes can make the same id. */
export function messageId(from: NodeId, sequence: number): MessageId {
  return `${from}:${sequence}` as MessageId // made of checked parts
}

const hostPattern = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!:)|(?=:))){4}:([1-9]\d{0,4})$/

/** null for anything that is no IPv4 address with a port, written as programs write it. */
export function peerId(text: string): PeerId | null {
  const port = hostPattern.exec(text)?.[1]
  return port !== undefined && Number(port) < 65_536 ? (text as PeerId) : null // checked on this line
}
