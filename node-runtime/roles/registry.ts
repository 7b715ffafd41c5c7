import { type RoleName, roleNames } from '#contract/worker/protocol'
import { startChatBot } from './chat-bot.ts'
import { startChatBroker } from './chat-broker.ts'
import { startChatProxy } from './chat-proxy.ts'
import { startChatReference } from './chat-reference.ts'
import { startChatServer } from './chat-server.ts'
import { startDesk } from './desk/desk.ts'
import { startNotaryPeer } from './notary-peer.ts'
import { startRegisterPeer } from './register-peer.ts'
import { startRingPeer } from './ring-peer.ts'
import type { RoleStart } from './role.ts'
import { startShopCart } from './shop-cart.ts'
import { startShopCatalog } from './shop-catalog.ts'
import { startShopGateway } from './shop-gateway.ts'
import { startShopOrders } from './shop-orders.ts'

/** Every role that a worker of this build can take. */
const roles: Readonly<Record<RoleName, RoleStart>> = {
  'chat-bot': startChatBot,
  'chat-broker': startChatBroker,
  'chat-proxy': startChatProxy,
  'chat-reference': startChatReference,
  'chat-server': startChatServer,
  desk: startDesk,
  'notary-peer': startNotaryPeer,
  'register-peer': startRegisterPeer,
  'ring-peer': startRingPeer,
  'shop-cart': startShopCart,
  'shop-catalog': startShopCatalog,
  'shop-gateway': startShopGateway,
  'shop-orders': startShopOrders,
}

/** null for a name that this build does not know: the plan may come from a newer program. */
export function roleOf(name: string): RoleStart | null {
  const known = roleNames.find((role) => role === name)
  return known === undefined ? null : roles[known]
}
