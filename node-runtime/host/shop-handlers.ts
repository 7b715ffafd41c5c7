import type { CallOutput, CheckedInput } from '#contract/window/contract'
import type { TopologySnapshot } from '#contract/window/topology'
import type { Fault } from '#contract/worker/faults'
import type { ShopCall, ShopCallName } from '#contract/worker/shop-calls'
import type { Race, RaceFault } from '#contract/worker/shop-races'
import { unreachable } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import { ok, type Result } from '#kit/result'
import { deskNode } from './desk-handlers.ts'
import type { Lab } from './lab.ts'
import type { CallHandlers } from './serve-calls.ts'
import { configureShop } from './shop-setup.ts'

type LabCallName = 'shop.addReplica' | 'shop.removeReplica' | 'shop.setup' | 'shop.configure'
type Handler<Name extends ShopCallName> = (input: CheckedInput<Name>) => Promise<Result<CallOutput<Name>>>

export const shopHandlerLimits = {
  /** How long the fault of a race lasts: longer than an election, shorter than anybody's patience. */
  raceFaultMs: 3_000,
  slowDiskMs: 100,
} as const

/** People are visitors and staff of the shop by way of the desk. What a race does to the lab is done from here. */
export function shopHandlers(lab: Lab): Pick<CallHandlers, ShopCallName | LabCallName> {
  const asks =
    <Name extends ShopCallName>(name: Name): Handler<Name> =>
    async (input) => {
      const call = { name, input } as ShopCall // a name with its own input, which the union cannot see
      const result = await lab.ask(deskNode, { kind: 'shop', call })
      return result as Result<CallOutput<Name>> // the desk is ours, and answers a name with its own output
    }
  /** The recording has what was done to which product or order, and nothing of who ordered. */
  const acts =
    <Name extends ShopCallName>(name: Name, detailOf: (input: CheckedInput<Name>) => string): Handler<Name> =>
    (input) => {
      lab.recorder.noteAction(name, detailOf(input))
      return asks(name)(input)
    }
  return {
    ...visitorHandlers(asks, acts),
    ...staffHandlers(asks, acts),
    'shop.race': async (input) => {
      const { product, shoppers, fault } = input
      lab.recorder.noteAction(
        'shop.race',
        `${product} ${shoppers} ${fault === null ? '' : `${fault.kind} ${fault.on}`}`,
      )
      const begun = await asks('shop.race')(input)
      return begun.ok ? disturbed(lab, begun.value) : begun
    },
    'shop.setup': ({ clusterId }) => lab.shopSetup(clusterId),
    'shop.configure': (input) => {
      lab.recorder.noteAction('shop.configure', input.reach)
      return configureShop(lab, input)
    },
    'shop.addReplica': async ({ clusterId }) => {
      lab.recorder.noteAction('shop.addReplica', clusterId)
      const added = await lab.addReplica(clusterId)
      return added.ok ? ok({ nodeId: added.value }) : added
    },
    'shop.removeReplica': ({ nodeId }) => {
      lab.recorder.noteAction('shop.removeReplica', nodeId)
      return lab.removeReplica(nodeId)
    },
    'shop.raceById': asks('shop.raceById'),
    'shop.races': asks('shop.races'),
  }
}

interface Ways {
  readonly asks: <Name extends ShopCallName>(name: Name) => Handler<Name>
  readonly acts: <Name extends ShopCallName>(
    name: Name,
    detailOf: (input: CheckedInput<Name>) => string,
  ) => Handler<Name>
}

function visitorHandlers(asks: Ways['asks'], acts: Ways['acts']) {
  return {
    'shop.status': asks('shop.status'),
    'shop.categories': asks('shop.categories'),
    'shop.products': asks('shop.products'),
    'shop.product': asks('shop.product'),
    'shop.art': asks('shop.art'),
    'shop.cart': asks('shop.cart'),
    'shop.addToCart': acts('shop.addToCart', ({ product, quantity }) => `${product} ${quantity}`),
    'shop.setInCart': acts('shop.setInCart', ({ product, quantity }) => `${product} ${quantity}`),
    'shop.clearCart': acts('shop.clearCart', () => ''),
    'shop.leave': acts('shop.leave', () => ''),
    'shop.checkout': asks('shop.checkout'),
    'shop.order': acts('shop.order', ({ id }) => id),
    'shop.outbox': asks('shop.outbox'),
    'shop.takeBack': acts('shop.takeBack', ({ id }) => id),
    'shop.orders': asks('shop.orders'),
    'shop.orderById': asks('shop.orderById'),
    'shop.cancel': acts('shop.cancel', ({ order }) => order),
    'shop.registerReceipt': acts('shop.registerReceipt', ({ order }) => order),
    'shop.receipt': asks('shop.receipt'),
    'shop.checkReceipt': asks('shop.checkReceipt'),
  }
}

function staffHandlers(asks: Ways['asks'], acts: Ways['acts']) {
  return {
    'shop.choose': acts('shop.choose', ({ choice }) => choice),
    'shop.moveOrder': acts('shop.moveOrder', ({ order, to }) => `${order} ${to}`),
    'shop.changeStock': acts(
      'shop.changeStock',
      ({ product, operation, quantity }) => `${product} ${operation} ${quantity}`,
    ),
    'shop.addProduct': acts('shop.addProduct', ({ name }) => name),
    'shop.changeProduct': acts('shop.changeProduct', ({ product }) => String(product)),
    'shop.addCategory': acts('shop.addCategory', ({ name }) => name),
    'shop.ledger': asks('shop.ledger'),
    'shop.reservations': asks('shop.reservations'),
    'shop.replicas': asks('shop.replicas'),
  }
}

/** Once for each race: whoever asks a second time gets what is under way. */
async function disturbed(lab: Lab, race: Race): Promise<Result<Race>> {
  const { fault, target, isNew } = race
  if (fault === null || target === null || !isNew) return ok(race)
  const injected = await lab.inject(faultOf(fault, target, lab.topology()), shopHandlerLimits.raceFaultMs)
  return injected.ok ? ok(race) : injected
}

function faultOf({ kind }: RaceFault, node: NodeId, { clusters }: TopologySnapshot): Fault {
  switch (kind) {
    case 'kill':
    case 'pause':
      return { kind, node }
    case 'slow-disk':
      return { kind, node, ms: shopHandlerLimits.slowDiskMs }
    case 'cut': {
      const fellows = clusters.find(({ nodes }) => nodes.some(({ id }) => id === node))?.nodes ?? []
      const others = fellows.map(({ id }) => id).filter((id) => id !== node)
      return { kind, from: [node], to: others, both: true }
    }
    default:
      return unreachable(kind)
  }
}
