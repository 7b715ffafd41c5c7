import { count, type Field, flag, kinds, listOf, oneOf, orNull, record, text } from '../fields.ts'
import {
  type CatalogueDeed,
  type CatalogueOutcome,
  type CatalogueResult,
  type Category,
  catalogueRefusals,
  type Product,
  type ShortLine,
  type SoldLine,
  stockOperations,
  type WantedLine,
} from '../messages.ts'

export const wantedLine: Field<WantedLine> = record<WantedLine>({
  product: count,
  quantity: count,
  priceCents: orNull(count),
})

export const soldLine: Field<SoldLine> = record<SoldLine>({
  product: count,
  name: text,
  quantity: count,
  priceCents: count,
})

export const shortLine: Field<ShortLine> = record<ShortLine>({
  product: count,
  wanted: count,
  available: orNull(count),
  priceCents: orNull(count),
})

export const refusalFields = { why: oneOf(catalogueRefusals), lines: listOf(shortLine) } as const

export const product: Field<Product> = record<Product>({
  id: count,
  name: text,
  description: text,
  priceCents: count,
  category: count,
  categoryName: text,
  photo: text,
  isActive: flag,
  createdAtMs: count,
  updatedAtMs: count,
  onHand: count,
  reserved: count,
  version: count,
})

export const category: Field<Category> = record<Category>({ id: count, name: text, createdAtMs: count })

const orderKinds = {
  reserve: { order: text, lines: listOf(wantedLine), totalCents: orNull(count) },
  confirm: { order: text },
  release: { order: text },
  'give-back': { order: text },
} as const

const ofStaff = { id: text, by: text } as const

export const deed: Field<CatalogueDeed> = kinds<CatalogueDeed>({
  ...orderKinds,
  expire: {},
  stock: { ...ofStaff, product: count, operation: oneOf(stockOperations), quantity: count, why: text },
  'add-product': {
    ...ofStaff,
    name: text,
    description: text,
    priceCents: count,
    category: count,
    photo: text,
    onHand: count,
  },
  'change-product': {
    ...ofStaff,
    product: count,
    name: orNull(text),
    description: orNull(text),
    priceCents: orNull(count),
    category: orNull(count),
    photo: orNull(text),
    isActive: orNull(flag),
  },
  'add-category': { ...ofStaff, name: text },
})

const result: Field<CatalogueResult> = kinds<CatalogueResult>({
  reserved: { lines: listOf(soldLine), totalCents: count, expiresAtMs: count },
  confirmed: {},
  released: {},
  'given-back': {},
  product: { product },
  category: { category },
  expired: { reservations: count },
})

export const outcome: Field<CatalogueOutcome> = kinds<CatalogueOutcome>({
  done: { result },
  'done-before': { result },
  refused: refusalFields,
})
