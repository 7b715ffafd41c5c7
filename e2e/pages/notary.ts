import { expect, type Frame, type FrameLocator, type Locator, type Page } from '@playwright/test'

export type NotaryPart = 'register' | 'documents' | 'check' | 'chain'

/** The notary as a person uses it. */
export class Notary {
  readonly page: Page
  /** A frame with a process of its own, by which files come in. */
  readonly door: FrameLocator

  constructor(page: Page) {
    this.page = page
    this.door = page.frameLocator('[data-testid="door"]')
  }

  async doorFrame(): Promise<Frame> {
    await this.dropZone.waitFor()
    const frame = this.page.frames().find((one) => one.url().endsWith('/door.html'))
    if (frame === undefined) throw new Error('the door is not open')
    return frame
  }

  get dropZone(): Locator {
    return this.door.getByTestId('drop-zone')
  }

  async open(part: NotaryPart = 'register'): Promise<void> {
    await this.page.getByTestId('rail-notary').click()
    await this.page.getByTestId(`notary-${part}`).click()
  }

  /** Lays files on the table, and waits until each has its fingerprint. */
  async choose(files: readonly string[]): Promise<void> {
    await this.door.getByTestId('pick-files').setInputFiles([...files])
    await this.hashed(files.length)
  }

  async chooseFolder(folder: string, count: number): Promise<void> {
    await this.door.getByTestId('pick-folder').setInputFiles(folder)
    await this.hashed(count)
  }

  /** Waits until so many lie on the table, each with its fingerprint. */
  async hashed(count: number): Promise<void> {
    const progress = this.page.getByTestId('hash-progress')
    await expect(progress).toHaveAttribute('data-all', String(count))
    await expect(progress).toHaveAttribute('data-done', String(count))
  }

  /** Presses "Register", and waits until the desk has everything. */
  async register(who: string): Promise<void> {
    await this.page.getByTestId('registrant').fill(who)
    await this.page.getByTestId('register').click()
    await expect(this.page.getByTestId('tray-item')).toHaveCount(0)
  }

  item(title: string): Locator {
    return this.page.locator(`[data-testid="outbox-item"][data-title="${title}"]`)
  }

  /** The index under which a document stands, once its receipt is ready. */
  async receiptReady(title: string): Promise<number> {
    await expect(this.item(title)).toHaveAttribute('data-state', 'co-signed')
    return Number(await this.item(title).getAttribute('data-index'))
  }

  /** Clicks as a person would; what is saved where is up to whoever has stubbed the dialog. */
  async save(index: number, what: 'receipt' | 'certificate' | 'verify-page'): Promise<void> {
    await this.page.getByTestId(`receipt-${index}`).click()
    await this.page.getByTestId(`save-${what}`).click()
  }

  async check(files: { readonly document?: string; readonly receipt?: string }): Promise<Locator> {
    if (files.document !== undefined) await this.page.getByTestId('check-document-file').setInputFiles(files.document)
    if (files.receipt !== undefined) await this.page.getByTestId('check-receipt-file').setInputFiles(files.receipt)
    return this.page.getByTestId('verdict')
  }

  /** They count from the first hour, because the lab's own members vouch for them. */
  async withdrawOwnKeys(): Promise<void> {
    const own = this.page.locator('[data-testid="policy"][data-own="true"]')
    await own.getByTestId('withdraw-policy').click()
    await expect(own).toHaveCount(0)
  }

  async approveOwnKeys(): Promise<void> {
    await this.page.getByTestId('policy-own').click()
    await expect(this.page.locator('[data-testid="policy"][data-own="true"]')).toBeVisible()
  }

  peer(id: string): Locator {
    return this.page.getByTestId(`peer-${id}`)
  }

  block(index: number): Locator {
    return this.page.getByTestId(`block-${index}`)
  }
}
