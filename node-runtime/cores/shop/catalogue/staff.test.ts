import { beforeEach, describe, expect, it } from 'vitest'
import { shopLimits } from '../limits.ts'
import { OneCatalogue, wrongWith } from '../testing/one-catalogue.ts'

let shop: OneCatalogue

beforeEach(() => {
  shop = new OneCatalogue()
  shop.apply()
})

const move = (operation: 'add' | 'remove' | 'set', quantity: number, product = 1) =>
  ({ kind: 'stock', product, operation, quantity, why: 'counted' }) as const
const asItWas = { name: null, description: null, priceCents: null, category: null, photo: null, isActive: null }
const change = { kind: 'change-product', product: 1, ...asItWas } as const
const cake = {
  kind: 'add-product',
  name: 'Bolo de Fubá',
  description: '',
  priceCents: 2_000,
  category: 1,
  photo: '',
  onHand: 3,
} as const

describe('the staff', () => {
  it('SH11 adds, removes and sets, and never takes what is reserved', () => {
    shop.reserve('a', [1, 4])
    expect(
      [move('remove', 6), move('remove', 1), move('set', 3), move('set', 4), move('add', 5)].map((it) =>
        shop.tryStaff(it),
      ),
    ).toEqual(['product', 'out-of-stock', 'out-of-stock', 'product', 'product'])
    expect(shop.stock(1)).toEqual([9, 4])
    expect(shop.staff(move('remove', 6))).toMatchObject({ lines: [{ product: 1, wanted: 6, available: 5 }] })
    expect(shop.tryStaff(move('add', 1, 99))).toBe('unknown-product')
    expect(shop.tryStaff(move('add', shopLimits.onHandMax))).toBe('too-many')
    expect(shop.ledger().at(-1)).toMatchObject({ kind: 'added', by: 'bia', why: 'counted', onHandChange: 5, onHand: 9 })
    expect(wrongWith(shop.ledger())).toBeNull()
  })

  it('SH10 does a deed once under its id, and refuses it once as well', () => {
    const id = shop.id()
    expect([shop.tryStaff(move('remove', 2), id), shop.tryStaff(move('remove', 2), id)]).toEqual([
      'product',
      'before: product',
    ])
    expect(shop.tryStaff(move('remove', 3), id)).toBe('id-taken')
    expect(shop.stock(1)).toEqual([8, 0])
    const refused = shop.id()
    expect(shop.tryStaff(move('remove', 9), refused)).toBe('out-of-stock')
    shop.staff(move('add', 50))
    expect(shop.tryStaff(move('remove', 9), refused), 'somebody was told so').toBe('out-of-stock')
    expect(shop.tryStaff(move('remove', 9), 'no id')).toBe('malformed')
    const malformed = shop.id()
    expect(shop.tryStaff({ ...cake, name: ' ' }, malformed)).toBe('malformed')
    expect(shop.tryStaff(cake, malformed)).toBe('product')
  })

  it('SH12 makes products, which keep their ids', () => {
    expect(shop.staff(cake)).toMatchObject({
      kind: 'done',
      result: { product: { id: 14, categoryName: 'Bolos', onHand: 3, reserved: 0, isActive: true } },
    })
    expect(shop.tryStaff({ ...cake, category: 9 })).toBe('unknown-category')
    expect(shop.tryStaff({ ...cake, priceCents: shopLimits.priceCentsMax + 1 })).toBe('malformed')
    expect(shop.tryStaff({ ...cake, name: 'x'.repeat(shopLimits.nameCharsMax + 1) })).toBe('malformed')
    expect(shop.tryStaff({ ...cake, onHand: shopLimits.onHandMax + 1 })).toBe('too-many')
    expect(shop.staff({ kind: 'add-category', name: 'Pães' })).toMatchObject({ result: { category: { id: 6 } } })
    expect(shop.tryStaff({ kind: 'add-category', name: '' })).toBe('malformed')
    expect(shop.staff({ ...change, product: 14, category: 6, priceCents: 1 })).toMatchObject({
      result: { product: { id: 14, name: 'Bolo de Fubá', categoryName: 'Pães', priceCents: 1 } },
    })
    expect(shop.tryStaff({ ...change, product: 99 })).toBe('unknown-product')
  })

  it('SH12 takes a product off the list, and keeps what was promised of it', () => {
    shop.reserve('a', [1, 2])
    shop.staff({ ...change, isActive: false })
    const listed = (isAll: boolean) => shop.ask({ ...everything, isAll, category: 1 }).products.map(({ id }) => id)
    expect([listed(false), listed(true)]).toEqual([
      [2, 3],
      [1, 2, 3],
    ])
    expect(shop.reserve('b', [1, 1])).toBe('unknown-product')
    expect(shop.confirm('a')).toBe('confirmed')
  })
})

const everything = {
  kind: 'products',
  category: null,
  priceCentsMax: null,
  isInStock: false,
  text: '',
  isAll: false,
  after: 0,
  limit: 500,
} as const
