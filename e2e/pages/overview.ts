import { expect, type Locator, type Page } from '@playwright/test'

/** The overview as a person sees it; roles are read from data attributes, never from colours. */
export class Overview {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  node(id: string): Locator {
    return this.#page.getByTestId(`node-${id}`)
  }

  nodes(): Locator {
    return this.#page.locator('[data-node-id][data-testid^="node-"]')
  }

  /** The notary's drawn leaders; a healthy picture has one. */
  leaders(): Locator {
    return this.#page.locator('[data-testid^="node-notary-"][data-leadership="leader"][data-state="running"]')
  }

  async waitUntilUp(peers = 3): Promise<void> {
    await expect(this.#page.locator('[data-testid^="node-notary-"][data-state="running"]')).toHaveCount(peers)
    await expect(this.leaders()).toHaveCount(1)
  }

  /** So does the desk, which starts after them. */
  async waitUntilServed(): Promise<void> {
    await this.waitUntilUp()
    await expect(this.node('desk')).toHaveAttribute('data-condition', 'serving')
  }

  /** The one drawn leader, once there is exactly one; `not` names those that no longer count. */
  async leader(not: readonly string[] = []): Promise<{ readonly id: string; readonly term: number }> {
    await expect
      .poll(async () => {
        const ids = await this.leaders().evaluateAll((cards) => cards.map((card) => card.getAttribute('data-node-id')))
        return ids.length === 1 && !not.includes(ids[0] ?? '')
      })
      .toBe(true)
    const card = this.leaders().first()
    return {
      id: (await card.getAttribute('data-node-id')) ?? '',
      term: Number(await card.getAttribute('data-term')),
    }
  }

  /** Where every peer of the notary that is drawn as live says it is committed up to. */
  committed(): Promise<number[]> {
    return this.#page
      .locator('[data-testid^="node-notary-"][data-state="running"][data-log-old="false"]')
      .evaluateAll((cards) => cards.map((card) => Number(card.getAttribute('data-log-committed'))))
  }

  /** The index that `count` nodes are committed up to, once they all say the same and it is past `after`. */
  async agreedPast(after: number, count = 3): Promise<number> {
    await expect
      .poll(async () => {
        const all = await this.committed()
        return all.length === count && new Set(all).size === 1 && (all[0] ?? 0) > after
      })
      .toBe(true)
    return (await this.committed())[0] ?? 0
  }

  /** Opens the side panel of a node as a person would. */
  async open(id: string): Promise<Locator> {
    await this.node(id).click()
    const panel = this.#page.getByTestId('node-panel')
    await expect(panel).toBeVisible()
    return panel
  }
}
