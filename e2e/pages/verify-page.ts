import type { Locator, Page } from '@playwright/test'

export interface GivenFile {
  readonly name: string
  readonly bytes: Uint8Array | string
}

/** The page that checks receipts, in a browser. */
export class VerifyPage {
  readonly #page: Page
  readonly answer: Locator

  constructor(page: Page) {
    this.#page = page
    this.answer = page.getByTestId('answer')
  }

  slot(name: 'document' | 'receipt' | 'policy'): Locator {
    return this.#page.locator(`[data-slot="${name}"]`)
  }

  step(check: string): Locator {
    return this.answer.locator(`[data-check="${check}"]`)
  }

  async give(name: 'document' | 'receipt' | 'policy', file: GivenFile): Promise<void> {
    await this.slot(name).locator('input').setInputFiles(inMemory(file))
  }

  async paste(name: 'document' | 'receipt' | 'policy', text: string): Promise<void> {
    await this.slot(name).locator('summary').click()
    await this.slot(name).locator('textarea').fill(text)
  }

  /** Anywhere on the page, all at once. */
  async drop(files: readonly GivenFile[]): Promise<void> {
    const given = files.map(({ name, bytes }) => ({ name, bytes: [...Buffer.from(bytes)] }))
    await this.#page.evaluate((dropped) => {
      const dataTransfer = new DataTransfer()
      for (const { name, bytes } of dropped) dataTransfer.items.add(new File([Uint8Array.from(bytes)], name))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    }, given)
  }
}

function inMemory({ name, bytes }: GivenFile): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) }
}
