import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeskCallName, DeskInput, DeskOutput, OutboxCounts } from '#contract/worker/desk'
import { clusterId, nodeId } from '#kit/ids'
import { openRealLab, pidOf, type RealLab, testClusters } from '#supervisor/testing/real-lab'
import { deskHandlers } from '../../host/desk-handlers.ts'
import { orders } from './testing/desk-world.ts'

const desk = nodeId('desk')

let lab: RealLab
beforeEach(async () => {
  lab = openRealLab({ clusters: testClusters })
  await lab.start()
  await lab.leader()
  const started = await lab.supervisor.startCluster(clusterId('desk'))
  if (!started.ok) throw new Error(started.failure.message)
})
afterEach(() => lab.close())

async function ask<Name extends DeskCallName>(name: Name, input: DeskInput<Name>): Promise<DeskOutput<Name>> {
  const handlers = deskHandlers(lab.supervisor)
  const result = await (handlers[name] as (input: DeskInput<Name>) => ReturnType<(typeof handlers)[Name]>)(input)
  if (!result.ok) throw new Error(`${name}: ${result.failure.code} ${result.failure.message}`)
  return result.value as DeskOutput<Name> // the desk answers a name with its own output
}

function outboxNow(): OutboxCounts {
  const view = lab.node(desk).view?.desk
  return view?.outbox ?? { waiting: 0, sent: 0, 'in-log': 0, 'co-signed': 0, already: 0, refused: 0 }
}

/** What a peer has, from its first registration on. */
async function titlesAt(nodeName: string, count: number): Promise<readonly string[]> {
  const titles: string[] = []
  while (titles.length < count) {
    const { records } = await ask('notary.chain', { nodeId: nodeId(nodeName), from: titles.length + 1, limit: 200 })
    if (records.length === 0) break
    titles.push(...records.map(({ title }) => title))
  }
  return titles
}

describe('a desk at real peers', () => {
  it('registers each of a thousand files once, when the leader is killed in the middle and the desk after it', async () => {
    const all = orders(1_000)
    const leader = await lab.leader()
    for (let from = 0; from < all.length; from += 100) {
      await ask('notary.register', { documents: all.slice(from, from + 100) })
      if (from === 400) process.kill(pidOf(leader), 'SIGKILL')
    }
    process.kill(pidOf(lab.node(desk)), 'SIGKILL')
    await lab.until(() => outboxNow()['co-signed'] === all.length)
    const wanted = all.map(({ title }) => title)
    for (const name of ['notary-1', 'notary-2', 'notary-3']) expect(await titlesAt(name, 1_000)).toEqual(wanted)
    const { receipt } = await ask('notary.receipt', { index: 1_000 })
    const [first, last] = [all[0], all.at(-1)]
    const check = async (order: typeof first) =>
      (
        await ask('notary.check', {
          receipt: { kind: 'text', text: receipt },
          sha256: order?.document.kind === 'file' ? order.document.sha256 : null,
        })
      ).kind
    expect([await check(last), await check(first)]).toEqual(['proven', 'other-document'])
    const status = await ask('notary.status', {})
    expect(status).toMatchObject({ size: 1_001, witnessedSize: 1_001, isApproved: true })
  })

  it('teaches the lesson: a changed copy is found by an examination, and repaired', async () => {
    await ask('notary.register', { documents: orders(20) })
    await lab.until(() => outboxNow()['co-signed'] === 20)
    const { pdf } = await ask('notary.certificate', { index: 7, language: 'en' })
    const verdict = await ask('notary.check', { receipt: { kind: 'pdf', base64: pdf }, sha256: null })
    expect(verdict).toMatchObject({ kind: 'proven', facts: { index: 7, title: 'document 6' } })
    const peer = nodeId('notary-2')
    const found = () => lab.node(peer).view?.notary?.examination
    await ask('notary.tamper', { nodeId: peer, index: 7 })
    await ask('notary.examine', { nodeId: peer })
    await lab.until(() => found()?.kind === 'broken')
    expect(found()).toMatchObject({ index: 7 })
    const { peers } = await ask('notary.status', {})
    expect(peers.find(({ nodeId: id }) => id === peer)?.examination).toMatchObject({ kind: 'broken', index: 7 })
    await ask('notary.repair', { nodeId: peer })
    await lab.until(() => found()?.kind !== 'broken' && lab.node(peer).view?.notary?.size === 21)
    await ask('notary.examine', { nodeId: peer })
    await lab.until(() => found()?.kind === 'sound')
    expect(found()).toMatchObject({ size: 21 })
  })
})
