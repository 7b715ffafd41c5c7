import { seriousIn } from '../fixtures/axe.ts'
import type { LabProcess } from '../fixtures/lab-process.ts'
import { expect, test } from '../fixtures/test.ts'
import { RingPage } from '../pages/ring.ts'

type Fault = Parameters<LabProcess['call']>[1]

/** Until it is cleared; the ids are those of the preset. */
async function disturb(lab: LabProcess, fault: object): Promise<void> {
  const { ok } = await lab.call('faults.inject', { fault, forMs: null } as Fault as never) // a fault of the contract
  expect(ok).toBe(true)
}

test.use({ systems: ['ring'] })

test('the leader of the ring is killed: the others close the ring, talk on, and have the same history', async ({
  lab,
  overview,
}) => {
  const { page } = lab
  const ring = new RingPage(lab)
  await ring.open()
  const { leader } = await ring.agreed(3)
  const [first, second] = (await ring.beliefs()).filter(({ id }) => id !== leader.id)
  if (first === undefined || second === undefined) throw new Error('a ring of three has two others')

  await ring.choose(first.name)
  await expect(ring.peer(leader.node)).toHaveAttribute('data-leader', 'true')
  await ring.say('before the kill')

  await page.getByTestId('rail-overview').click()
  const panel = await overview.open(leader.node)
  await panel.getByTestId('action-kill').click()
  await expect.poll(async () => (await ring.beliefs()).some(({ id }) => id === leader.id)).toBe(false)

  await ring.open()
  await ring.choose(first.name)
  await ring.say('while it is dead')
  await ring.choose(second.name)
  for (const text of ['before the kill', 'while it is dead']) await expect(ring.row(text)).toHaveCount(1)

  // It comes back by itself or by the button, and has what was said without it.
  await lab.call('nodes.start', { nodeId: leader.node } as never) // a node of the lab
  await ring.agreed(3)
  await ring.choose(leader.name)
  for (const text of ['before the kill', 'while it is dead']) await expect(ring.row(text)).toHaveCount(1)
  expect(lab.complaints).toEqual([])
})

test('FIM leaves the ring, and a button joins it again', async ({ lab }) => {
  const { page } = lab
  const ring = new RingPage(lab)
  await ring.open()
  await ring.agreed(3)
  await page.getByTestId('ring-composer').fill('FIM')
  await page.getByTestId('ring-send').click()
  await expect(page.getByTestId('ring-gone')).toBeVisible()
  await page.getByTestId('ring-join').click()
  await expect(page.getByTestId('ring-composer')).toBeVisible()
  await ring.agreed(3)
  expect(lab.complaints).toEqual([])
})

test('a peer that falls silent is seen suspected before it is gone, and comes back with what was said', async ({
  lab,
}) => {
  const { page } = lab
  const ring = new RingPage(lab)
  await ring.open()
  const { leader } = await ring.agreed(3)
  const silent = (await ring.beliefs()).find(({ id }) => id !== leader.id)
  if (silent === undefined) throw new Error('a ring of three has two others')
  // Whoever gives to it watches it, and so does every other: with three peers all are watched by all.
  await ring.choose(leader.name)
  await disturb(lab, { kind: 'pause', node: silent.node })
  await expect(ring.peer(silent.node)).toHaveAttribute('data-mark', 'suspected')
  await expect(ring.peer(silent.node)).toHaveCount(0)
  expect(await lab.whoNoted('suspected')).not.toEqual([])
  await ring.say('while it is silent')

  // What it believed last is drawn nowhere as if it held; its messages can still be read.
  await expect(ring.belief(silent.node)).toHaveAttribute('data-state', 'none')
  await page.getByTestId('ring-mine').getByText(silent.name, { exact: true }).click()
  await expect(page.getByTestId('ring-silent')).toHaveAttribute('data-silence', 'paused')
  await expect(page.getByTestId('ring-picture')).toHaveCount(0)
  await expect(page.getByTestId('ring-composer')).toBeVisible()

  await lab.call('faults.clearAll', {} as never)
  await ring.agreed(3)
  await ring.choose(silent.name)
  await expect(ring.row('while it is silent')).toHaveCount(1)
  expect(lab.complaints).toEqual([])
})

