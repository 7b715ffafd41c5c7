import { expect, type Locator, type Page } from '@playwright/test'
import type { LabProcess } from '../fixtures/lab-process.ts'

/** One user's window of the chat, as that user sees it. */
export class ChatWindow {
  readonly page: Page
  readonly user: string

  constructor(page: Page, user: string) {
    this.page = page
    this.user = user
  }

  /** In the window that asks who speaks there. */
  async signUp(): Promise<void> {
    const { page } = this
    await expect(page.getByTestId('chat-enter')).toBeVisible()
    await page.getByTestId('chat-doing').locator('input[value="signUp"]').press('Space')
    await page.getByTestId('chat-user').fill(this.user)
    await page.getByTestId('chat-password').fill(passwordOf(this.user))
    await page.getByTestId('chat-repeated').fill(passwordOf(this.user))
    await page.getByTestId('chat-enter-button').click()
    await expect(page.getByTestId('chat-talk')).toHaveAttribute('data-user', this.user)
  }

  async join(channel: string): Promise<void> {
    const { page } = this
    const row = page.locator(`[data-testid="chat-channel"][data-name="${channel}"]`)
    if ((await page.getByTestId('chat-welcome').count()) === 0) await page.getByTestId('chat-find-channels').click()
    await row.getByRole('button').click()
    await this.isIn(channel)
  }

  async open(name: string): Promise<void> {
    await this.item(name).click()
    await this.isIn(name)
  }

  async say(text: string): Promise<void> {
    await this.page.getByTestId('chat-composer').fill(text)
    await this.page.getByTestId('chat-composer').press('Enter')
    await expect(this.page.getByTestId('chat-composer')).toHaveValue('')
  }

  /** What can be done with a message: a word of its menu. */
  async choose(text: string, testId: string): Promise<void> {
    await this.row(text).hover()
    await this.row(text).getByTestId('chat-menu').click()
    await this.page.getByTestId(testId).click()
  }

  async search(words: string): Promise<void> {
    await this.page.getByTestId('chat-panes').locator('input[value="search"]').press('Space')
    await this.page.getByTestId('chat-search').fill(words)
    await this.page.getByTestId('chat-search').press('Enter')
  }

  row(text: string): Locator {
    const said = this.page.getByTestId('chat-text').filter({ hasText: text })
    return this.page.getByTestId('chat-row').filter({ has: said })
  }

  item(name: string): Locator {
    return this.page.locator(`[data-testid="chat-item"][data-name="${name}"]`)
  }

  tick(text: string): Locator {
    return this.row(text).getByTestId('chat-tick')
  }

  /** The messages that are in the page, from the top down. */
  async ids(): Promise<(string | null)[]> {
    return this.page.getByTestId('chat-row').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-id')))
  }

  private async isIn(name: string): Promise<void> {
    await expect(this.page.getByTestId('chat-conversation')).toHaveAttribute('data-name', name)
  }
}

export function passwordOf(user: string): string {
  return `password of ${user}`
}

/** The chat's page in the program's first window, once somebody leads. */
export async function openChat(lab: LabProcess): Promise<Page> {
  const { page } = lab
  await leaderOf(lab)
  await page.getByTestId('rail-chat').click()
  return page
}

/** Two users, each in a window of their own, both in `general`. */
export async function twoWindows(lab: LabProcess): Promise<{ readonly ana: ChatWindow; readonly bia: ChatWindow }> {
  const ana = new ChatWindow(await openChat(lab), 'ana')
  await ana.signUp()
  const opened = lab.app.waitForEvent('window')
  await ana.page.getByTestId('chat-account').click()
  await ana.page.getByTestId('chat-other-window').click()
  const bia = new ChatWindow(await opened, 'bia')
  await bia.signUp()
  await ana.join('general')
  await bia.join('general')
  return { ana, bia }
}

export async function leaderOf(lab: LabProcess): Promise<string> {
  const leads = async () => {
    const { clusters } = await lab.topology()
    const nodes = clusters.filter(({ kind }) => kind === 'chat').flatMap((cluster) => cluster.nodes)
    return nodes.find(({ view, state }) => state.kind === 'running' && view?.leadership?.leadership === 'leader')?.id
  }
  await expect.poll(leads, { timeout: 60_000 }).toBeDefined()
  return (await leads()) ?? ''
}

export async function chatServers(lab: LabProcess): Promise<string[]> {
  const { clusters } = await lab.topology()
  return clusters.flatMap(({ nodes }) => nodes).flatMap(({ id, role }) => (role === 'chat-server' ? [id] : []))
}
