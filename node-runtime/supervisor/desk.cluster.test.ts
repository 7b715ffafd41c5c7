import { afterEach, expect, it } from 'vitest'
import { clusterId, nodeId } from '#kit/ids'
import { openRealLab, type RealLab, testClusters } from './testing/real-lab.ts'

let lab: RealLab
afterEach(() => lab.close())

const deskNode = nodeId('desk')

it('peers of real workers are asked over HTTP by strangers, and by the desk over the wire', async () => {
  lab = openRealLab({ clusters: testClusters })
  await lab.start()
  expect(await lab.supervisor.startCluster(clusterId('desk'))).toEqual({ ok: true, value: null })
  await lab.leader()
  const { http } = lab.node(nodeId('notary-1'))
  const answer = await fetch(`http://${http?.host}:${http?.port}/health`)
  expect(answer.status).toBe(200)
  expect(lab.node(deskNode).http).toBeNull()
  const peers = await lab.until(() => {
    // Of the chat, which is not up, it asks the broker.
    const links = (lab.node(deskNode).view?.links ?? []).filter(({ peer }) => peer.startsWith('notary-'))
    return links.length === 3 && links.every(({ heardMsAgo }) => heardMsAgo !== null) && links.map(({ peer }) => peer)
  })
  expect([...peers].sort()).toEqual(['notary-1', 'notary-2', 'notary-3'])
})