test('a peer whose process hangs is called silent, and nothing of it is drawn as if it held', async ({ lab }) => {
  test.skip(process.platform === 'win32', 'a process cannot be made to hang from outside there')
  const { page } = lab
  const ring = new RingPage(lab)
  await ring.open()
  const { leader } = await ring.agreed(3)
  const hung = (await ring.beliefs()).find(({ id }) => id !== leader.id)
  if (hung === undefined) throw new Error('a ring of three has two others')
  await ring.choose(hung.name)
  const arrow = page.locator(`[data-arrow^="${hung.id}>"]`)
  await expect(arrow).toHaveCount(1)
  await page.getByTestId('ring-composer').fill('half a line')

  const pid = await ring.pidOf(hung.node)
  process.kill(pid, 'SIGSTOP')
  await expect(page.getByTestId('ring-silent')).toHaveAttribute('data-silence', 'stale')
  await expect(page.getByTestId('ring-picture')).toHaveCount(0)
  await expect(ring.belief(hung.node)).toHaveAttribute('data-state', 'none')
  process.kill(pid, 'SIGCONT')
  await expect(page.getByTestId('ring-picture')).toBeVisible()
  await expect(page.getByTestId('ring-composer')).toHaveValue('half a line')
  await ring.agreed(3)
  expect(lab.complaints).toEqual([])
})

test('a ring that is cut in two is shown as two, health says split, and it becomes one with both histories', async ({
  lab,
}) => {
  const { page } = lab
  const ring = new RingPage(lab)
  await ring.open()
  await ring.agreed(3)
  const [ana, , caio] = ['ring-1', 'ring-2', 'ring-3'].map((id) => ({ id, name: '' }))
  for (const one of await ring.beliefs()) {
    for (const known of [ana, caio]) if (known?.id === one.node) known.name = one.name
  }
  if (ana === undefined || caio === undefined) throw new Error('there are three')
  await ring.choose(ana.name)
  await disturb(lab, { kind: 'cut', from: ['ring-3'], to: ['ring-1', 'ring-2'], both: true })

  await expect(page.getByTestId('ring-split')).toBeVisible()
  await expect(page.getByTestId('health')).toHaveAttribute('data-health', 'split')
  await expect(ring.apart('ring-3')).toHaveAttribute('data-leader', 'true')
  await expect(ring.peer('ring-2')).toBeVisible()
  await ring.say('on the one side')
  await ring.choose(caio.name)
  await expect(ring.apart('ring-1')).toBeVisible()
  await ring.say('on the other side')
  await page.getByTestId('rail-overview').click()
  await expect(page.getByTestId('cluster-split')).toBeVisible()

  await lab.call('faults.clearAll', {} as never)
  await ring.agreed(3)
  await expect(page.getByTestId('cluster-split')).toHaveCount(0)
  await ring.open()
  for (const { name } of [ana, caio]) {
    await ring.choose(name)
    for (const text of ['on the one side', 'on the other side']) await expect(ring.row(text)).toHaveCount(1)
  }
  // Whichever stands first came late to the other side, which had said something by then, and to nobody else.
  const first = page.getByTestId('ring-row').first()
  const isAnas = (await first.textContent())?.includes('on the one side') === true
  for (const one of [ana, caio]) {
    await ring.choose(one.name)
    await expect(first).toHaveAttribute('data-late', String((one === ana) !== isAnas))
    await expect(first).toHaveAttribute('data-own', String((one === ana) === isAnas))
  }
  expect(lab.complaints).toEqual([])
})

test('the words work as buttons and from the keyboard, and the log tells as much as its mode says', async ({ lab }) => {
  const { page } = lab
  const ring = new RingPage(lab)
  await ring.open()
  const { leader } = await ring.agreed(3)
  const other = (await ring.beliefs()).find(({ id }) => id !== leader.id)
  if (other === undefined) throw new Error('a ring of three has two others')
  await ring.choose(other.name)
  await ring.press('HELP')
  await expect(ring.told()).toHaveAttribute('data-told', 'help')
  await ring.press('MEMBERS')
  for (const { name } of other.members) await expect(ring.told()).toContainText(name)
  await ring.press('LIST')
  await expect(ring.told()).toHaveAttribute('data-told', 'refresh')

  // As long as the log does not tell of beats, the picture shows only what is said and elections.
  await ring.makesFly(() => ring.say('a message flies'))

  // The token of whoever asks comes home: it leads the next term.
  await ring.makesFly(() => ring.press('LIDER'))
  await expect(ring.told()).toHaveAttribute('data-told', 'elect')
  await expect(ring.peer(other.node)).toHaveAttribute('data-leader', 'true')
  await ring.agreed(3)

  await page.getByTestId('ring-tab-log').click()
  await expect(page.locator('[data-testid="ring-log-line"][data-kind="ring-changed"]').first()).toBeVisible()
  await expect(page.locator('[data-testid="ring-log-line"][data-kind="received"]')).toHaveCount(0)
  await page.getByTestId('ring-log-mode').locator('input[value="heartbeat"]').press('Space')
  await expect(page.locator('[data-testid="ring-log-line"][data-kind="received"]').first()).toBeVisible()
  // The beat is seen on its way: something is drawn over the ring, though the picture is drawn anew all the time.
  await expect.poll(() => ring.isFlying()).toBe(true)

  await page.getByTestId('ring-composer').focus()
  await page.keyboard.type('first line')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('second line')
  await page.keyboard.press('Enter')
  await expect(ring.row('first line')).toContainText('second line')
  await expect(page.getByTestId('ring-composer')).toHaveValue('')
  expect(lab.complaints).toEqual([])
})

