import { LabProcess } from '../fixtures/lab-process.ts'
import { expect, test, written } from '../fixtures/notary-test.ts'
import { Notary } from '../pages/notary.ts'

test('members go and come with their sessions, each is shown as it is, and every change is an event', async ({
  lab,
  overview,
  notary,
}) => {
  const { id: leader } = await overview.leader()
  const [stopped = '', killed = ''] = ['notary-1', 'notary-2', 'notary-3'].filter((id) => id !== leader)
  await notary.open('chain')
  await expect(lab.page.getByTestId('notary-standing')).toContainText(`${leader} leads`)

  await lab.call('nodes.stop', { nodeId: stopped as never })
  await expect(notary.peer(stopped)).toHaveAttribute('data-up', 'false')
  await expect(notary.peer(stopped)).toContainText('does not run')
  await expect(notary.peer(stopped).getByTestId('examine')).toBeDisabled()
  await expect(lab.page.getByTestId('notary-standing')).toContainText(`${leader} leads`)
  await lab.call('faults.inject', { fault: { kind: 'kill', node: killed }, forMs: null })
  await expect(notary.peer(killed)).toHaveAttribute('data-up', 'false')
  // One of three is no majority.
  await expect(lab.page.getByTestId('notary-standing')).toContainText('nobody leads at the moment')
  // Now, because the feed draws only the rows in sight, and who seeks a leader soon fills them.
  await lab.page.getByTestId('rail-overview').click()
  await expect(lab.page.getByTestId('feed')).toContainText(`The process of ${killed} was killed`)
  await notary.open('chain')

  await lab.call('nodes.start', { nodeId: stopped as never })
  await expect(notary.peer(stopped)).toHaveAttribute('data-up', 'true')
  await expect(lab.page.getByTestId('notary-standing')).toContainText(/notary-\d leads/)
  await lab.call('faults.clearAll', {})
  await expect(notary.peer(killed)).toHaveAttribute('data-up', 'true')
  await expect(notary.peer(killed)).toContainText('follows')

  // What a node tells of itself goes into the recording in batches, later than its view.
  const lifeOf = async (id: string) => (await livesOf(lab)).get(id)
  await expect.poll(() => lifeOf(stopped)).toEqual(['started', 'stopped', 'started'])
  await expect.poll(() => lifeOf(killed)).toEqual(['started', 'killed', 'started'])
})

test('programs of before are answered in the dialect that is chosen', async ({ lab, notary }) => {
  await notary.open('chain')
  const choice = lab.page.getByTestId('dialect')
  await expect(choice).toHaveAttribute('data-dialect', 'B')
  await choice.getByText('dialect A').click()
  await expect(choice).toHaveAttribute('data-dialect', 'A')
  for (const id of ['notary-1', 'notary-2', 'notary-3']) await expect(notary.peer(id)).toContainText('dialect A')
  await choice.locator('input:checked').press('ArrowLeft')
  await expect(choice).toHaveAttribute('data-dialect', 'B')
  expect(lab.complaints).toEqual([])
})

test('the notary of a lab in which nothing has run is founded by as many peers as one likes', async ({ folder }) => {
  const settings = { language: 'en', theme: 'system', startsDemo: false, showsMessages: true }
  written(folder, 'settings.json', JSON.stringify(settings))
  const lab = await LabProcess.launch({ home: folder })
  try {
    const notary = new Notary(lab.page)
    await notary.open('chain')
    const choice = lab.page.getByTestId('founding')
    await expect(choice).toHaveAttribute('data-size-chosen', '3')
    await choice.getByText('5', { exact: true }).click()
    await expect(choice).toHaveAttribute('data-size-chosen', '5')
    await expect(notary.peer('notary-5')).toBeVisible()
    await lab.page.getByTestId('notary-stopped').getByRole('button').click()
    for (const number of [1, 2, 3, 4, 5]) {
      await expect(notary.peer(`notary-${number}`)).toHaveAttribute('data-up', 'true')
    }
    await expect(choice).toHaveCount(0)
    await expect(lab.page.getByTestId('founded')).toContainText('5')
    await expect(lab.page.getByTestId('notary-standing')).toContainText(/notary-\d leads/)

    // Another number: as the page says. The lesson is not for one.
    await lab.call('clusters.stop', { clusterId: 'notary' })
    await lab.call('lab.reset', {})
    await choice.getByText('1', { exact: true }).click()
    await expect(choice).toHaveAttribute('data-size-chosen', '1')
    await lab.page.getByTestId('notary-stopped').getByRole('button').click()
    await expect(lab.page.getByTestId('founded')).toContainText('1')
    await lab.page.getByTestId('open-lesson').click()
    await expect(lab.page.getByTestId('no-lesson')).toContainText('fewer than three')
  } finally {
    await lab.quit()
  }
})

/** What the recording has of each node's life, oldest first, without the moments between. */
async function livesOf(lab: LabProcess): Promise<Map<string, string[]>> {
  const { value } = await lab.call('recording.page', { before: null, limit: 500, nodeId: null, withMessages: false })
  const lives = new Map<string, string[]>()
  for (const { node, what } of value?.events ?? []) {
    if (what.kind !== 'lifecycle' || node === null || !['started', 'stopped', 'killed'].includes(what.state)) continue
    lives.set(node, [...(lives.get(node) ?? []), what.state])
  }
  return lives
}
