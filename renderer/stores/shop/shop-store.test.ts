import { describe, expect, it } from 'vitest'
import type { CheckoutLine, ShopCart, ShopCartItem, ShopCheckout } from '#contract/worker/shop-shapes'
import { picturesKeptMax, withArt } from './art.ts'
import { agreedLines, canBeginAgain, draftProblems, emptyDraft, seenLines, totalOf } from './checkout.ts'
import { isoDay, momentOfDay } from './days.ts'
import { afterOf, firstLeaf, leafBack, leafOn, pageOf } from './leaf.ts'
import { centsOf } from './money.ts'
import { namesKeptMax, withName } from './names.ts'
import { countIn, emptyShop, quantityOf, withChanged, withChanging } from './state.ts'

const answered = {
  from: null,
  lagEntries: 0,
  ageMs: 0,
  isStale: false,
  position: 1,
  tookMs: 1,
  atWallMs: 1,
}

function itemOf(product: number, part: Partial<ShopCartItem> = {}): ShopCartItem {
  return {
    product,
    quantity: 2,
    name: 'Bolo',
    photo: null,
    priceCents: 100,
    subtotalCents: 200,
    available: 9,
    problem: null,
    ...part,
  }
}

function cartOf(...items: readonly ShopCartItem[]): ShopCart {
  return { session: 's', items, totalCents: 0, isCatalogueAway: false, answered }
}

function lineOf(product: number, part: Partial<CheckoutLine> = {}): CheckoutLine {
  return {
    product,
    quantity: 3,
    priceCents: 100,
    name: 'Bolo',
    nowCents: 100,
    available: 9,
    problem: null,
    ...part,
  }
}

function checkoutOf(...lines: readonly CheckoutLine[]): ShopCheckout {
  return { lines, totalCents: 0, isAsSeen: false, answered }
}

describe('a price as it is typed', () => {
  it.each([
    ['12', 1_200],
    ['12,5', 1_250],
    ['12.50', 1_250],
    ['R$ 1.234,56', 123_456],
    ['1,234.56', 123_456],
    ['1.234', 123_400],
    ['0', 0],
    ['1.000.000', 100_000_000],
  ])('%s is so many cents', (text, cents) => {
    expect(centsOf(text)).toBe(cents)
  })

  it.each(['', ' ', '-1', '1e3', '12,345,6', '1..2', 'abc', '12,3.4', '1.000.000,01', '99999999'])(
    '“%s” is none',
    (text) => {
      expect(centsOf(text)).toBeNull()
    },
  )
})

describe('days', () => {
  it('are those of where the window stands, and are read back as they were written', () => {
    const noon = new Date(2026, 10, 30, 12).getTime()
    expect(isoDay(noon)).toBe('2026-11-30')
    expect(isoDay(noon, 2)).toBe('2026-12-02')
    expect(new Date(momentOfDay('2026-12-02') ?? 0).getDate()).toBe(2)
    expect(momentOfDay('soon')).toBeNull()
  })
})

describe('leafing', () => {
  it('goes on by what the page before said, and back the same way to the first page', () => {
    const third = leafOn(leafOn(firstLeaf, 24), 48)
    expect([afterOf(third), pageOf(third)]).toEqual([48, 3])
    expect([leafOn(third, null), leafOn(third, 48)]).toEqual([third, third])
    expect([afterOf(leafBack(third)), afterOf(leafBack(leafBack(third)))]).toEqual([24, null])
    expect(pageOf(leafBack(firstLeaf))).toBe(1)
  })
})

describe('what is about to be ordered', () => {
  it('is the cart as it was seen, and nothing while one of its items has no price', () => {
    expect(seenLines(cartOf(itemOf(1)))).toEqual([{ product: 1, quantity: 2, priceCents: 100 }])
    expect(seenLines(cartOf(itemOf(1), itemOf(2, { priceCents: null, problem: 'unpriced' })))).toBeNull()
    expect(seenLines(cartOf())).toBeNull()
  })

  it('is agreed to at the prices of now, with less of what is short and nothing of what is not sold', () => {
    const agreed = agreedLines(
      checkoutOf(
        lineOf(1),
        lineOf(2, { nowCents: 250, problem: 'price-changed' }),
        lineOf(3, { available: 1, problem: 'short' }),
        lineOf(4, { available: 0, problem: 'short' }),
        lineOf(5, { nowCents: null, problem: 'not-sold' }),
      ),
    )
    expect(agreed).toEqual([
      { product: 1, quantity: 3, priceCents: 100 },
      { product: 2, quantity: 3, priceCents: 250 },
      { product: 3, quantity: 1, priceCents: 100 },
    ])
    expect(totalOf(agreed)).toBe(300 + 750 + 100)
  })

  it('needs a name, a phone and a day that is not over', () => {
    const whole = { ...emptyDraft, name: 'Ana', phone: '(31) 99999-1234', pickupDate: '2026-11-21' }
    expect(draftProblems(whole, '2026-11-21')).toEqual([])
    expect(draftProblems({ ...whole, name: ' ', phone: '12', pickupDate: '2026-11-20' }, '2026-11-21')).toEqual([
      'name',
      'phone',
      'pickupDate',
    ])
    expect(draftProblems({ ...whole, phone: '<script>', pickupDate: null }, '2026-11-21')).toEqual(['phone'])
  })

  it('can be agreed to once more only where another look would help', () => {
    const refused = (why: 'price-changed' | 'malformed') => canBeginAgain({ why, lines: [], field: null })
    expect([refused('price-changed'), refused('malformed')]).toEqual([true, false])
  })
})

describe('what the window has of the cart', () => {
  it('is what the shop answered, with why the last change did not happen', () => {
    const cart = cartOf(itemOf(1), itemOf(2, { quantity: 3 }))
    const refused = withChanged(emptyShop, 2, { kind: 'refused', why: 'over-stock', cart })
    expect(refused.told).toEqual({ kind: 'refused', product: 2, why: 'over-stock' })
    expect([countIn(refused.cart), quantityOf(refused.cart, 2), quantityOf(null, 2)]).toEqual([5, 3, 0])
    expect(withChanged(refused, 2, { kind: 'done', cart }).told).toBeNull()
  })

  it('knows what is being changed, each by itself', () => {
    const both = withChanging(withChanging(emptyShop, 1, true), 'cart', true)
    expect([...withChanging(both, 1, false).changing]).toEqual(['cart'])
    expect(emptyShop.changing.size).toBe(0)
  })
})

describe('pictures and names', () => {
  it('are kept up to a limit, and what came first makes room', () => {
    let art = { pictures: new Map() }
    for (let one = 0; one <= picturesKeptMax; one += 1) art = withArt(art, `/art/${one}.svg`, 'failed') as typeof art
    expect([art.pictures.size, art.pictures.has('/art/0.svg')]).toEqual([picturesKeptMax, false])
    let names = { names: new Map() }
    for (let one = 0; one <= namesKeptMax; one += 1) names = withName(names, one, 'x') as typeof names
    expect([names.names.size, names.names.has(0)]).toEqual([namesKeptMax, false])
  })
})
