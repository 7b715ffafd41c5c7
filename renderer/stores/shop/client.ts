import type { CallInput } from '#contract/window/contract'
import type { CartChanged, SeenLine } from '#contract/worker/shop-shapes'
import type { Result } from '#kit/result'
import type { Actions } from '../actions.ts'
import { type ArtStore, createArtStore, withArt } from './art.ts'
import { agreedLines, emptyDraft, type OrderDraft, seenLines } from './checkout.ts'
import { createNamesStore, type NamesStore, withName } from './names.ts'
import { createShopStore, type ShopWish, withChanged, withChanging } from './state.ts'

export interface ShopClientParts {
  readonly ask: Actions['ask']
  /** 16 random bytes as hex. */
  newId(): string
}

/**
 * What a window does as a visitor of the shop. It stands outside the components, so that leaving the page loses neither the
 * cart nor an order that is under way.
 */
export class ShopClient {
  readonly store = createShopStore()
  readonly art: ArtStore = createArtStore()
  readonly names: NamesStore = createNamesStore()
  readonly #parts: ShopClientParts
  /** Rises with every change of the cart: what was asked for before one is news no more. */
  #turn = 0
  #isReading = false
  readonly #asking = new Set<number>()
  #sent: CallInput<'shop.order'> | null = null

  constructor(parts: ShopClientParts) {
    this.#parts = parts
  }

  /** For what is to happen once, however often it is asked for. */
  newId(): string {
    return this.#parts.newId()
  }

  wish(change: Partial<ShopWish>): void {
    this.store.setState(({ wish }) => ({ wish: { ...wish, ...change } }))
  }

  openCart(isCartOpen: boolean): void {
    this.store.setState({ isCartOpen, told: null })
  }

