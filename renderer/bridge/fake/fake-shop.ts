import type { ReadChoice } from '#contract/worker/shop'
import type { Race, RaceOrder } from '#contract/worker/shop-races'
import type {
  Answered,
  CartChanged,
  DeskShopStatus,
  LedgerRow,
  OrderForm,
  OrderMoved,
  OrderStateName,
  ProductChanged,
  ProductQuery,
  SeenLine,
  ShopCart,
  ShopCartItem,
  ShopCheckout,
  ShopOrder,
  ShopOutboxCounts,
  ShopOutboxItem,
  ShopProduct,
  ShopReplicas,
} from '#contract/worker/shop-shapes'
import type { NodeId } from '#kit/ids'
import { fakeCategories, fakeGoods } from './fake-shop-goods.ts'
import { fakeOrderId, fakeRace } from './fake-shop-race.ts'

const nodeOf = (text: string): NodeId => text as NodeId // the shape that kit/ids would check
const catalogues = [1, 2, 3].map((number) => nodeOf(`shop-catalog-${number}`))
const session = 'fake-visitor'

interface Stock {
  readonly kind: LedgerRow['kind']
  readonly change: number
  readonly order: string | null
}

/** A scripted shop: stock, cart and orders as they would be, with nothing behind them that could fail. */
export class FakeShop {
  #goods: readonly ShopProduct[]
  #cart: readonly { readonly product: number; readonly quantity: number }[] = []
  #orders: readonly ShopOrder[] = []
  #outbox: readonly ShopOutboxItem[] = []
  #races: readonly Race[] = []
  #rows: readonly LedgerRow[] = []
  #choice: ReadChoice = 'own-writes'
  #turn = 0
  #nowMs: number
  /** The catalogue is away: items of the cart have no price. */
  isAway = false

  constructor(nowMs = 1_000_000) {
    this.#nowMs = nowMs
    this.#goods = fakeGoods(nowMs)
  }

  advance(nowMs: number): void {
    this.#nowMs = nowMs
  }

