export {
  type DialectAnswer,
  htmlType,
  jsonType,
  notFound,
  notJson,
  page,
  refusal,
  staffOnly,
  success,
  tooLong,
  unavailable,
  unknownOutcome,
} from './answers.ts'
export type { DialectCart } from './cart.ts'
export * as cartAnswers from './cart.ts'
export * as catalogueAnswers from './catalogue.ts'
export { type DialectCategory, type DialectProduct, productJson } from './catalogue.ts'
export { dayAfter } from './days.ts'
export { textJson } from './json.ts'
export { type OrderRequest, phoneDigits, readMove, readOrder } from './order-requests.ts'
export type { DialectOrder, DialectOrderState } from './orders.ts'
export * as orderAnswers from './orders.ts'
export {
  type ProductFilter,
  readFields,
  readFilter,
  readId,
  readItem,
  readQuantity,
  readStockChange,
  readWanted,
  shopLimits,
} from './requests.ts'
