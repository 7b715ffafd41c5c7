import type { RoleStart } from './role.ts'
import { ShopOrdersNode } from './shop/orders/orders.ts'

/** Takes orders and carries each to its end. */
export const startShopOrders: RoleStart = (plan, ports) => new ShopOrdersNode(plan, ports)
