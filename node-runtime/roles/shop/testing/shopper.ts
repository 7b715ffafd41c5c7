import type { Heard, VirtualShop } from './virtual-shop.ts'
import { gateway } from './virtual-shop.ts'

export interface Wish {
  readonly product: number
  readonly quantity?: number
  readonly key?: string | null
  readonly more?: object
}

export function orderOf(product: number, quantity = 1): object {
  return { nome: 'Ana', telefone: '11 99999-0000', itens: [{ produto_id: product, quantidade: quantity }] }
}

/** What to send for a wish. */
export function placing({ product, quantity = 1, key = null, more = {} }: Wish) {
  const headers: Readonly<Record<string, string>> = key === null ? {} : { 'idempotency-key': key }
  return { method: 'POST', headers, body: { ...orderOf(product, quantity), ...more } }
}

/** Asks again under the same key until the answer is for good, as a program should. */
export class Shopper {
  readonly #shop: VirtualShop
  readonly #wish: Wish
  #answer: () => Heard | null
  #attempts = 1

  constructor(shop: VirtualShop, wish: Wish) {
    this.#shop = shop
    this.#wish = wish
    this.#answer = shop.send(gateway, '/api/pedidos', placing(wish))
  }

  get attempts(): number {
    return this.#attempts
  }

  /** null: not yet. */
  look(): Heard | null {
    const heard = this.#answer()
    if (heard === null || isForGood(heard)) return heard
    this.again()
    return null
  }

  again(): void {
    this.#attempts += 1
    this.#answer = this.#shop.send(gateway, '/api/pedidos', placing(this.#wish))
  }
}

function isForGood({ status, json }: Heard): boolean {
  return status === 201 || status === 422 || (status === 409 && json.codigo !== 'em_andamento')
}

/** What became of every one of them. */
export function untilDefinite(shop: VirtualShop, shoppers: readonly Shopper[]): readonly Heard[] {
  const ends = new Map<Shopper, Heard>()
  shop.hosts.until(() => {
    for (const shopper of shoppers) {
      const heard = ends.has(shopper) ? null : shopper.look()
      if (heard !== null) ends.set(shopper, heard)
    }
    return ends.size === shoppers.length
  }, 120_000)
  return shoppers.flatMap((shopper) => ends.get(shopper) ?? [])
}