test('the ring is set up with one more peer and an invented phrase, which is shown this once', async ({ lab }) => {
  const { page } = lab
  const ring = new RingPage(lab)
  await ring.open()
  await ring.agreed(3)
  await page.getByTestId('ring-tab-setup').click()
  const before = await page.getByTestId('ring-setup-fingerprint').textContent()
  await expect(page.getByTestId('ring-setup-save')).toBeDisabled()
  await page.getByTestId('ring-setup-add').click()
  await expect(page.getByTestId('ring-setup').getByRole('alert')).toBeVisible()
  await page.getByTestId('ring-setup-name-4').fill('Davi')
  await page.getByTestId('ring-setup-key').selectOption('invented')
  await page.getByTestId('ring-setup-save').click()

  const phrase = page.getByTestId('ring-setup-phrase').locator('code')
  await expect(phrase).toHaveText(/\S{12,}/)
  await expect(page.getByTestId('ring-setup-fingerprint')).not.toHaveText(before ?? '')
  await ring.agreed(4)
  await expect(page.getByTestId('ring-mine').getByText('Davi', { exact: true })).toBeVisible()
  await page.getByTestId('ring-tab-beliefs').click()
  await page.getByTestId('ring-tab-setup').click()
  await expect(page.getByTestId('ring-setup')).toBeVisible()
  await expect(phrase).toHaveCount(0)
  expect(lab.complaints).toEqual([])
})

test('the ring can stand in a window of its own', async ({ lab }) => {
  const ring = new RingPage(lab)
  await ring.open()
  await ring.agreed(3)
  const opened = lab.app.waitForEvent('window')
  await lab.page.getByTestId('own-window').click()
  const own = await opened
  await expect(own.getByTestId('ring-picture')).toBeVisible()
  await expect(own.getByTestId('rail-overview')).toHaveCount(0)
  await own.getByTestId('ring-composer').fill('from its own window')
  await own.getByTestId('ring-send').click()
  await expect(ring.row('from its own window')).toHaveCount(1)
})

test('a long history opens at its newest, and goes back without losing the place', async ({ lab }) => {
  const { page } = lab
  const ring = new RingPage(lab)
  await ring.open()
  await ring.agreed(3)
  const count = 450
  await page.evaluate(async (all) => {
    for (let said = 0; said < all; said += 50) {
      const texts = Array.from({ length: 50 }, (_, index) => `message ${said + index + 1}.`)
      const say = (text: string) => window.colmeia?.call('ring.say', { nodeId: 'ring-1', text })
      await Promise.all(texts.map(say))
    }
  }, count)
  await page.reload()
  await expect(ring.row(`message ${count}.`)).toHaveCount(1)
  const list = page.getByTestId('ring-history')
  await expect(list).toHaveAttribute('data-at-end', 'true')
  expect(await page.getByTestId('ring-row').count()).toBeLessThan(100)

  await list.focus()
  const goBack = async (): Promise<boolean> => {
    await page.keyboard.press('Home')
    return (await page.getByTestId('ring-older').count()) === 0 && (await ring.row('message 1.').count()) === 1
  }
  await expect.poll(goBack).toBe(true)
  await page.getByTestId('ring-newest').click()
  await expect(list).toHaveAttribute('data-at-end', 'true')
  await expect(ring.row(`message ${count}.`)).toHaveCount(1)
  expect(lab.complaints).toEqual([])
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in any part of the ring, split or whole, ${theme}`, async ({ lab }) => {
    const { page } = lab
    const ring = new RingPage(lab)
    await lab.call('settings.set', { theme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme)
    await ring.open()
    await ring.agreed(3)
    await ring.say('a message')
    const found: string[] = []
    const look = async (place: string): Promise<void> => void found.push(...(await seriousIn(page, place)))
    for (const tab of ['beliefs', 'log', 'troubles', 'setup']) {
      await page.getByTestId(`ring-tab-${tab}`).click()
      if (tab === 'setup') await expect(page.getByTestId('ring-setup')).toBeVisible()
      await look(tab)
    }
    await disturb(lab, { kind: 'cut', from: ['ring-3'], to: ['ring-1', 'ring-2'], both: true })
    await expect(page.getByTestId('ring-split')).toBeVisible()
    await look('split')
    expect(found).toEqual([])
  })
}
