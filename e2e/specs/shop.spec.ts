import type { Page } from '@playwright/test'
import { seriousIn } from '../fixtures/axe.ts'
import type { LabProcess } from '../fixtures/lab-process.ts'
import { expect, test } from '../fixtures/test.ts'
import { browsing, openShop, primaryOf } from '../pages/shop.ts'

/** Numbers of the products that the shop opens with. */
const [chocolate, carrot, brigadeiro, lemon] = [1, 2, 4, 7]

async function isUsableByAll(page: Page): Promise<void> {
  expect(await seriousIn(page, 'shop')).toEqual([])
}

// The notary, because a receipt is registered there.
test.use({ systems: ['notary', 'desk', 'shop'] })

test('somebody browses, fills a cart, orders and follows the order to its end', async ({ lab }) => {
  test.setTimeout(120_000)
  await lab.call('settings.set', { language: 'en' })
  const shop = await openShop(lab)
  const { page } = shop

  await test.step('search, category, price and stock choose what is shown, and every picture comes', async () => {
    await expect(page.locator('[data-testid="shop-art"] img')).toHaveCount(13)
    await page.getByTestId('shop-search').fill('cenoura')
    await expect(page.locator('[data-testid^="shop-product-"]')).toHaveCount(1)
    await expect(shop.product(carrot)).toBeVisible()
    await page.getByTestId('shop-search').fill('nothing is called so')
    await page.getByTestId('shop-show-all').click()
    await page.getByTestId('shop-price-max').fill('3,50')
    await expect(shop.product(chocolate)).toHaveCount(0)
    await expect(shop.product(brigadeiro)).toBeVisible()
    await page.getByTestId('shop-price-max').fill('')
    await expect(shop.ribbon()).toHaveAttribute('data-from', /^shop-catalog-\d$/)
    await isUsableByAll(page)
  })

  await test.step('a price that changed is said before anything is ordered', async () => {
    await shop.add(chocolate)
    await shop.add(brigadeiro)
    await shop.fillIn('Ana', '31 99999-1234')
    const changed = { id: '0'.repeat(31).concat('1'), product: chocolate, priceCents: 5_000 }
    const as = { name: null, description: null, category: null, isActive: null }
    expect(await lab.call('shop.changeProduct', { ...changed, ...as })).toMatchObject({ ok: true })
    await page.getByTestId('shop-order-send').click()
    await expect(page.getByTestId(`shop-difference-${chocolate}`)).toHaveAttribute('data-problem', 'price-changed')
    await isUsableByAll(page)
    await page.getByTestId('shop-agree').click()
    await expect(page.getByTestId('shop-following')).toHaveAttribute('data-state', 'placed')
    await page.getByTestId('shop-to-order').click()
  })

  await test.step('the order goes from state to state only as the staff may take it', async () => {
    const order = page.locator('[data-testid="shop-order-list"] > li')
    await expect(order).toHaveAttribute('data-state', 'stock-confirmed')
    await expect(page.getByTestId('shop-cart-open')).toHaveAttribute('data-count', '0')
    await shop.part('staff')
    await page.getByTestId('shop-staff-orders').click()
    await page.getByTestId('shop-move-ready').click()
    await page.getByTestId('shop-move-picked-up').click()
    await expect(order).toHaveAttribute('data-state', 'picked-up')
    await expect(page.getByTestId('shop-cancel')).toHaveCount(0)
  })

  await test.step('a receipt is registered at the notary by one click, and checked later', async () => {
    await shop.part('orders')
    await page.getByTestId('shop-receipt-register').click()
    await expect(page.getByTestId('shop-receipt-check')).toHaveAttribute('data-receipt', /in-log|co-signed/, {
      timeout: 60_000,
    })
    await page.getByTestId('shop-receipt-check').click()
    await expect(page.getByTestId('shop-receipt-checked')).toHaveAttribute('data-kind', 'registered')
    await isUsableByAll(page)
  })

  await test.step('a cancelled order gives its stock back, and the ledger says so', async () => {
    await shop.part('store')
    const before = await shop.available(carrot)
    // All of this by keyboard: into the cart, to the order through the palette, and through its form.
    await page.getByTestId(`shop-add-${carrot}`).press('Enter')
    await expect(page.getByTestId('shop-cart-open')).toHaveAttribute('data-count', '1')
    await expect(page.getByTestId(`shop-add-${carrot}`)).toBeFocused()
    await page.keyboard.press('Control+K')
    await page.keyboard.type('open the cart')
    await page.keyboard.press('Enter')
    await page.getByTestId('shop-checkout').press('Enter')
    await expect(page.getByTestId('shop-order-name')).toBeFocused()
    await expect(page.getByTestId('shop-order-name')).toHaveValue('Ana')
    await page.keyboard.press('Enter')
    await page.getByTestId('shop-to-order').press('Enter')
    await page.getByTestId('shop-cancel').first().press('Enter')
    await page.getByTestId('shop-cancel-sure').click()
    await expect(page.locator('[data-testid="shop-order-list"] > li').first()).toHaveAttribute(
      'data-state',
      'cancelled',
    )
    await shop.part('store')
    await expect(shop.product(carrot)).toHaveAttribute('data-available', String(before))
    await shop.part('staff')
    await page.getByTestId('shop-staff-ledger').click()
    await expect(page.locator('[data-testid^="shop-movement-"][data-kind="given-back"]')).toHaveCount(1)
  })
  expect(lab.complaints).toEqual([])
})

