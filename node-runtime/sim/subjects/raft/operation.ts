import { assert } from '#kit/assert'

/*
 * What a client asks for has a number of its own, and the number tells when, where and for the how-manieth time in that
 * tick it was asked: so nothing has to be noted before the answer comes, and a crash takes no knowledge with it.
 */
const nodesMax = 64
const perTickMax = 64

export const operationsPerTickMax = perTickMax

export interface Operation {
  readonly tick: number
  readonly node: number
  readonly nth: number
}

export function operationOf({ tick, node, nth }: Operation): number {
  assert(node < nodesMax && nth < perTickMax, 'an operation has a number')
  // One more, because 0 stands for none.
  return 1 + nth + perTickMax * (node + nodesMax * tick)
}

/** The tick in which it was asked for. */
export function tickOf(operation: number): number {
  return Math.floor((operation - 1) / (perTickMax * nodesMax))
}

export function nodeOf(operation: number): number {
  return Math.floor((operation - 1) / perTickMax) % nodesMax
}
