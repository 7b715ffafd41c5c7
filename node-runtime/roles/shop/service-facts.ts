import type { RouteFacts } from './api/route.ts'
import { cartRoutes } from './cart/cart-routes.ts'
import { ownRoutes } from './catalogue/own-routes.ts'
import { readRoutes } from './catalogue/read-routes.ts'
import { writeRoutes } from './catalogue/write-routes.ts'
import { orderRoutes } from './orders/order-routes.ts'

/** All that is served behind the gateway, for its own page. */
export const serviceFacts: readonly RouteFacts[] = [
  ...readRoutes,
  ...writeRoutes,
  ...ownRoutes,
  ...cartRoutes,
  ...orderRoutes,
].filter(({ path }) => path !== '/health')
