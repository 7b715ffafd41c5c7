import { describe, expect, it } from 'vitest'
import type { NodeCard } from '#contract/window/topology'
import type { NodeRequest } from '#contract/worker/protocol'
import { clusterId, type NodeId, nodeId } from '#kit/ids'
import { ok } from '#kit/result'
import { deskHandlers, deskNode } from './desk-handlers.ts'
import { memoryLab } from './testing/memory-lab.ts'

const peer = nodeId('notary-1')

function setUp(answer: unknown = null) {
  const { lab, done } = memoryLab()
  const asked: { readonly node: NodeId; readonly request: NodeRequest; readonly notedBefore: number }[] = []
  const ask = async (node: NodeId, request: NodeRequest) => {
    asked.push({ node, request, notedBefore: done.length })
    return ok(answer) as never // the answer that the test wants
  }
  const watched = { ...lab, ask }
  return { lab: watched, done, asked, handlers: deskHandlers(watched) }
}

describe('what people do with the notary', () => {
  it('goes to the desk, noted before it happens', async () => {
    const { handlers, asked, done } = setUp()
    await handlers['notary.clearOutbox']({ what: 'finished' })
    expect(asked).toEqual([
      {
        node: deskNode,
        request: { kind: 'desk', call: { name: 'notary.clearOutbox', input: { what: 'finished' } } },
        notedBefore: 1,
      },
    ])
    expect(done).toEqual(['note notary.clearOutbox finished'])
  })

  it('goes to the peer itself when it is done to its copy', async () => {
    const { handlers, asked, done } = setUp()
    await handlers['notary.tamper']({ nodeId: peer, index: 7 })
    await handlers['notary.repair']({ nodeId: peer })
    await handlers['notary.examine']({ nodeId: peer })
    expect(asked.map(({ node, request, notedBefore }) => [node, request, notedBefore])).toEqual([
      [peer, { kind: 'tamper', index: 7 }, 1],
      [peer, { kind: 'repair' }, 2],
      [peer, { kind: 'examine' }, 3],
    ])
    expect(done).toEqual([
      'note notary.tamper notary-1 7',
      'note notary.repair notary-1',
      'note notary.examine notary-1',
    ])
  })

  it('that only looks is not noted, and shows what the peers say of their examinations', async () => {
    const none = { nodeId: peer, http: null, size: 3, head: null, heardWallMs: null, examination: { kind: 'none' } }
    const { lab, done } = setUp({ peers: [none, { ...none, nodeId: nodeId('notary-2') }] })
    const examination = { kind: 'broken', index: 2, check: 'chain', wallMs: 5, isHealing: false } as const
    const card = { id: peer, view: { notary: { size: 3, head: '', witnessedSize: 0, examination } } }
    const [cluster] = lab.topology().clusters
    if (cluster === undefined) throw new Error('a lab has a cluster')
    const nodes = [card as NodeCard] // nothing else of a card is read here
    const handlers = deskHandlers({
      ...lab,
      topology: () => ({ ...lab.topology(), clusters: [{ ...cluster, id: clusterId('notary'), nodes }] }),
    })
    const status = await handlers['notary.status']({})
    expect(status).toMatchObject({ ok: true, value: { peers: [{ examination }, { examination: { kind: 'none' } }] } })
    expect(done).toEqual([])
  })
})
