export { cartStep, pricedCart, readCart } from './cart/cart.ts'
export {
  decodeCatalogueAnswer,
  decodeCatalogueDeed,
  decodeCatalogueOutcome,
  decodeCatalogueQueryAnswer,
  encodeCatalogueCommand,
  encodeCatalogueDeed,
  encodeCatalogueOutcome,
  encodeCatalogueQuery,
} from './catalogue/codecs.ts'
export { catalogueMachine } from './catalogue/machine.ts'
export { OrdersCore } from './orders/core.ts'
export { newestOrders, orderById, ordersByPhone, ordersBySession } from './orders/reading.ts'
