import type { Page } from '@playwright/test'
import { axeIn, seriousIn } from '../fixtures/axe.ts'
import { expect, test } from '../fixtures/test.ts'

const places = ['overview', 'notary', 'chat', 'ring', 'shop', 'lab', 'settings'] as const
const notaryParts = ['register', 'documents', 'check', 'chain'] as const

/** Until its page has been fetched, what stood there before is still in the document, out of sight. */
async function goTo(page: Page, place: (typeof places)[number]): Promise<void> {
  await page.getByTestId(`rail-${place}`).click()
  await expect(page.getByTestId(`page-${place}`)).toBeVisible()
  await expect(page.getByTestId('busy')).toHaveCount(0)
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in any place, ${theme}`, async ({ lab, overview }) => {
    // axe needs some seconds for each of ten views on a busy machine.
    test.setTimeout(180_000)
    await overview.waitUntilServed()
    await lab.call('settings.set', { theme })
    await expect(lab.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme)
    const found: string[] = []
    const look = async (place: string): Promise<void> => void found.push(...(await seriousIn(lab.page, place)))
    const text = { kind: 'text', text: 'Ata' } as const
    await lab.call('notary.register', { documents: [{ id: 'axe', document: text, title: 'Ata', registrant: 'Ana' }] })
    for (const place of places) {
      await goTo(lab.page, place)
      for (const part of place === 'notary' ? notaryParts : []) {
        await lab.page.getByTestId(`notary-${part}`).click()
        if (part === 'register')
          await expect(lab.page.getByTestId('outbox-item')).toHaveAttribute('data-state', 'co-signed')
        if (part === 'documents') await lab.page.getByTestId('record-1').click()
        if (part === 'check') {
          const ata = { name: 'ata.txt', mimeType: 'text/plain', buffer: Buffer.from('Ata') }
          await lab.page.getByTestId('check-document-file').setInputFiles(ata)
          await expect(lab.page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'proven')
        }
        if (part === 'chain') await lab.page.getByTestId('open-lesson').click()
        await look(`${place} ${part}`)
      }
      if (place !== 'notary') await look(place)
    }
    expect(found).toEqual([])
  })
}

test('whatever scrolls can be scrolled by keyboard, also in a small window with large letters', async ({
  lab,
  overview,
}) => {
  test.setTimeout(180_000)
  await overview.waitUntilServed()
  await lab.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setSize(1024, 700)
    window?.webContents.setZoomFactor(1.5)
  })
  const found: string[] = []
  const look = async (where: string): Promise<void> => {
    const { violations } = await axeIn(lab.page).withRules(['scrollable-region-focusable']).analyze()
    for (const { nodes } of violations) for (const node of nodes) found.push(`${where}: ${node.html.slice(0, 300)}`)
  }
  /** Each part, and each part of a part. */
  const lookAtAll = async (where: string, known: readonly string[]): Promise<void> => {
    await look(where)
    const tabs = lab.page.locator('[role="tab"]:not([aria-disabled="true"])')
    const ids = await tabs.evaluateAll((all) => all.map((tab) => tab.getAttribute('data-testid') ?? ''))
    for (const id of ids.filter((one) => !known.includes(one))) {
      await lab.page.getByTestId(id).click()
      await expect(lab.page.getByTestId(id)).toHaveAttribute('aria-selected', 'true')
      await lookAtAll(`${where} ${id}`, [...known, ...ids])
    }
  }
  for (const place of places) {
    await goTo(lab.page, place)
    if (place === 'overview') {
      await overview.node('notary-1').press('Enter')
      await expect(lab.page.getByTestId('node-panel')).toBeVisible()
    }
    await lookAtAll(place, [])
  }
  expect(found).toEqual([])
})

test.describe('with the notary alone', () => {
  test.use({ systems: ['notary'] })

  test('both languages are spoken', async ({ lab, overview }) => {
    await overview.waitUntilUp()
    await lab.call('settings.set', { language: 'pt-BR' })
    await expect(lab.page.locator('html')).toHaveAttribute('lang', 'pt-BR')
    await expect(lab.page.getByTestId('rail-settings')).toHaveText(/Configurações/)
    await lab.call('settings.set', { language: 'en' })
    await expect(lab.page.locator('html')).toHaveAttribute('lang', 'en')
    await expect(lab.page.getByTestId('rail-settings')).toHaveText(/Settings/)
  })

  test('everything can be reached by keyboard: palette, places, a node and its panel', async ({ lab, overview }) => {
    await overview.waitUntilUp()
    await lab.call('settings.set', { language: 'en' })
    await lab.page.keyboard.press('Control+K')
    await lab.page.keyboard.type('settings')
    await lab.page.keyboard.press('Enter')
    await expect(lab.page.getByTestId('page-settings')).toBeVisible()
    await lab.page.getByTestId('rail-overview').focus()
    await lab.page.keyboard.press('Enter')
    await overview.node('notary-1').focus()
    await lab.page.keyboard.press('Enter')
    await expect(lab.page.getByTestId('node-panel')).toBeVisible()
    await lab.page.keyboard.press('Escape')
    await expect(lab.page.getByTestId('node-panel')).toBeHidden()
  })
})
