import { expect, type Locator, type Page } from '@playwright/test'
import type { LabProcess } from '../fixtures/lab-process.ts'

/** The shop as somebody sees it who stands in front of it, and behind its counter. */
export class ShopWindow {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  product(id: number): Locator {
    return this.page.getByTestId(`shop-product-${id}`)
  }

  ribbon(): Locator {
    return this.page.getByTestId('shop-ribbon')
  }

  part(name: 'store' | 'orders' | 'staff' | 'race'): Promise<void> {
    return this.page.getByTestId(`shop-part-${name}`).click()
  }

  async add(id: number): Promise<void> {
    const cart = this.page.getByTestId('shop-cart-open')
    const before = Number(await cart.getAttribute('data-count'))
    await this.page.getByTestId(`shop-add-${id}`).click()
    await expect(cart).toHaveAttribute('data-count', String(before + 1))
  }

  /** A row of the staff's table of services. */
  service(id: string): Locator {
    return this.page.getByTestId(`shop-service-${id}`)
  }

  async available(id: number): Promise<number> {
    return Number(await this.product(id).getAttribute('data-available'))
  }

  /** From the cart as far as the form, filled in; the button that orders is not pressed yet. */
  async fillIn(name: string, phone: string): Promise<void> {
    const { page } = this
    await page.getByTestId('shop-cart-open').click()
    await page.getByTestId('shop-checkout').click()
    await page.getByTestId('shop-order-name').fill(name)
    await page.getByTestId('shop-order-phone').fill(phone)
  }

  /** The staff sets how many there are of a product. */
  async setStock(id: number, quantity: number): Promise<void> {
    const { page } = this
    await page.getByTestId(`shop-stock-${id}`).click()
    await page.getByTestId('shop-stock-operation').locator('input[value="set"]').press('Space')
    await page.getByTestId('shop-stock-quantity').fill(String(quantity))
    await page.getByTestId('shop-stock-save').click()
    await expect(page.getByTestId('shop-stock-dialog')).toHaveCount(0)
    await expect(page.getByTestId(`shop-row-${id}`)).toHaveAttribute('data-on-hand', String(quantity))
  }

  /** The staff asks another price, in reais. */
  async setPrice(id: number, price: string): Promise<void> {
    const { page } = this
    await page.getByTestId(`shop-change-${id}`).click()
    await page.getByTestId('shop-product-price').fill(price)
    await page.getByTestId('shop-product-save').click()
    await expect(page.getByTestId('shop-product-dialog')).toHaveCount(0)
  }
}

/** The shop in the program's first window, once its catalogue has a primary and its products are there. */
export async function openShop(lab: LabProcess): Promise<ShopWindow> {
  await primaryOf(lab)
  const shop = new ShopWindow(lab.page)
  await lab.page.getByTestId('rail-shop').click()
  await expect(shop.product(1)).toBeVisible({ timeout: 60_000 })
  return shop
}

export async function primaryOf(lab: LabProcess): Promise<string> {
  const leads = async () => {
    const { clusters } = await lab.topology()
    const nodes = clusters.filter(({ kind }) => kind === 'shop').flatMap((cluster) => cluster.nodes)
    return nodes.find(({ view, state }) => state.kind === 'running' && view?.leadership?.leadership === 'leader')?.id
  }
  await expect.poll(leads, { timeout: 60_000 }).toBeDefined()
  return (await leads()) ?? ''
}

/** Somebody who looks at the shelf again and again; what was refused meanwhile, and how often they were answered. */
export function browsing(lab: LabProcess): () => Promise<{ readonly refused: number; readonly answered: number }> {
  let isOver = false
  let refused = 0
  let answered = 0
  const shelf = {
    text: '',
    category: null,
    priceCentsMax: null,
    isInStock: false,
    isAll: false,
    after: null,
    limit: 20,
  }
  const gone = (async () => {
    while (!isOver) {
      const { ok } = await lab.call('shop.products', shelf)
      if (ok) answered += 1
      else refused += 1
    }
  })()
  return async () => {
    isOver = true
    await gone
    return { refused, answered }
  }
}
