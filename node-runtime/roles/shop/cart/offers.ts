import type { Offer } from '#cores/shop/cart-messages'
import type { ProductId } from '#cores/shop/messages'
import type { NodeId } from '#kit/ids'
import type { ShopCatalogue } from '#ports/shop-catalogue'
import type { Wire } from '#ports/wire'

export interface OffersParts {
  readonly catalogue: ShopCatalogue
  readonly catalogues: readonly NodeId[]
  readonly wire: Pick<Wire, 'links'>
  readonly soon: (work: () => void) => void
}

const away: Offer = { kind: 'away' }

/** What the catalogue says of products now. When nobody can be asked, that is said at once. */
export class Offers {
  readonly #parts: OffersParts
  #isAway = false

  constructor(parts: OffersParts) {
    this.#parts = parts
  }

  /** The last time that somebody asked. */
  get isAway(): boolean {
    return this.#isAway
  }

  of(products: readonly ProductId[], done: (offers: ReadonlyMap<ProductId, Offer>) => void): void {
    const nobody = (): void => {
      this.#isAway = true
      done(new Map(products.map((product) => [product, away])))
    }
    if (!this.#isAnybodyThere) return this.#parts.soon(nobody)
    this.#parts.catalogue.ask({ kind: 'products-by-id', products }, 'stale', (result) => {
      if (!result.ok) return nobody()
      this.#isAway = false
      const found = result.value.products
      done(new Map(products.map((id, place) => [id, offerOf(found[place] ?? null)])))
    })
  }

  get #isAnybodyThere(): boolean {
    const { wire, catalogues } = this.#parts
    return wire.links().some(({ peer, isConnected }) => isConnected && catalogues.includes(peer))
  }
}

function offerOf(product: Extract<Offer, { readonly kind: 'known' }>['product'] | null): Offer {
  return product === null ? { kind: 'unknown' } : { kind: 'known', product }
}
