import { describe, expect, it } from 'vitest'
import type { CallName } from '#contract/window/channels'
import type { CallInput, CallOutput } from '#contract/window/contract'
import type { ShopCart } from '#contract/worker/shop-shapes'
import type { FailureCode } from '#kit/failures'
import type { Result } from '#kit/result'
import { FakeShop } from '../../bridge/fake/fake-shop.ts'
import { shopHandlers } from '../../bridge/fake/fake-shop-calls.ts'
import type { Actions } from '../actions.ts'
import { ShopClient } from './client.ts'

/** A window over a fake shop, whose answers can be held back or refused. */
function windowOf() {
  const shop = new FakeShop()
  const handlers = shopHandlers(shop)
  const asked: CallName[] = []
  const refusals = new Map<CallName, FailureCode>()
  const held = new Map<CallName, Promise<void>>()
  let ids = 0
  const ask: Actions['ask'] = async <Name extends CallName>(name: Name, input: CallInput<Name>) => {
    asked.push(name)
    // The fake knows the calls of the shop only, and each by its own name.
    const answer = (handlers as Record<string, (input: unknown) => Result<unknown>>)[name]!(input)
    await held.get(name)
    const code = refusals.get(name)
    if (code !== undefined) return { ok: false, failure: { code, message: 'said by a test' } }
    return answer as Result<CallOutput<Name>>
  }
  const client = new ShopClient({
    ask,
    newId: () => {
      ids += 1
      return ids.toString(16).padStart(32, '0')
    },
  })
  const count = (name: CallName): number => asked.filter((one) => one === name).length
  return { shop, client, count, refusals, held, state: () => client.store.getState() }
}

function gate() {
  let open = (): void => undefined
  const closed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { closed, open }
}

const draft = { name: ' Ana ', phone: '31 99999-1234' }

describe('the cart of a window', () => {
  it('lets a second click fall while the first is under way', async () => {
    const { client, count, held, state } = windowOf()
    const { closed, open } = gate()
    held.set('shop.addToCart', closed)
    const both = [client.add(1), client.add(1)]
    expect(state().changing.has(1)).toBe(true)
    open()
    await Promise.all(both)
    expect(count('shop.addToCart')).toBe(1)
    expect([state().changing.size, state().cart?.items[0]?.quantity]).toEqual([0, 1])
  })

  it('takes no answer from before a change for news', async () => {
    const { client, held, state } = windowOf()
    const { closed, open } = gate()
    held.set('shop.cart', closed)
    const old = client.refreshCart()
    await client.add(1)
    open()
    await old
    expect((state().cart as ShopCart).items.map(({ product }) => product)).toEqual([1])
  })

  it('says why a change did not happen, and keeps what there is', async () => {
    const { client, refusals, state } = windowOf()
    await client.add(5)
    await client.add(5)
    expect(state().told).toEqual({ kind: 'refused', product: 5, why: 'over-stock' })
    refusals.set('shop.clearCart', 'node-down')
    await client.clear()
    expect(state().told).toEqual({ kind: 'failed', product: null, code: 'node-down' })
    expect(state().cart?.items).toHaveLength(1)
  })
})

describe('an order of a window', () => {
  it('is made at once when everything is as it was seen, with what was typed put straight', async () => {
    const { client, shop, state } = windowOf()
    await client.add(1)
    client.draft(draft)
    client.beginOrder()
    await client.look()
    expect(state().checkout).toEqual({ kind: 'following', id: `${'0'.repeat(31)}1` })
    expect(shop.orders(null)[0]).toMatchObject({ name: 'Ana', totalCents: 4_500 })
  })

  it('is not made before somebody has agreed to what differs', async () => {
    const { client, shop, count, state } = windowOf()
    await client.add(1)
    client.draft(draft)
    client.beginOrder()
    shop.change(1, { priceCents: 5_000 })
    // What the cart says by now is not what was on the screen when it was begun.
    await client.refreshCart()
    await client.look()
    expect(state().checkout?.kind).toBe('agreeing')
    expect(count('shop.order')).toBe(0)
    await client.agree()
    expect(shop.orders(null)[0]?.totalCents).toBe(5_000)
  })

  it('is followed when nobody knows whether the desk took it, and begins again when it surely did not', async () => {
    const { client, shop, refusals, state } = windowOf()
    await client.add(1)
    client.draft(draft)
    refusals.set('shop.order', 'busy')
    client.beginOrder()
    await client.look()
    expect([state().checkout, state().checkoutFailure]).toEqual([{ kind: 'filling' }, 'busy'])
    refusals.set('shop.order', 'timed-out')
    await client.refreshCart()
    await client.add(2)
    await client.look()
    expect(state().checkout?.kind).toBe('following')
    const before = shop.orders(null).length
    refusals.set('shop.order', 'busy')
    await client.sendAgain()
    expect([state().checkout?.kind, state().checkoutFailure]).toEqual(['following', 'busy'])
    refusals.delete('shop.order')
    await client.sendAgain()
    expect([state().checkout?.kind, shop.orders(null).length]).toEqual(['following', before])
  })

  it('stays closed when the dialog was closed while it was being sent', async () => {
    const { client, shop, held, state } = windowOf()
    await client.add(1)
    client.draft({ ...draft, message: 'for Bia' })
    client.beginOrder()
    const { closed, open } = gate()
    held.set('shop.order', closed)
    const looking = client.look()
    while (state().checkout?.kind !== 'sending') await Promise.resolve()
    client.endOrder()
    open()
    await looking
    expect([state().checkout, state().draft.message, shop.orders(null)[0]?.message]).toEqual([null, '', 'for Bia'])
  })

  it('is given up by closing the dialog while the shop is asked what there is', async () => {
    const { client, count, held, state } = windowOf()
    await client.add(1)
    client.draft(draft)
    client.beginOrder()
    const { closed, open } = gate()
    held.set('shop.checkout', closed)
    const looking = client.look()
    client.endOrder()
    open()
    await looking
    expect([state().checkout, count('shop.order')]).toEqual([null, 0])
  })
})

describe('pictures and names', () => {
  it('are asked for once at a time, and a picture again only after a failure', async () => {
    const { client, shop, count, refusals } = windowOf()
    refusals.set('shop.art', 'timed-out')
    await client.loadArt('/art/1.svg')
    refusals.delete('shop.art')
    await client.loadArt('/art/1.svg')
    await client.loadArt('/art/1.svg')
    expect(count('shop.art')).toBe(2)
    expect(client.art.getState().pictures.get('/art/1.svg')).toMatchObject({
      address: expect.stringMatching(/^data:image\/svg\+xml,/),
    })
    await Promise.all([client.loadName(1), client.loadName(1)])
    expect([count('shop.product'), client.names.getState().names.get(1)]).toEqual([1, 'Bolo de Chocolate'])
    shop.change(1, { name: 'Bolo de Cacau' })
    await client.loadName(1)
    expect(client.names.getState().names.get(1)).toBe('Bolo de Cacau')
  })
})
