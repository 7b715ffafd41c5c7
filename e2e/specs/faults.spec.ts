import type { Fault } from '#contract/worker/faults'
import { nodeId } from '#kit/ids'
import { expect, test } from '../fixtures/test.ts'

test.use({ systems: ['notary'] })

test('a fault is injected by the form, listed with its end, and cleared', async ({ lab, overview }) => {
  await overview.waitUntilUp()
  await lab.page.getByTestId('rail-lab').click()
  await lab.page.getByTestId('lab-faults').click()
  const form = lab.page.getByTestId('fault-form')
  await form.locator('select').first().selectOption('pause')
  await form.getByTestId('fault-submit').click()
  await expect(lab.page.getByTestId('faults')).toHaveAttribute('data-count', '1')
  const [active] = (await lab.topology()).faults
  expect(active?.fault.kind).toBe('pause')
  await lab.page.getByTestId(`clear-${active?.id}`).click()
  await expect(lab.page.getByTestId('faults')).toHaveAttribute('data-count', '0')
})

test('a leader that is cut off is drawn as such, and another one leads', async ({ lab, overview }) => {
  await overview.waitUntilUp()
  const first = await overview.leader()
  const others = ['notary-1', 'notary-2', 'notary-3'].filter((id) => id !== first.id)
  await lab.call('faults.inject', { fault: { kind: 'cut', from: [first.id], to: others, both: true }, forMs: null })
  await expect(lab.page.locator(`[data-link="${first.id}>${others[0]}"]`)).not.toHaveAttribute('data-faults', '0')
  // Without a majority it must stop believing in itself, and the two others choose.
  await expect(overview.node(first.id)).not.toHaveAttribute('data-leadership', 'leader')
  const second = await overview.leader([first.id])
  expect(second.term).toBeGreaterThan(first.term)
  await lab.page.getByTestId('faults').click()
  await lab.page.getByTestId('clear-all-faults').click()
  await expect(overview.node(first.id)).toHaveAttribute('data-leadership', 'follower')
})

test('every kind of fault is taken, shown and ends by itself', async ({ lab, overview }) => {
  await overview.waitUntilUp()
  const [one, two] = [nodeId('notary-1'), nodeId('notary-2')]
  const faults: readonly Fault[] = [
    { kind: 'kill', node: one },
    { kind: 'pause', node: one },
    { kind: 'cut', from: [one], to: [two], both: false },
    { kind: 'delay', from: one, to: two, ms: 20, jitterMs: 5 },
    { kind: 'loss', from: one, to: two, percent: 30 },
    { kind: 'duplicate', from: one, to: two, percent: 30 },
    { kind: 'skew', node: two, ms: 5_000 },
    { kind: 'slow-disk', node: two, ms: 5 },
    { kind: 'full-disk', node: two },
  ]
  const shown = lab.page.getByTestId('faults')
  // Without an end at first: all of them stand side by side, however long a busy machine takes to show them.
  for (const fault of faults)
    expect(await lab.call('faults.inject', { fault, forMs: null })).toMatchObject({ ok: true })
  await expect(shown).toHaveAttribute('data-count', String(faults.length))
  await lab.call('faults.clearAll', {})
  await expect(shown).toHaveAttribute('data-count', '0')
  await overview.waitUntilUp()
  for (const fault of faults)
    expect(await lab.call('faults.inject', { fault, forMs: 2_000 })).toMatchObject({ ok: true })
  await expect(shown).not.toHaveAttribute('data-count', '0')
  await expect(shown).toHaveAttribute('data-count', '0')
  await overview.waitUntilUp()
})

test('the panel shows what a node believes and keeps, with its own words', async ({ overview }) => {
  await overview.waitUntilUp()
  const panel = await overview.open('notary-1')
  await expect(panel.getByTestId('beliefs')).toContainText((await overview.leader()).id)
  await panel.getByTestId('tab-data').click()
  await panel.getByTestId('table-select').selectOption('raft')
  await expect(panel).toContainText('hard-state')
  await panel.getByTestId('tab-log').click()
  await expect(panel.getByTestId('log-tail')).toContainText('lifecycle started')
})
