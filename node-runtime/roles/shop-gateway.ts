import type { RoleStart } from './role.ts'
import { ShopGateway } from './shop/gateway/gateway.ts'

/** The one address of a shop. */
export const startShopGateway: RoleStart = (plan, ports) => new ShopGateway(plan, ports)
