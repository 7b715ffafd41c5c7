import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive, LabProcess } from '../fixtures/lab-process.ts'
import { test as base, expect } from '../fixtures/test.ts'
import { Overview } from '../pages/overview.ts'

/** Tests that prepare the folder before the program starts, or end it in their own way. */
const test = base.extend<{ readonly home: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern.
  home: async ({}, use) => use(mkdtempSync(join(tmpdir(), 'colmeia-e2e-'))),
})

test('a damaged lab.json is said in words and left as it is; a reset mends it', async ({ home }) => {
  const file = join(home, 'labs', 'lab', 'lab.json')
  mkdirSync(join(home, 'labs', 'lab'), { recursive: true })
  writeFileSync(file, '{"version":1,"ports":')
  const lab = await LabProcess.launch({ home })
  const notice = lab.page.locator('[data-testid="notice"][data-code="lab-damaged"]')
  await expect(notice).toBeVisible()
  // It stands below the page: nothing that could be pressed lies under it.
  const [page, said] = await Promise.all([lab.page.locator('#content').boundingBox(), notice.boundingBox()])
  expect(said?.y).toBeGreaterThanOrEqual((page?.y ?? Infinity) + (page?.height ?? 0))
  expect(readFileSync(file, 'utf8')).toBe('{"version":1,"ports":')

  expect(await lab.call('lab.reset', {})).toMatchObject({ ok: true })
  expect(await lab.call('clusters.start', { clusterId: 'notary' })).toMatchObject({ ok: true })
  await new Overview(lab.page).waitUntilUp()
  await lab.quit()
  lab.forget()
})

test('a node with a damaged file puts it aside as it is, begins anew and is taken in again', async ({ home }) => {
  const dir = join(home, 'labs', 'lab', 'nodes', 'notary-2')
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'node.sqlite'), Buffer.alloc(8_192, 0x2a))
  const lab = await LabProcess.launch({ home, systems: ['notary'] })
  const overview = new Overview(lab.page)
  await overview.waitUntilUp()
  await expect.poll(() => lab.whoNoted('began-anew')).toEqual(['notary-2'])
  expect(readFileSync(join(dir, 'node.sqlite.damaged-1'))).toEqual(Buffer.alloc(8_192, 0x2a))
  // As a learner first; it has its vote back when it has what the others have.
  await overview.agreedPast(0)
  await expect(overview.node('notary-2')).toHaveAttribute('data-standing', 'voter')
  await lab.quit()
  lab.forget()
})

test('two of three disks lost: the group stops, and the window says so and what to do', async ({ home }) => {
  const lab = await LabProcess.launch({ home, systems: ['notary'] })
  const overview = new Overview(lab.page)
  await overview.waitUntilUp()
  await overview.agreedPast(0)
  const leader = await overview.leader()
  const others = ['notary-1', 'notary-2', 'notary-3'].filter((id) => id !== leader.id)
  for (const nodeId of others) await lab.call('nodes.stop', { nodeId })
  for (const nodeId of others) rmSync(join(home, 'labs', 'lab', 'nodes', nodeId), { recursive: true })
  for (const nodeId of others) await lab.call('nodes.start', { nodeId })
  const note = lab.page.getByTestId('group-lost')
  for (const nodeId of others) await expect(note).toContainText(nodeId)
  await expect(lab.page.getByTestId('health')).toHaveAttribute('data-health', 'lost')
  for (const nodeId of others) await expect(overview.node(nodeId)).toHaveAttribute('data-standing', 'lost')

  expect(await lab.call('lab.reset', {})).toMatchObject({ ok: true })
  expect(await lab.call('clusters.start', { clusterId: 'notary' })).toMatchObject({ ok: true })
  await overview.waitUntilUp()
  await expect(note).toBeHidden()
  await lab.quit()
  lab.forget()
})

test('kill -9 of the shell leaves no node behind', async ({ home }) => {
  const lab = await LabProcess.launch({ home })
  await new Overview(lab.page).waitUntilServed()
  const pids = await lab.allWorkerPids()
  lab.app.process().kill('SIGKILL')
  await expect.poll(() => pids.filter(isAlive)).toEqual([])
  lab.forget()
})

test('language and theme are kept over a restart, and so are term and votes', async ({ home }) => {
  const first = await LabProcess.launch({ home, systems: ['notary'] })
  await new Overview(first.page).waitUntilUp()
  const { term } = await new Overview(first.page).leader()
  await first.call('settings.set', { language: 'en', theme: 'dark' })
  await first.quit()

  const second = await LabProcess.launch({ home, systems: ['notary'] })
  const overview = new Overview(second.page)
  await overview.waitUntilUp()
  await expect(second.page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(second.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  expect((await overview.leader()).term).toBeGreaterThan(term)
  await second.quit()
  second.forget()
})
