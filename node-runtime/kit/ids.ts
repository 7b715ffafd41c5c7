import { assert } from './assert.ts'

export type NodeId = string & { readonly brand: 'NodeId' }
export type ClusterId = string & { readonly brand: 'ClusterId' }
export type FaultId = string & { readonly brand: 'FaultId' }
export type MessageId = string & { readonly brand: 'MessageId' }

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