test('the primary is killed while somebody browses: nobody notices but the ribbon', async ({ lab }) => {
  test.setTimeout(120_000)
  await lab.call('settings.set', { language: 'en' })
  const shop = await openShop(lab)
  const { page } = shop
  await shop.add(lemon)
  const primary = await primaryOf(lab)
  const fault = { kind: 'kill', node: primary } as const
  expect(await lab.call('faults.inject', { fault, forMs: null } as never)).toMatchObject({ ok: true }) // a node of the lab

  // Every read goes on being answered while nobody leads, and in words that say by whom.
  for (const word of ['torta', 'bolo', 'mousse', 'pudim', '']) {
    await page.getByTestId('shop-search').fill(word)
    await expect(page.locator('[data-testid^="shop-product-"]').first()).toBeVisible()
    await expect(page.getByTestId('shop-store-old')).toHaveCount(0)
  }
  await expect(shop.ribbon()).not.toHaveAttribute('data-from', primary)
  await shop.fillIn('Bia', '31 98888-4321')
  await page.getByTestId('shop-order-send').click()
  await expect(page.getByTestId('shop-following')).toHaveAttribute('data-state', 'placed')
  expect(await primaryOf(lab)).not.toBe(primary)
  await page.getByTestId('shop-to-order').click()

  await test.step('with the whole catalogue away the cart keeps its items, without prices and with a reason', async () => {
    await shop.part('store')
    await expect(page.getByTestId('shop-cart-open')).toHaveAttribute('data-count', '0')
    await shop.add(lemon)
    for (const node of ['shop-catalog-1', 'shop-catalog-2', 'shop-catalog-3'])
      await lab.call('faults.inject', { fault: { kind: 'kill', node }, forMs: null } as never) // nodes of the lab
    await page.getByTestId('shop-cart-open').click()
    await expect(page.getByTestId('shop-cart')).toHaveAttribute('data-away', 'true')
    await expect(page.getByTestId(`shop-item-${lemon}`)).toHaveAttribute('data-problem', 'unpriced')
    await expect(page.getByTestId('shop-checkout')).toBeDisabled()
    await isUsableByAll(page)
    await lab.call('faults.clearAll', {})
    await expect(page.getByTestId('shop-cart')).toHaveAttribute('data-away', 'false', { timeout: 60_000 })
    await expect(page.getByTestId('shop-checkout')).toBeEnabled()
  })
  expect(lab.complaints).toEqual([])
})

test('the race for the last one: one has it, the ledger proves it, and the primary was killed meanwhile', async ({
  lab,
}) => {
  test.setTimeout(180_000)
  await lab.call('settings.set', { language: 'pt-BR', theme: 'dark' })
  const shop = await openShop(lab)
  const { page } = shop
  await shop.part('race')
  await page.getByTestId('shop-race-shoppers').fill('30')
  await page.getByTestId('shop-race-start').click()
  const result = page.getByTestId('shop-race-result')
  await expect(result).toHaveAttribute('data-state', 'done', { timeout: 60_000 })
  await expect(result).toHaveAttribute('data-verdict', 'right')
  await expect(page.locator('[data-testid="shop-race-shopper"][data-state="placed"]')).toHaveCount(1)
  await expect(page.locator('[data-testid="shop-race-shopper"][data-state="refused"]')).toHaveCount(29)
  await expect(page.getByTestId('shop-race-proof')).toHaveAttribute('data-sold', '1')
  await isUsableByAll(page)

  await test.step('what the staff does is refused in words where stock would be wrong', async () => {
    await shop.part('staff')
    await shop.setStock(lemon, 2)
    await shop.setPrice(lemon, '41,90')
    await page.getByTestId(`shop-stock-${lemon}`).click()
    await page.getByTestId('shop-stock-operation').locator('input[value="remove"]').press('Space')
    await page.getByTestId('shop-stock-quantity').fill('3')
    await page.getByTestId('shop-stock-save').click()
    await expect(page.getByTestId('shop-deed-refused')).toHaveAttribute('data-why', 'out-of-stock')
    await isUsableByAll(page)
    await page.keyboard.press('Escape')
  })

  await test.step('a replica comes and goes while somebody browses: it learns first, and nobody is refused', async () => {
    const late = 'shop-catalog-4'
    await page.getByTestId('shop-staff-replicas').click()
    await expect(shop.service('shop-catalog-3')).toBeVisible()
    const browsed = browsing(lab)
    await page.getByTestId('shop-replica-add').click()
    await expect(shop.service(late)).toHaveAttribute('data-state', 'live', { timeout: 60_000 })
    // A state that is over before the next picture is not drawn; that it learned first is in the recording.
    expect(await learnersNoted(lab)).toContain(late)
    await isUsableByAll(page)
    await page.getByTestId(`shop-replica-remove-${late}`).click()
    await isUsableByAll(page)
    await page.getByTestId(`shop-replica-remove-sure-${late}`).click()
    await expect(shop.service(late)).toHaveCount(0, { timeout: 60_000 })
    const { refused, answered } = await browsed()
    expect(refused).toBe(0)
    expect(answered).toBeGreaterThan(20)
  })

  await test.step('what opens it to a network says so before anything is saved', async () => {
    await page.getByTestId('shop-staff-network').click()
    await page.getByTestId('shop-network-reach').press('Space')
    await expect(page.getByTestId('shop-network-save')).toBeEnabled()
    await isUsableByAll(page)
  })
  expect(lab.complaints).toEqual([])
})

/** Who has been a learner of any group, by what nodes noted when the members of theirs changed. */
async function learnersNoted(lab: LabProcess): Promise<readonly string[]> {
  const { value } = await lab.call('recording.page', { before: null, limit: 500, nodeId: null, withMessages: false })
  return (value?.events ?? []).flatMap(({ what }) => (what.kind === 'members-changed' ? what.learners : []))
}
