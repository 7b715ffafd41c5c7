import type { RoleStart } from './role.ts'
import { ShopCartNode } from './shop/cart/cart.ts'

/** Keeps the carts of visitors. */
export const startShopCart: RoleStart = (plan, ports) => new ShopCartNode(plan, ports)
