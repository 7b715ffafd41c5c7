import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../fixtures/test.ts'

const places = ['overview', 'notary', 'chat', 'ring', 'shop', 'lab', 'settings'] as const

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in any place, ${theme}`, async ({ lab, overview }) => {
    await overview.waitUntilUp()
    await lab.call('settings.set', { theme })
    await expect(lab.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme)
    const found: string[] = []
    for (const place of places) {
      await lab.page.getByTestId(`rail-${place}`).click()
      await expect(lab.page.getByTestId(`page-${place}`)).toBeVisible()
      // Electron has no second page for axe's isolated frames; the legacy mode stays inside this one.
      const { violations } = await new AxeBuilder({ page: lab.page }).setLegacyMode(true).analyze()
      for (const { id, impact, nodes } of violations) {
        if (impact !== 'serious' && impact !== 'critical') continue
        found.push(`${place}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
      }
    }
    expect(found).toEqual([])
  })
}

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
