import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { browserPath, noBrowser } from '../fixtures/offline-browser.ts'
import { expect, test } from '../fixtures/test.ts'
import { Notary } from '../pages/notary.ts'
import { Overview } from '../pages/overview.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('the headless shell serves the same window to a browser', async () => {
  test.skip(noBrowser !== null, noBrowser ?? '')
  const home = mkdtempSync(join(tmpdir(), 'colmeia-e2e-'))
  const env = { ...process.env, COLMEIA_HOME: home }
  const shell = spawn(process.execPath, [`${root}out/headless/main.mjs`, 'serve', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage()
    await page.goto(await addressOf(shell))
    const overview = new Overview(page)
    await overview.waitUntilUp()
    const first = await overview.leader()
    const panel = await overview.open(first.id)
    await panel.getByTestId('action-kill').click()
    await expect(overview.node(first.id)).toHaveAttribute('data-state', 'killed')
    expect((await overview.leader([first.id])).term).toBeGreaterThan(first.term)
    await page.reload()
    await expect(overview.node(first.id)).toHaveAttribute('data-state', 'killed')
    await breaksTheDoor(new Notary(page))
  } finally {
    await browser.close()
    const gone = new Promise((resolve) => shell.once('exit', resolve))
    shell.kill('SIGTERM')
    await gone
    rmSync(home, { recursive: true, force: true })
  }
})

/** And finds it open again. */
async function breaksTheDoor(notary: Notary): Promise<void> {
  await notary.open()
  const door = await notary.doorFrame()
  await door.evaluate(() => {
    location.href = 'about:blank'
  })
  await notary.choose([fileURLToPath(import.meta.url)])
}

function addressOf(shell: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    shell.once('exit', () => reject(new Error('the headless shell ended')))
    if (shell.stdout === null) return reject(new Error('the headless shell has no stdout'))
    createInterface(shell.stdout).on('line', (line) => {
      const said = line.startsWith('{') ? (JSON.parse(line) as { value?: { event?: string; address?: string } }) : {} // our own line
      if (said.value?.event === 'serving' && said.value.address !== undefined) resolve(said.value.address)
    })
  })
}
