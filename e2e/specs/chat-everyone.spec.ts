import type { Page } from '@playwright/test'
import type { LabProcess } from '../fixtures/lab-process.ts'
import { expect, test } from '../fixtures/test.ts'
import { ChatWindow, leaderOf } from '../pages/chat.ts'

/** As somebody does it who wants another profile: before any server of the chat has run, and so in a lab that is new. */
async function choose(lab: LabProcess, profile: 'leader' | 'everyone'): Promise<void> {
  const { page } = lab
  expect(await lab.call('clusters.stop', { clusterId: 'chat' })).toMatchObject({ ok: true })
  await page.getByTestId('rail-settings').click()
  await page.getByTestId('reset-lab').click()
  await page.getByTestId('reset-confirm').click()
  await expect(page.getByTestId('reset-confirm')).toHaveCount(0, { timeout: 60_000 })
  await page.getByTestId('rail-chat').click()
  const choice = page.getByTestId('chat-setup-profile').locator(`input[value="${profile}"]`)
  await expect(choice).toBeEnabled()
  if (await choice.isChecked()) return
  await choice.press('Space')
  await expect(page.getByTestId('chat-setup')).toContainText(profile === 'everyone' ? 'um só disco' : 'da maioria')
  await page.getByTestId('chat-setup-save').click()
  await expect(page.getByTestId('chat-setup-save')).toBeDisabled()
}

async function start(page: Page): Promise<void> {
  await page.getByTestId('chat-start').click()
  await page.getByTestId('chat-part-talk').click()
  await expect(page.getByTestId('chat-enter')).toBeVisible({ timeout: 60_000 })
}

test('the profile is chosen in the window: everyone answers, a name is enough, and back again', async ({ lab }) => {
  test.setTimeout(180_000)
  const { page } = lab
  await leaderOf(lab)
  await page.getByTestId('rail-chat').click()
  await page.getByTestId('chat-part-settings').click()
  await expect(page.getByTestId('chat-setup-profile').locator('input[value="everyone"]')).toBeDisabled()

  await choose(lab, 'everyone')
  await start(page)
  await expect(page.getByTestId('chat-standing')).toHaveAttribute('data-profile', 'everyone')
  await expect(page.getByTestId('chat-password')).toHaveCount(0)
  await page.getByTestId('chat-user').fill('ana')
  await page.getByTestId('chat-enter-button').click()
  const ana = new ChatWindow(page, 'ana')
  await ana.open('general')
  await ana.say('todo servidor responde')
  await expect(ana.tick('todo servidor responde')).toHaveAttribute('data-tick', /one|few|majority|all/)
  // The lab's bot is in every channel too, whenever its name came to the server that was asked.
  await expect(page.getByTestId('chat-member').first()).toBeVisible()
  const [said, listed] = await page.getByTestId('chat-about').evaluate((about) => {
    const count = about.querySelector('[data-testid="chat-members"]')?.getAttribute('data-count')
    return [Number(count), about.querySelectorAll('[data-testid="chat-member"]').length]
  })
  expect(said).toBe(listed)
  // What needs one order of all is not offered.
  await ana.row('todo servidor responde').hover()
  await ana.row('todo servidor responde').getByTestId('chat-menu').click()
  await expect(page.getByTestId('chat-edit')).toHaveCount(0)
  await page.keyboard.press('Escape')

  await page.getByTestId('chat-part-settings').click()
  await choose(lab, 'leader')
  expect(await page.getByTestId('chat-setup-profile').locator('input[value="leader"]').isChecked()).toBe(true)
  await start(page)
  await expect(page.getByTestId('chat-standing')).toHaveAttribute('data-profile', 'leader')
  await leaderOf(lab)
  await expect(page.getByTestId('chat-password')).toBeVisible()
  expect(lab.complaints).toEqual([])
})
