import { isAlive } from '../fixtures/lab-process.ts'
import { expect, test } from '../fixtures/test.ts'

/** Three peers of the notary, the desk, three peers of the ring, eight nodes of the chat, and six of the shop. */
const nodes = 21

test('the demo comes up by itself: the notary, the chat and the shop with one leader each, the ring and the desk', async ({
  lab,
  overview,
}) => {
  await overview.waitUntilServed()
  await expect(overview.nodes()).toHaveCount(nodes)
  expect((await lab.allWorkerPids()).length).toBe(nodes)
  expect(lab.complaints).toEqual([])
})

test('closing the window ends every process', async ({ lab, overview }) => {
  await overview.waitUntilUp()
  const pids = await lab.allWorkerPids()
  const main = lab.app.process()
  await lab.quit()
  expect([main.pid ?? 0, ...pids].filter(isAlive)).toEqual([])
})

test.describe('with the notary alone', () => {
  test.use({ systems: ['notary', 'desk'] })

  test('killing the leader from the window brings a new leader, and the old one comes back as a follower', async ({
    lab,
    overview,
  }) => {
    await overview.waitUntilUp()
    const first = await overview.leader()
    const [pid] = await pidOf(first.id, lab)

    const panel = await overview.open(first.id)
    await panel.getByTestId('action-kill').click()
    await expect(overview.node(first.id)).toHaveAttribute('data-state', 'killed')
    await expect.poll(() => isAlive(pid ?? 0)).toBe(false)

    const second = await overview.leader([first.id])
    expect(second.id).not.toBe(first.id)
    expect(second.term).toBeGreaterThan(first.term)

    await lab.page.getByTestId('clear-all-faults').click()
    await expect(overview.node(first.id)).toHaveAttribute('data-state', 'running')
    await expect(overview.node(first.id)).toHaveAttribute('data-leadership', 'follower')
    await expect(overview.leaders()).toHaveCount(1)
  })

  test('a reload shows the same state, and harms no node', async ({ lab, overview }) => {
    await overview.waitUntilUp()
    const leader = await overview.leader()
    const follower = ['notary-1', 'notary-2', 'notary-3'].find((id) => id !== leader.id) ?? ''
    await lab.call('faults.inject', { fault: { kind: 'pause', node: follower }, forMs: null })
    await expect(overview.node(follower)).toHaveAttribute('data-paused', 'true')
    const pids = await lab.allWorkerPids()

    await lab.page.reload()
    await overview.waitUntilUp()
    await expect(overview.node(follower)).toHaveAttribute('data-paused', 'true')
    expect(await overview.leader()).toEqual(leader)
    expect(await lab.workerPids()).toEqual(pids)
  })
})

async function pidOf(
  id: string,
  lab: { topology(): Promise<import('#contract/window/topology').TopologySnapshot> },
): Promise<number[]> {
  const { clusters } = await lab.topology()
  const states = clusters.flatMap((cluster) => cluster.nodes).filter((node) => node.id === id)
  return states.flatMap(({ state }) => ('pid' in state && state.pid !== null ? [state.pid] : []))
}
