import type { NodePlan } from '#contract/worker/protocol'
import type { ShopPlan } from '#contract/worker/shop'
import { assert } from '#kit/assert'
import type { Endpoint, Handler } from '#ports/endpoint'
import { serveApiOnWire } from '../api-on-wire.ts'
import type { PlainNode } from '../plain-node.ts'

export function shopOf({ shop, nodeId }: NodePlan): ShopPlan {
  assert(shop !== null, `${nodeId} is a node of a shop`)
  return shop
}

/** Over HTTP, where the plan has an address for it, and over the wire. A node that is asleep hears nothing. */
export function serveAwake(node: PlainNode, endpoint: Endpoint | null, handler: Handler): void {
  const awake: Handler = (request, answer) => {
    if (!node.isPaused) handler(request, answer)
  }
  if (endpoint !== null) node.stops.add(endpoint.serve(awake))
  serveApiOnWire(handler, node.post)
}
