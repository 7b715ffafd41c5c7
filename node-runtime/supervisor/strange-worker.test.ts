import { describe, expect, it } from 'vitest'
import { noFaults } from '#contract/worker/faults'
import type { NodePlan, WorkerReport } from '#contract/worker/protocol'
import type { Failure } from '#kit/failures'
import { clusterId, faultId, nodeId } from '#kit/ids'
import { ManagedNode, nodeLimits } from './managed-node.ts'
import { delivered, fakeLauncher } from './testing/fake-worker.ts'

const id = nodeId('notary-1')
const plan: NodePlan = {
  lab: 'test',
  clusterId: clusterId('notary'),
  nodeId: id,
  role: 'notary-peer',
  dataDir: '/nowhere',
  wire: { host: '127.0.0.1', port: 1, keys: { publicKey: '', secretKey: '' } },
  http: null,
  peers: [],
  clients: [],
  ring: null,
  sockets: [],
  chat: null,
  shop: null,
  group: null,
  timing: { tickMs: 25, heartbeatTicks: 2, electionTicksMin: 8, electionTicksSpread: 12 },
  faults: noFaults,
}
const refusal: Failure = { code: 'store-damaged', message: 'page 3 is not as it was written' }

async function setUp() {
  const { launcher, workers } = fakeLauncher()
  const anomalies: string[] = []
  let traced = 0
  const node = new ManagedNode(id, {
    launcher,
    limits: nodeLimits,
    events: {
      changed: () => undefined,
      noted: (what) => what.kind === 'anomaly' && anomalies.push(what.detail),
      traced: (events) => {
        traced += events.length
      },
      leftDown: () => undefined,
      started: () => undefined,
    },
  })
  void node.start(node.queue(), () => plan)
  await delivered()
  return { node, worker: workers[0]!, anomalies, traced: () => traced }
}

const nonsense = [
  null,
  undefined,
  7,
  'ready',
  [],
  {},
  { kind: 'toString' },
  { kind: 'status', revision: 1 },
  { kind: 'status', revision: 1, view: { links: 'many' } },
  { kind: 'trace', events: [null], dropped: 0 },
  { kind: 'trace', events: [], dropped: 'all' },
  { kind: 'refused', failure: { code: 'no-such-code', message: '' } },
  { kind: 'answer', sequence: 1 },
] as readonly unknown[] as readonly WorkerReport[] // what no worker of ours says

describe('a worker that says what no worker should', () => {
  it.each(nonsense.map((report) => [JSON.stringify(report), report] as const))(
    '%s is let pass, and the node goes on',
    async (_text, report) => {
      const { node, worker, traced } = await setUp()
      await worker.run()
      await worker.say(report)
      expect([node.state.kind, node.lastView, traced()]).toEqual(['running', null, 0])
    },
  )

  it('is named once in each life, however much it says', async () => {
    const { worker, anomalies } = await setUp()
    await worker.run()
    await worker.say(...nonsense, ...nonsense)
    expect(anomalies).toHaveLength(1)
  })

  it('is not listened to before it has said ready in our protocol', async () => {
    const { node, worker } = await setUp()
    await worker.say({ kind: 'started' }, { kind: 'refused', failure: refusal })
    expect(node.state.kind).toBe('starting')
  })
})

describe('a refusal that comes when something else was asked already', () => {
  it('does not make a node that is being stopped one that is left down', async () => {
    const { node, worker } = await setUp()
    await worker.getReady()
    const stopped = node.stop()
    await worker.say({ kind: 'refused', failure: refusal })
    worker.exit({ code: 0 })
    await stopped
    expect(node.state.kind).toBe('stopped')
  })

  it('does not take a killed node out of the hands of its fault', async () => {
    const { node, worker } = await setUp()
    await worker.getReady()
    // A real process is not gone in the moment in which it is killed, and what it had said is still in the pipe.
    Object.assign(worker.launched, { kill: () => undefined })
    const said = worker.say({ kind: 'refused', failure: refusal })
    node.kill(faultId('fault-1'))
    await said
    expect(node.state.kind).toBe('killed')
  })
})
