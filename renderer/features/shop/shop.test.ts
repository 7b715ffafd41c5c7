import { describe, expect, it } from 'vitest'
import type { Race } from '#contract/worker/shop-races'
import type { Answered, ShopCartItem, ShopOrder, ShopProduct } from '#contract/worker/shop-shapes'
import { fakeGoods } from '../../bridge/fake/fake-shop-goods.ts'
import { fakeRace } from '../../bridge/fake/fake-shop-race.ts'
import { makeFormat } from '../../i18n/format.ts'
import { createTranslations } from '../../i18n/translations.ts'
import type { Speech } from '../../i18n/use-words.ts'
import { id } from '../../testing/cards.ts'
import { itemProblem, lineDifference } from './cart/item-words.ts'
import { canCancel, movesFrom, wayOf } from './orders/way.ts'
import { raceVerdict } from './race/race-verdict.ts'
import { raceOf, usualRace } from './race/race-wish.ts'
import { toldWords } from './race/told-words.ts'
import { freshnessOf, ribbonWords } from './ribbon-words.ts'
import { changeOf, draftOf, newProductOf } from './staff/product-draft.ts'
import { stockWords } from './store/stock-words.ts'

async function speech(language: 'en' | 'pt-BR'): Promise<Speech> {
  const { t } = await createTranslations(language)
  return { t, format: makeFormat(language), language }
}

const fresh: Answered = {
  from: id('shop-catalog-2'),
  lagEntries: 0,
  ageMs: 40,
  isStale: false,
  position: 80,
  tookMs: 3,
  atWallMs: 1_000,
}

describe('the ribbon', () => {
  it('says who answered and how stale it was, in both languages', async () => {
    const en = await speech('en')
    const pt = await speech('pt-BR')
    expect(ribbonWords(fresh, en)).toBe('shop-catalog-2 answered in 3\u00a0ms: up to date.')
    expect(ribbonWords({ ...fresh, lagEntries: 4 }, en)).toContain('4 entries behind')
    expect(ribbonWords({ ...fresh, isStale: true, ageMs: 1_200 }, en)).toContain('an older answer')
    expect(ribbonWords({ ...fresh, lagEntries: null, ageMs: null }, pt)).toContain('não ouve nenhum primário')
  })

  it('calls nothing up to date that has not heard its primary for a while', () => {
    expect(freshnessOf(fresh)).toBe('current')
    expect(freshnessOf({ ...fresh, ageMs: 1_001 })).toBe('behind')
    expect(freshnessOf({ ...fresh, lagEntries: null })).toBe('unknown')
    expect(freshnessOf({ ...fresh, lagEntries: null, isStale: true })).toBe('stale')
  })
})

describe('problems with stock and price', () => {
  const item: ShopCartItem = {
    product: 1,
    quantity: 3,
    name: 'Bolo',
    photo: null,
    priceCents: 100,
    subtotalCents: 300,
    available: 1,
    problem: 'short',
  }

  it('are said in words', async () => {
    const en = await speech('en')
    expect(itemProblem(item, en)).toBe('Only 1 is left.')
    expect(itemProblem({ ...item, available: 0 }, en)).toContain('Sold out')
    expect(itemProblem({ ...item, problem: null }, en)).toBeNull()
    expect(stockWords(1, en)).toBe('the last one')
    expect(stockWords(0, en)).toBe('sold out')
    expect(stockWords(40, en)).toBe('40 in stock')
  })

  it('name what was seen beside what holds now', async () => {
    const line = { product: 1, quantity: 3, priceCents: 4_590, name: 'Bolo', nowCents: 5_000, available: 9 }
    const pt = await speech('pt-BR')
    expect(lineDifference({ ...line, problem: 'price-changed' }, pt)).toMatch(
      /Custava R\$.45,90, agora custa R\$.50,00/,
    )
    expect(lineDifference({ ...line, problem: null }, pt)).toBeNull()
  })
})

describe('the way of an order', () => {
  const at = (state: ShopOrder['state'], atMs: number) => ({ state, atMs, by: '' })

  it('shows where it has been, where it is, and where it may still come', () => {
    const history = [at('received', 1), at('stock-confirmed', 2)]
    const steps = wayOf({ state: 'stock-confirmed', history })
    expect(steps.map(({ atMs }) => atMs)).toEqual([1, 2, null, null])
    expect(steps.find(({ isNow }) => isNow)?.state).toBe('stock-confirmed')
  })

  it('ends where it was cancelled', () => {
    const history = [at('received', 1), at('cancelled', 2)]
    expect(wayOf({ state: 'cancelled', history }).map(({ state }) => state)).toEqual(['received', 'cancelled'])
  })

  it('goes on only as the shop allows', () => {
    expect(movesFrom('stock-confirmed')).toEqual(['ready'])
    expect(movesFrom('picked-up')).toEqual([])
    expect([canCancel('ready'), canCancel('picked-up'), canCancel('received')]).toEqual([true, false, false])
  })
})

describe('what the staff types', () => {
  const [product] = fakeGoods(1) as [ShopProduct]
  const draft = draftOf(product, [], makeFormat('pt-BR'))

  it('is only what is another now', () => {
    expect(changeOf(product, draft)).toBeNull()
    expect(changeOf(product, { ...draft, price: '46,00' })).toEqual({
      name: null,
      description: null,
      priceCents: 4_600,
      category: null,
      isActive: null,
    })
    expect(changeOf(product, { ...draft, price: 'much' })).toBeNull()
  })

  it('makes no product without a name, a price and a category', () => {
    const whole = { ...draft, name: ' Quindim ', price: '4', onHand: 3 }
    expect(newProductOf(whole)).toMatchObject({ name: 'Quindim', priceCents: 400, category: 1, onHand: 3 })
    expect([newProductOf({ ...whole, name: ' ' }), newProductOf({ ...whole, category: '' })]).toEqual([null, null])
  })
})

describe('a race', () => {
  const wished = raceOf(usualRace) ?? { shoppers: 2, units: 1, fault: null }
  const order = { ...wished, id: '1', product: 1, shopper: 'Ana' }
  const race: Race = fakeRace(order, 1_000)

  it('is right only when everybody has an answer and every check of the ledger holds', () => {
    expect(raceVerdict(race)).toEqual({ kind: 'right', placed: 1, refused: 19 })
    expect(raceVerdict({ ...race, state: 'proving' }).kind).toBe('running')
    const proof = race.proof && {
      ...race.proof,
      checks: race.proof.checks.map((check, index) => ({ ...check, isRight: index !== 2 })),
    }
    expect(raceVerdict({ ...race, proof }).kind).toBe('wrong')
    expect(raceVerdict({ ...race, proof: race.proof && { ...race.proof, checks: [] } }).kind).toBe('wrong')
  })

  it('says what each shopper was told', async () => {
    const en = await speech('en')
    const words = race.outcomes.map((outcome) => toldWords(outcome, en))
    expect(words.slice(0, 2)).toEqual(['has it', 'sold out'])
  })

  it('may have no fault, and begins only with numbers that can be', () => {
    expect(raceOf({ ...usualRace, fault: 'none' })?.fault).toBeNull()
    expect(raceOf(usualRace)?.fault).toEqual({ kind: 'kill', on: 'primary' })
    const tried = ['', 1, 201, 2.5].map((shoppers) => raceOf({ ...usualRace, shoppers }))
    expect(tried).toEqual([null, null, null, null])
  })
})
