import type { CallInput, CallOutput } from '#contract/window/contract'
import type { ShopCallName } from '#contract/worker/shop-calls'
import type { OrderReceipt } from '#contract/worker/shop-races'
import type { Result } from '#kit/result'
import { done, given, refused } from './answers.ts'
import { fakeHash } from './fake-records.ts'
import type { FakeShop } from './fake-shop.ts'
import { fakeArt, fakeCategories } from './fake-shop-goods.ts'

type ShopHandlers = {
  readonly [Name in ShopCallName | 'shop.addReplica' | 'shop.removeReplica' | 'shop.setup' | 'shop.configure']: (
    input: CallInput<Name>,
  ) => Result<CallOutput<Name>>
}

export function shopHandlers(shop: FakeShop): ShopHandlers {
  return { ...visitorHandlers(shop), ...orderHandlers(shop), ...staffHandlers(shop) }
}

function visitorHandlers(shop: FakeShop) {
  return {
    'shop.status': () => given(shop.status()),
    'shop.choose': ({ choice }) => done(() => shop.choose(choice)),
    'shop.categories': () => given({ categories: fakeCategories, answered: shop.answered() }),
    'shop.products': (query) => given(shop.products(query)),
    'shop.product': ({ product }) => given({ product: shop.product(product), answered: shop.answered() }),
    'shop.art': ({ photo }) => given({ svg: fakeArt(photo) }),
    'shop.cart': () => given(shop.cart()),
    'shop.addToCart': ({ product, quantity }) => given(shop.addToCart(product, quantity)),
    'shop.setInCart': ({ product, quantity }) => given(shop.setInCart(product, quantity)),
    'shop.clearCart': () => given(shop.clearCart()),
    'shop.leave': () => {
      shop.clearCart()
      return given(shop.status())
    },
    'shop.checkout': ({ lines }) => given(shop.checkout(lines)),
  } satisfies Partial<ShopHandlers>
}

function orderHandlers(shop: FakeShop) {
  const receiptOf = (order: string): OrderReceipt => {
    const state = shop.orders(null).find(({ id }) => id === order)?.receipt ?? null
    return { text: order, sha256: fakeHash(order), fileName: `${order}.txt`, state, index: state === null ? null : 7 }
  }
  return {
    'shop.order': ({ id, form }) => given(shop.order(id, form)),
    'shop.outbox': () => given(shop.outbox()),
    'shop.takeBack': () => refused('does-not-apply'),
    'shop.orders': ({ of }) => given({ orders: shop.orders(of.kind === 'phone' ? of.phone : null), next: null }),
    'shop.orderById': ({ order }) => given({ order: shop.orders(null).find(({ id }) => id === order) ?? null }),
    'shop.cancel': ({ order }) => given(shop.move(order, 'cancelled')),
    'shop.moveOrder': ({ order, to }) => given(shop.move(order, to)),
    'shop.registerReceipt': ({ order }) => {
      shop.register(order)
      return given(receiptOf(order))
    },
    'shop.receipt': ({ order }) => given(receiptOf(order)),
    'shop.checkReceipt': ({ order }) => {
      const { sha256, index, state } = receiptOf(order)
      const kind = state === null ? 'not-registered' : 'registered'
      return given({ kind, sha256, index, registeredAtMs: index === null ? null : shop.answered().atWallMs })
    },
  } satisfies Partial<ShopHandlers>
}

function staffHandlers(shop: FakeShop) {
  return {
    'shop.changeStock': ({ product, operation, quantity }) => {
      const before = shop.product(product)?.onHand ?? 0
      if (operation === 'set') return given(shop.changeStock(product, quantity, 'set'))
      return operation === 'add'
        ? given(shop.changeStock(product, before + quantity, 'added'))
        : given(shop.changeStock(product, before - quantity, 'removed'))
    },
    'shop.addProduct': ({ id: _, ...product }) => given(shop.add(product)),
    'shop.changeProduct': ({ id: _, product, ...change }) => {
      const said = Object.entries(change).filter(([, value]) => value !== null)
      return given(shop.change(product, Object.fromEntries(said)))
    },
    'shop.addCategory': () => given({ refused: 'too-many' as const }),
    'shop.ledger': ({ product }) => given({ rows: shop.ledger(product), next: null, answered: shop.answered() }),
    'shop.reservations': () => given({ reservations: [], next: null, answered: shop.answered() }),
    'shop.replicas': () => given(shop.replicas()),
    'shop.setup': () => given({ reach: 'loopback', staffToken: null, hosts: [], port: 5_080 }),
    'shop.configure': () => refused('does-not-apply'),
    'shop.addReplica': () => refused('does-not-apply'),
    'shop.removeReplica': () => refused('does-not-apply'),
    'shop.race': (order) => given(shop.race(order)),
    'shop.raceById': ({ id }) => given({ race: shop.raceById(id) }),
    'shop.races': () => given({ races: shop.races() }),
  } satisfies Partial<ShopHandlers>
}