  async refreshCart(): Promise<void> {
    if (this.#isReading || this.store.getState().changing.size > 0) return
    this.#isReading = true
    const turn = this.#turn
    const result = await this.#parts.ask('shop.cart', {})
    this.#isReading = false
    if (turn !== this.#turn) return
    this.store.setState(result.ok ? { cart: result.value, cartFailure: null } : { cartFailure: result.failure.code })
  }

  add(product: number, quantity = 1): Promise<void> {
    return this.#change(product, () => this.#parts.ask('shop.addToCart', { product, quantity }))
  }

  set(product: number, quantity: number): Promise<void> {
    return this.#change(product, () => this.#parts.ask('shop.setInCart', { product, quantity }))
  }

  clear(): Promise<void> {
    return this.#change('cart', () => this.#parts.ask('shop.clearCart', {}))
  }

  /** Another visitor: what the one before filled in is not theirs. */
  async leave(): Promise<void> {
    const result = await this.#parts.ask('shop.leave', {})
    if (!result.ok) return this.store.setState({ told: { kind: 'failed', product: null, code: result.failure.code } })
    this.#turn += 1
    this.store.setState({ cart: null, told: null, draft: emptyDraft, checkout: null, checkoutFailure: null })
    await this.refreshCart()
  }

  draft(change: Partial<OrderDraft>): void {
    this.store.setState(({ draft }) => ({ draft: { ...draft, ...change } }))
  }

  beginOrder(): void {
    const { cart } = this.store.getState()
    const seen = cart === null ? null : seenLines(cart)
    if (seen === null) return
    this.store.setState({ checkout: { kind: 'filling' }, checkoutFailure: null, isCartOpen: false, seen })
  }

  /** Closes the dialog. What is in the outbox goes on there. */
  endOrder(): void {
    this.store.setState({ checkout: null, checkoutFailure: null })
  }

  backToForm(): void {
    this.store.setState({ checkout: { kind: 'filling' }, checkoutFailure: null })
  }

  /** After a refusal: what the shop says now of what was seen. */
  async again(): Promise<void> {
    this.backToForm()
    await this.look()
  }

  /** Asks what the shop says now of what is on the screen, and orders only if it is the same. */
  async look(): Promise<void> {
    const { seen: lines, checkout } = this.store.getState()
    if (lines.length === 0 || checkout?.kind !== 'filling') return
    this.store.setState({ checkout: { kind: 'looking' }, checkoutFailure: null })
    const result = await this.#parts.ask('shop.checkout', { lines: [...lines] })
    if (this.store.getState().checkout?.kind !== 'looking') return
    if (!result.ok) return this.store.setState({ checkout: { kind: 'filling' }, checkoutFailure: result.failure.code })
    if (result.value.isAsSeen) return this.#order(lines)
    this.store.setState({ checkout: { kind: 'agreeing', checkout: result.value } })
  }

  /** Somebody has read what differs, and wants it all the same. */
  async agree(): Promise<void> {
    const { checkout } = this.store.getState()
    if (checkout?.kind === 'agreeing') await this.#order(agreedLines(checkout.checkout))
  }

  /** The picture of a product, asked for once and kept by its address. */
  async loadArt(photo: string): Promise<void> {
    const known = this.art.getState().pictures.get(photo)
    if (known !== undefined && known !== 'failed') return
    this.art.setState((state) => withArt(state, photo, 'loading'))
    const result = await this.#parts.ask('shop.art', { photo })
    const picture = result.ok ? { address: `data:image/svg+xml,${encodeURIComponent(result.value.svg)}` } : 'failed'
    this.art.setState((state) => withArt(state, photo, picture))
  }

  /** What a product is called, where only its number is said. Each list asks anew, because the staff may call it otherwise. */
  async loadName(product: number): Promise<void> {
    if (this.#asking.has(product)) return
    this.#asking.add(product)
    const result = await this.#parts.ask('shop.product', { product })
    this.#asking.delete(product)
    const name = result.ok ? result.value.product?.name : undefined
    if (name !== undefined) this.names.setState((state) => withName(state, product, name))
  }

  async #order(lines: readonly SeenLine[]): Promise<void> {
    const { draft } = this.store.getState()
    this.store.setState({ checkout: { kind: 'sending' }, checkoutFailure: null })
    this.#sent = {
      id: this.#parts.newId(),
      form: {
        name: draft.name.trim(),
        phone: draft.phone.trim(),
        pickupName: draft.pickupName.trim(),
        pickupDate: draft.pickupDate,
        message: draft.message.trim(),
        lines: [...lines],
      },
    }
    await this.sendAgain()
  }

  /** Under the same id, so that however often it is sent it is one order. */
  async sendAgain(): Promise<void> {
    if (this.#sent === null) return
    const { id } = this.#sent
    const isKnownUnsent = this.store.getState().checkout?.kind !== 'following'
    const result = await this.#parts.ask('shop.order', this.#sent)
    // Without an answer nobody knows whether the desk took it; its outbox tells, under the id.
    if (result.ok || result.failure.code === 'timed-out')
      return this.store.setState(({ checkout, draft }) => ({
        // Whoever has closed the dialog meanwhile finds the order among those that are under way.
        checkout: checkout === null ? null : { kind: 'following', id },
        // What was said to the confectioners was about this order, and so was its day.
        draft: { ...draft, message: '', pickupDate: null },
      }))
    const { code } = result.failure
    // A refusal now says nothing of what was sent before: only under its own id it stays one order.
    this.store.setState(({ checkout }) => ({
      checkout: isKnownUnsent ? { kind: 'filling' } : checkout,
      checkoutFailure: code,
    }))
  }

  /** One change of a product at a time: a second click while the first is under way is let fall. */
  async #change(what: number | 'cart', ask: () => Promise<Result<CartChanged>>): Promise<void> {
    const { changing } = this.store.getState()
    if (changing.has(what) || changing.has('cart')) return
    const product = what === 'cart' ? null : what
    this.#turn += 1
    this.store.setState((state) => withChanging(state, what, true))
    const result = await ask()
    this.#turn += 1
    this.store.setState((state) => {
      const next = withChanging(state, what, false)
      if (result.ok) return withChanged(next, product, result.value)
      return { ...next, told: { kind: 'failed', product, code: result.failure.code } }
    })
  }
}