  answered(): Answered {
    this.#turn += 1
    const from = catalogues[this.#turn % catalogues.length] ?? null
    return { from, lagEntries: 0, ageMs: 40, isStale: false, position: 80, tookMs: 3, atWallMs: this.#nowMs }
  }

  status(): DeskShopStatus {
    return {
      gateway: nodeOf('shop-gateway'),
      session: this.#cart.length === 0 ? null : session,
      choice: this.#choice,
      isAnswering: true,
      silentSinceWallMs: null,
      last: this.answered(),
      outbox: this.counts(),
    }
  }

  choose(choice: ReadChoice): void {
    this.#choice = choice
  }

  products({ text, category, priceCentsMax, isInStock, isAll, after, limit }: ProductQuery) {
    const words = text.toLowerCase()
    const found = this.#goods.filter(
      (one) =>
        one.id > (after ?? 0) &&
        (isAll || one.isActive) &&
        `${one.name} ${one.description}`.toLowerCase().includes(words) &&
        (category === null || one.category === category) &&
        (priceCentsMax === null || one.priceCents <= priceCentsMax) &&
        (!isInStock || one.available > 0),
    )
    const products = found.slice(0, limit)
    return { products, next: found.length > limit ? (products.at(-1)?.id ?? null) : null, answered: this.answered() }
  }

  product(id: number): ShopProduct | null {
    return this.#goods.find((one) => one.id === id) ?? null
  }

  cart(): ShopCart {
    const items = this.#cart.map((line) => this.#itemOf(line))
    const totalCents = items.reduce((sum, { subtotalCents }) => sum + (subtotalCents ?? 0), 0)
    return { session, items, totalCents, isCatalogueAway: this.isAway, answered: this.answered() }
  }

  setInCart(product: number, quantity: number): CartChanged {
    const available = this.product(product)?.available ?? 0
    if (quantity > available) return { kind: 'refused', why: 'over-stock', cart: this.cart() }
    const others = this.#cart.filter((line) => line.product !== product)
    this.#cart = quantity === 0 ? others : [...others, { product, quantity }].sort((a, b) => a.product - b.product)
    return { kind: 'done', cart: this.cart() }
  }

  addToCart(product: number, quantity: number): CartChanged {
    const before = this.#cart.find((line) => line.product === product)?.quantity ?? 0
    return this.setInCart(product, before + quantity)
  }

  clearCart(): CartChanged {
    this.#cart = []
    return { kind: 'done', cart: this.cart() }
  }

  checkout(lines: readonly SeenLine[]): ShopCheckout {
    const now = lines.map((line) => {
      const product = this.product(line.product)
      const nowCents = product?.isActive ? product.priceCents : null
      const available = product?.available ?? null
      const isShort = available !== null && available < line.quantity
      const problem =
        nowCents === null ? 'not-sold' : isShort ? 'short' : nowCents === line.priceCents ? null : 'price-changed'
      return { ...line, name: product?.name ?? null, nowCents, available, problem } as const
    })
    const totalCents = now.reduce((sum, { nowCents, quantity }) => sum + (nowCents ?? 0) * quantity, 0)
    return { lines: now, totalCents, isAsSeen: now.every(({ problem }) => problem === null), answered: this.answered() }
  }

  order(id: string, form: OrderForm): ShopOutboxItem {
    const known = this.#outbox.find((item) => item.id === id)
    if (known) return known
    const order = this.#place(form)
    this.#cart = this.#cart.filter(({ product }) => !form.lines.some((line) => line.product === product))
    const about = { id, position: this.#outbox.length + 1, form, attempts: 1, takenWallMs: this.#nowMs }
    const item: ShopOutboxItem = { ...about, state: { kind: 'placed', order: order.id }, settledWallMs: this.#nowMs }
    this.#outbox = [item, ...this.#outbox]
    return item
  }

  outbox() {
    return { items: this.#outbox, next: null, counts: this.counts() }
  }

  counts(): ShopOutboxCounts {
    const counts = { waiting: 0, sent: 0, placed: 0, refused: 0 }
    for (const { state } of this.#outbox) counts[state.kind] += 1
    return counts
  }

  orders(phone: string | null): readonly ShopOrder[] {
    return this.#orders.filter((order) => phone === null || order.phone === phone)
  }

  move(id: string, state: OrderStateName): OrderMoved {
    const order = this.#orders.find((one) => one.id === id)
    if (!order) return { kind: 'refused', why: 'unknown-order' }
    const moved = { ...order, state, history: [...order.history, { state, atMs: this.#nowMs, by: 'fake' }] }
    this.#orders = this.#orders.map((one) => (one === order ? moved : one))
    if (state === 'cancelled')
      for (const line of order.lines)
        this.#stock(line.product, { kind: 'given-back', change: line.quantity, order: id })
    return { kind: 'moved', order: moved }
  }

  register(id: string): void {
    this.#orders = this.#orders.map((one) => (one.id === id ? { ...one, receipt: 'co-signed' } : one))
  }

  changeStock(id: number, onHand: number, kind: 'added' | 'removed' | 'set'): ProductChanged {
    const product = this.product(id)
    if (product === null) return { kind: 'refused', why: 'unknown-product' }
    if (onHand < product.reserved) return { kind: 'refused', why: 'out-of-stock' }
    return { kind: 'done', product: this.#stock(id, { kind, change: onHand - product.onHand, order: null }) ?? product }
  }

  change(id: number, part: Partial<ShopProduct>): ProductChanged {
    this.#goods = this.#goods.map((one) => (one.id === id ? { ...one, ...part } : one))
    const product = this.product(id)
    return product === null ? { kind: 'refused', why: 'unknown-product' } : { kind: 'done', product }
  }

  add(
    part: Omit<ShopProduct, 'id' | 'categoryName' | 'photo' | 'isActive' | 'reserved' | 'available' | 'updatedAtMs'>,
  ): ProductChanged {
    const id = this.#goods.length + 1
    const categoryName = fakeCategories.find((one) => one.id === part.category)?.name ?? ''
    const rest = {
      categoryName,
      photo: '/art/outro-produto.svg',
      isActive: true,
      reserved: 0,
      updatedAtMs: this.#nowMs,
    }
    const product = { id, ...part, ...rest, available: part.onHand }
    this.#goods = [...this.#goods, product]
    return { kind: 'done', product }
  }

  ledger(product: number | null): readonly LedgerRow[] {
    return product === null ? this.#rows : this.#rows.filter((row) => row.product === product).toReversed()
  }

  replicas(): ShopReplicas {
    const names = ['shop-cart', 'shop-orders'].map(nodeOf)
    const services = [...catalogues, ...names].map((nodeId, index) => ({
      nodeId,
      isLive: true,
      isPrimary: index === 0,
      isLearner: false,
      position: index < catalogues.length ? 80 : null,
      answeredInMs: 2,
      heardMsAgo: 300,
    }))
    const behind = Object.fromEntries(catalogues.map((nodeId) => [nodeId, 0]))
    return { choice: this.#choice, services, behind }
  }

  race(order: RaceOrder): Race {
    const known = this.raceById(order.id)
    if (known) return { ...known, isNew: false }
    const race = fakeRace(order, this.#nowMs)
    this.#races = [race, ...this.#races]
    return race
  }

  raceById(id: string): Race | null {
    return this.#races.find((race) => race.id === id) ?? null
  }

  races(): readonly Race[] {
    return this.#races
  }

  #itemOf({ product: id, quantity }: { readonly product: number; readonly quantity: number }): ShopCartItem {
    const product = this.isAway ? null : this.product(id)
    if (product === null) {
      const none = { name: null, photo: null, priceCents: null, subtotalCents: null, available: null }
      return { product: id, quantity, ...none, problem: 'unpriced' }
    }
    const { name, photo, priceCents, available } = product
    const problem = available < quantity ? 'short' : null
    return { product: id, quantity, name, photo, priceCents, subtotalCents: priceCents * quantity, available, problem }
  }

  #place({ name, phone, pickupName, pickupDate, message, lines }: OrderForm): ShopOrder {
    const number = this.#orders.length + 1
    const id = fakeOrderId(number)
    const state = 'stock-confirmed'
    const order: ShopOrder = {
      id,
      number,
      state,
      owes: null,
      name,
      phone,
      pickupName,
      pickupDate: pickupDate ?? '2026-11-23',
      message,
      lines: lines.map((line) => ({ ...line, name: this.product(line.product)?.name ?? '' })),
      totalCents: lines.reduce((sum, line) => sum + line.priceCents * line.quantity, 0),
      createdAtMs: this.#nowMs,
      updatedAtMs: this.#nowMs,
      pickedUpAtMs: null,
      history: (['received', state] as const).map((one) => ({ state: one, atMs: this.#nowMs, by: 'fake' })),
      receipt: null,
    }
    this.#orders = [order, ...this.#orders]
    for (const line of lines) this.#stock(line.product, { kind: 'sold', change: -line.quantity, order: id })
    return order
  }

  #stock(id: number, { kind, change, order }: Stock): ShopProduct | null {
    const product = this.product(id)
    if (product === null) return null
    const onHand = product.onHand + change
    const next = { ...product, onHand, available: onHand - product.reserved }
    this.#goods = this.#goods.map((one) => (one.id === id ? next : one))
    const number = this.#rows.length + 1
    const row = {
      number,
      product: id,
      kind,
      onHandChange: change,
      reservedChange: 0,
      onHand,
      reserved: product.reserved,
    }
    const about = { order, by: 'fake', why: '', atMs: this.#nowMs, logIndex: number, previous: 0 }
    this.#rows = [...this.#rows, { ...row, available: next.available, ...about }]
    return next
  }
}
