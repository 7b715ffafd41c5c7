import { z } from 'zod'
import { readChoices, type ShopReach, shopReaches } from '#contract/worker/shop'
import { type ShopCallName, type ShopInput, shopDeskLimits } from '#contract/worker/shop-calls'
import { raceFaultKinds, raceTargets } from '#contract/worker/shop-races'
import { orderStateNames } from '#contract/worker/shop-shapes'
import { cluster, node } from './ids.ts'

/*
 * How a window lives with these calls.
 *
 * The storefront asks `shop.categories` and `shop.products`; whoever scrolls asks on with `next`. `photo` of a product goes
 * to `shop.art` once, and what comes back into an image as a `data:` address. Every answer of the catalogue carries
 * `answered`, which is what the ribbon says.
 *
 * An order: `shop.checkout` with the prices that are on the screen; what differs is said, and agreed to; then the window
 * draws an id, calls `shop.order` with the prices agreed to, and follows `shop.outbox` until the item is `placed` or
 * `refused`. `price-changed` means that they changed once more in between: nothing was ordered, and it begins again.
 *
 * No event is pushed for the shop. `desk.revision` of the desk's node in the topology rises with all that the desk itself
 * has done (outbox, races, registrations); what the shop does by itself (states of orders, stock) a page asks for anew
 * every second or two while it is looked at.
 */

const id = z.string().regex(/^[0-9a-f]{32}$/)
const order = z.string().regex(/^[0-9a-z-]{1,40}$/)
const product = z.int().min(1).max(shopDeskLimits.idMax)
const category = product
const quantity = z.int().min(1).max(shopDeskLimits.quantityMax)
const cents = z.int().min(0).max(shopDeskLimits.priceCentsMax)
const name = z.string().trim().min(1).max(shopDeskLimits.nameCharsMax)
const description = z.string().max(shopDeskLimits.descriptionCharsMax)
const phone = z.string().regex(/^[\d\s()+.-]{3,24}$/)
const page = {
  after: z.int().min(0).nullable(),
  limit: z.int().min(1).max(shopDeskLimits.rowsPerPageMax),
}
const nothing = z.strictObject({})
const inOrder = z.strictObject({ order })
const lines = z
  .array(z.strictObject({ product, quantity, priceCents: cents }))
  .min(1)
  .max(shopDeskLimits.linesMax)
  .readonly()

/** What the window may ask the desk about the shop. The desk takes what has passed here as it is. */
export const shopInputs = {
  'shop.status': nothing,
  'shop.choose': z.strictObject({ choice: z.enum(readChoices) }),
  'shop.categories': nothing,
  'shop.products': z.strictObject({
    text: z.string().max(shopDeskLimits.searchCharsMax),
    category: category.nullable(),
    priceCentsMax: cents.nullable(),
    isInStock: z.boolean(),
    isAll: z.boolean(),
    ...page,
  }),
  'shop.product': z.strictObject({ product }),
  'shop.art': z.strictObject({
    photo: z
      .string()
      .max(shopDeskLimits.photoCharsMax)
      .regex(/^\/art\/[a-z0-9-]{1,100}\.svg$/),
  }),
  'shop.cart': nothing,
  'shop.addToCart': z.strictObject({ product, quantity }),
  'shop.setInCart': z.strictObject({ product, quantity: z.int().min(0).max(shopDeskLimits.quantityMax) }),
  'shop.clearCart': nothing,
  'shop.leave': nothing,
  'shop.checkout': z.strictObject({ lines }),
  'shop.order': z.strictObject({
    id,
    form: z.strictObject({
      name,
      phone,
      pickupName: z.string().trim().max(shopDeskLimits.nameCharsMax),
      pickupDate: z.iso.date().nullable(),
      message: z.string().max(shopDeskLimits.messageCharsMax),
      lines,
    }),
  }),
  'shop.outbox': z.strictObject(page),
  'shop.takeBack': z.strictObject({ id }),
  'shop.orders': z.strictObject({
    of: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.enum(['own', 'all']) }),
      z.strictObject({ kind: z.literal('phone'), phone }),
    ]),
    ...page,
  }),
  'shop.orderById': inOrder,
  'shop.cancel': inOrder,
  'shop.moveOrder': z.strictObject({ order, to: z.enum(orderStateNames) }),
  'shop.changeStock': z.strictObject({
    id,
    product,
    operation: z.enum(['add', 'remove', 'set']),
    quantity: z.int().min(0).max(shopDeskLimits.quantityMax),
  }),
  'shop.addProduct': z.strictObject({
    id,
    name,
    description,
    priceCents: cents,
    category,
    onHand: z.int().min(0).max(shopDeskLimits.quantityMax),
  }),
  'shop.changeProduct': z.strictObject({
    id,
    product,
    name: name.nullable(),
    description: description.nullable(),
    priceCents: cents.nullable(),
    category: category.nullable(),
    isActive: z.boolean().nullable(),
  }),
  'shop.addCategory': z.strictObject({ id, name }),
  'shop.ledger': z.strictObject({ product: product.nullable(), ...page }),
  'shop.reservations': z.strictObject(page),
  'shop.replicas': nothing,
  'shop.race': z.strictObject({
    id,
    product,
    shoppers: z.int().min(2).max(shopDeskLimits.shoppersMax),
    units: z.int().min(1).max(shopDeskLimits.unitsMax),
    shopper: z.string().trim().min(1).max(shopDeskLimits.shopperCharsMax),
    fault: z.strictObject({ kind: z.enum(raceFaultKinds), on: z.enum(raceTargets) }).nullable(),
  }),
  'shop.raceById': z.strictObject({ id }),
  'shop.races': nothing,
  'shop.registerReceipt': z.strictObject({
    order,
    title: z.string().max(shopDeskLimits.titleCharsMax),
    registrant: z.string().max(shopDeskLimits.registrantCharsMax),
  }),
  'shop.receipt': inOrder,
  'shop.checkReceipt': inOrder,
} as const satisfies { readonly [Name in ShopCallName]: z.ZodType<ShopInput<Name>> }

/** How the lab's shop is set up: kept in the lab, and the same after every start. */
export interface ShopSetup {
  readonly reach: ShopReach
  /** What programs of the staff have to show; null: nothing, because only this machine can ask. */
  readonly staffToken: string | null
  /** Addresses of this machine by which others reach the shop, and the port of its gateway; null: it has not been opened yet. */
  readonly hosts: readonly string[]
  readonly port: number | null
}

/** What is done to the lab for the shop, and asked of no node. */
export const shopLabInputs = {
  'shop.addReplica': z.strictObject({ clusterId: cluster }),
  'shop.removeReplica': z.strictObject({ nodeId: node }),
  'shop.setup': z.strictObject({ clusterId: cluster }),
  'shop.configure': z.strictObject({ clusterId: cluster, reach: z.enum(shopReaches) }),
} as const
