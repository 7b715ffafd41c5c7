import type { Category, Movement, Product, Reservation } from '#cores/shop/messages'

/** As our own programs see it: with what is reserved, which the dialect has no word for. */
export function productView(product: Product): string {
  return JSON.stringify({ ...product, available: product.onHand - product.reserved })
}

export function categoryJson(category: Category): string {
  return JSON.stringify(category)
}

export function movementView(movement: Movement): string {
  return JSON.stringify({ ...movement, available: movement.onHand - movement.reserved })
}

export function reservationView(reservation: Reservation): string {
  return JSON.stringify(reservation)
}
