import type { LabProcess } from '../fixtures/lab-process.ts'
import { expect, test } from '../fixtures/test.ts'

const names = ['notary-1', 'notary-2', 'notary-3'] as const

test.use({ systems: ['notary'] })

test('every card shows where its node is in the log, and all come to agree', async ({ lab, overview }) => {
  await overview.waitUntilUp()
  // A leader begins its term with an entry of its own, so there is something to agree on without any user.
  const index = await overview.agreedPast(0)
  for (const name of names) {
    const card = overview.node(name)
    await expect(card).toHaveAttribute('data-standing', 'voter')
    // A notary that has just begun writes its founding and its witnesses; the log may go on at any time.
    await expect.poll(async () => Number(await card.getAttribute('data-log-applied'))).toBeGreaterThanOrEqual(index)
    expect(Number(await card.getAttribute('data-log-last'))).toBeGreaterThanOrEqual(index)
  }
  await lab.call('settings.set', { language: 'en' })
  await lab.page.getByText('Table', { exact: true }).click()
  const rows = lab.page.getByTestId('log-table-notary').locator('tbody tr')
  await expect(rows).toHaveCount(names.length)
  for (const [at, name] of names.entries()) await expect(rows.nth(at)).toContainText(`${name}voter`)
  // The first is what the node counts as, the second its last entry; more may have come since the picture was read.
  const lastEntries = () => Promise.all(names.map((_, at) => rows.nth(at).locator('td').nth(1).innerText()))
  await expect.poll(async () => new Set(await lastEntries()).size).toBe(1)
  expect(Number((await lastEntries())[0])).toBeGreaterThanOrEqual(index)
  expect(lab.complaints).toEqual([])
})

test('kill -9 of the leader: the next term puts an entry into the log, and the one that died catches up', async ({
  lab,
  overview,
}) => {
  await overview.waitUntilUp()
  const before = await overview.agreedPast(0)
  const first = await overview.leader()
  process.kill(await pidOf(lab, first.id), 'SIGKILL')
  // It may win again after its restart, so only the term tells that there was an election.
  await expect
    .poll(async () => Number(await overview.leaders().first().getAttribute('data-term')))
    .toBeGreaterThan(first.term)
  await overview.agreedPast(before)
})

test('the log of a node that is down is drawn as old, and not as live', async ({ lab, overview }) => {
  await overview.waitUntilUp()
  const index = await overview.agreedPast(0)
  const leader = await overview.leader()
  const victim = names.find((name) => name !== leader.id) ?? names[0]
  await lab.call('faults.inject', { fault: { kind: 'kill', node: victim }, forMs: null })
  await expect(overview.node(victim)).toHaveAttribute('data-log-old', 'true')
  // The peers write a little of their own into the log when they begin, so it may have come further since.
  const shown = Number(await overview.node(victim).getAttribute('data-log-committed'))
  expect(shown).toBeGreaterThanOrEqual(index)
  await lab.page.getByTestId('clear-all-faults').click()
  await expect(overview.node(victim)).toHaveAttribute('data-log-old', 'false')
})

test('a leader hands over when it is asked to, and a follower refuses in plain words', async ({ lab, overview }) => {
  await overview.waitUntilUp()
  await overview.agreedPast(0)
  const first = await overview.leader()
  const [next = '', other = ''] = names.filter((name) => name !== first.id)
  const panel = await overview.open(first.id)
  await panel.getByTestId('tab-positions').click()
  await expect(panel.getByTestId('peer-positions').locator('tbody tr')).toHaveCount(2)
  await panel.getByTestId('tab-actions').click()
  await panel.getByTestId(`hand-over-to-${next}`).click()
  const second = await overview.leader([first.id])
  expect(second.id).toBe(next)
  expect(second.term).toBeGreaterThan(first.term)
  // Groups of other systems have leaders of their own, and favourites to whom they hand over.
  const whoHandedOver = async () => (await lab.whoNoted('handing-over')).filter((id) => id?.startsWith('notary-'))
  await expect.poll(whoHandedOver).toEqual([first.id])

  expect(await lab.call('nodes.handOver', { nodeId: other, to: first.id })).toMatchObject({
    ok: false,
    failure: { code: 'not-leader' },
  })
})

test('a node shows its clocks: whom they are compared by, and how far off they may be', async ({ overview }) => {
  await overview.waitUntilUp()
  const leader = await overview.leader()
  const follower = names.find((name) => name !== leader.id) ?? names[0]
  const panel = await overview.open(follower)
  await expect(panel.getByTestId('clock')).toContainText(leader.id)
  await expect(panel.getByTestId('clock-offset')).toHaveAttribute('data-error-ms', /^\d/)
})

async function pidOf(lab: LabProcess, id: string): Promise<number> {
  const { clusters } = await lab.topology()
  const card = clusters.flatMap(({ nodes }) => nodes).find((node) => node.id === id)
  if (card?.state.kind !== 'running') throw new Error(`${id} does not run`)
  return card.state.pid
}
