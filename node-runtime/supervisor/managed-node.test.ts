import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noFaults } from '#contract/worker/faults'
import type { NodePlan } from '#contract/worker/protocol'
import type { Failure } from '#kit/failures'
import { clusterId, faultId, nodeId } from '#kit/ids'
import { ManagedNode, nodeLimits } from './managed-node.ts'
import { patienceMs, restartLimits } from './restart-budget.ts'
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

function setUp() {
  const { launcher, workers } = fakeLauncher()
  const notes: string[] = []
  const leftDown: Failure[] = []
  const runs = { count: 0 }
  const node = new ManagedNode(id, {
    launcher,
    limits: nodeLimits,
    events: {
      changed: () => undefined,
      noted: (what) => what.kind === 'lifecycle' && notes.push(what.state),
      traced: () => undefined,
      leftDown: (failure) => leftDown.push(failure),
      started: () => {
        runs.count += 1
      },
    },
  })
  const start = () => node.start(node.queue(), () => plan)
  const started = async () => {
    const result = start()
    await delivered()
    await workers.at(-1)!.run()
    expect(await result).toEqual({ ok: true, value: null })
  }
  return { node, workers, notes, leftDown, runs, start, started, last: () => workers.at(-1)! }
}

describe('managed node', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }))
  afterEach(() => void vi.useRealTimers())

  it('gives its plan after ready and not before, and runs when the worker says so', async () => {
    const { node, last, start, notes, runs } = setUp()
    const result = start()
    await delivered()
    expect([node.state.kind, last().kinds()]).toEqual(['starting', []])
    await last().getReady()
    expect([node.state.kind, last().kinds()]).toEqual(['starting', ['start']])
    expect(runs.count).toBe(0)
    await last().say({ kind: 'started' })
    expect(runs.count).toBe(1)
    expect(node.state).toMatchObject({ kind: 'running', pid: last().pid })
    expect(await result).toEqual({ ok: true, value: null })
    expect(notes).toEqual(['starting'])
  })

  it('tells that it has run also when it was stopped meanwhile: it may have promised something', async () => {
    const { node, last, start, runs } = setUp()
    void start()
    await delivered()
    await last().getReady()
    void node.stop()
    await last().say({ kind: 'started' })
    expect([node.state.kind, runs.count]).toEqual(['stopping', 1])
  })

  it('takes an end after stop for an exit, whatever its code', async () => {
    const { node, last, started, notes } = setUp()
    await started()
    const stopped = node.stop()
    await delivered()
    expect([node.state.kind, last().kinds()]).toEqual(['stopping', ['start', 'stop']])
    last().exit({ code: 0 })
    await stopped
    expect([node.state.kind, node.crashes]).toEqual(['stopped', 0])
    expect(notes).toEqual(['starting', 'stopped'])
    vi.advanceTimersByTime(60_000)
    expect(node.state.kind).toBe('stopped')
  })

  it('takes every other end for a crash, exit code 0 too, and comes back after 250 ms', async () => {
    const { node, workers, last, started } = setUp()
    await started()
    last().exit({ code: 0 })
    expect(node.state).toMatchObject({ kind: 'crashed', how: 'code 0' })
    vi.advanceTimersByTime(249)
    expect(workers).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(workers).toHaveLength(2)
    expect(node.state).toMatchObject({ kind: 'starting' })
    expect(node.crashes).toBe(1)
  })

  it('counts crashes within ten seconds of ready, and is left down at the fifth', async () => {
    const { node, workers, last, started, leftDown } = setUp()
    await started()
    for (let crash = 1; crash <= restartLimits.crashesMax; crash += 1) {
      last().exit({ signal: 'SIGSEGV', lastWords: ['assertion failed'] })
      vi.advanceTimersByTime(crash < restartLimits.crashesMax ? 2_000 : 60_000)
      await last().run()
    }
    expect(workers).toHaveLength(restartLimits.crashesMax)
    expect(node.state).toMatchObject({ kind: 'left-down', code: 'worker-crashed' })
    expect(leftDown[0]?.message).toContain('assertion failed')
  })

  it('does not count crashes of a node that had worked for long', async () => {
    const { node, last, started } = setUp()
    await started()
    for (let crash = 0; crash < 20; crash += 1) {
      vi.advanceTimersByTime(restartLimits.youngMs)
      last().exit({ signal: 'SIGKILL' })
      vi.advanceTimersByTime(restartLimits.delayMs)
      await last().run()
    }
    expect(node.state.kind).toBe('running')
    expect(node.crashes).toBe(20)
  })

  it('kills a worker that does not get ready, and tells why it was left down', async () => {
    const { node, workers, start, leftDown } = setUp()
    const result = start()
    await delivered()
    for (let life = 0; life < restartLimits.crashesMax; life += 1) {
      expect(workers).toHaveLength(life + 1)
      vi.advanceTimersByTime(patienceMs(nodeLimits.readyWithinMs, life) - 1)
      expect(workers.at(-1)?.wasKilled).toBe(false)
      vi.advanceTimersByTime(1)
      expect(workers.at(-1)?.wasKilled).toBe(true)
      // It comes back after some delay, but for the last one.
      for (let waits = 0; waits < 4 && workers.length === life + 1; waits += 1)
        vi.advanceTimersByTime(restartLimits.delayMs)
    }
    expect(await result).toMatchObject({ ok: false, failure: { code: 'worker-not-ready' } })
    expect(node.state).toMatchObject({ kind: 'left-down', code: 'worker-not-ready' })
    expect(leftDown).toHaveLength(1)
  })

  it('gives a start more time after one that took too long, so that a busy machine gets there', async () => {
    const { workers, start, last } = setUp()
    void start()
    await delivered()
    vi.advanceTimersByTime(nodeLimits.readyWithinMs)
    expect(last().wasKilled).toBe(true)
    vi.advanceTimersByTime(restartLimits.delayMs)
    vi.advanceTimersByTime(2 * nodeLimits.readyWithinMs - 1)
    expect([workers.length, last().wasKilled]).toEqual([2, false])
    await last().run()
    vi.advanceTimersByTime(60_000)
    expect(last().wasKilled).toBe(false)
    // What ran is no late start: the next one has the usual time again.
    last().exit({ signal: 'SIGKILL' })
    vi.advanceTimersByTime(restartLimits.delayMs + nodeLimits.readyWithinMs)
    expect([workers.length, last().wasKilled]).toEqual([3, true])
  })

  it('gives no role to a worker of another protocol', async () => {
    const { node, last, start } = setUp()
    const result = start()
    await delivered()
    await last().say({ kind: 'ready', protocol: 99, pid: 1 })
    expect(await result).toMatchObject({ failure: { code: 'worker-protocol' } })
    expect(last().kinds()).toEqual([])
    expect([last().wasKilled, node.state.kind, node.crashes]).toEqual([true, 'left-down', 0])
  })

  it('stays down when killed, also past the time at which a crash comes back, and counts no crash', async () => {
    const { node, workers, last, started } = setUp()
    await started()
    node.kill(faultId('fault-1'))
    expect([last().wasKilled, node.state.kind]).toEqual([true, 'killed'])
    vi.advanceTimersByTime(600_000)
    expect([workers.length, node.crashes]).toEqual([1, 0])
  })

  it('that is killed while it waits to come back does not come back', async () => {
    const { node, workers, last, started } = setUp()
    await started()
    last().exit({ signal: 'SIGKILL' })
    node.kill(faultId('fault-1'))
    vi.advanceTimersByTime(60_000)
    expect([workers.length, node.state.kind]).toEqual([1, 'killed'])
  })

  it('kills a worker that does not stop in time, and calls that a stop', async () => {
    const { node, last, started } = setUp()
    await started()
    const stopped = node.stop()
    vi.advanceTimersByTime(nodeLimits.stopWithinMs - 1)
    expect(last().wasKilled).toBe(false)
    vi.advanceTimersByTime(1)
    await stopped
    expect([last().wasKilled, node.state.kind, node.crashes]).toEqual([true, 'stopped', 0])
  })

  it('begins a new life only when the old process is gone', async () => {
    const { node, workers, last, started, start } = setUp()
    await started()
    void node.stop()
    const again = start()
    await delivered()
    expect(workers).toHaveLength(1)
    last().exit({ code: 0 })
    await delivered()
    expect(workers).toHaveLength(2)
    await last().run()
    expect(await again).toEqual({ ok: true, value: null })
  })

  it('does not start after all when it is stopped while it waits for the old process', async () => {
    const { node, workers, last, started, start } = setUp()
    await started()
    void node.stop()
    const overtaken = start()
    const stopped = node.stop()
    last().exit({ code: 0 })
    await stopped
    await delivered()
    expect(await overtaken).toMatchObject({ ok: false, failure: { code: 'node-down' } })
    expect([workers.length, node.state.kind]).toEqual([1, 'stopped'])
  })

  it('does nothing with a ticket that was overtaken', async () => {
    const { node, workers } = setUp()
    const ticket = node.queue()
    await node.stop()
    expect(await node.start(ticket, () => plan)).toMatchObject({ failure: { code: 'node-down' } })
    expect([workers.length, node.state.kind]).toEqual([0, 'stopped'])
  })

  it('does not listen to a life that is over', async () => {
    const { node, workers, started } = setUp()
    await started()
    workers[0]!.exit({ signal: 'SIGKILL' })
    vi.advanceTimersByTime(restartLimits.delayMs)
    await workers[0]!.say({ kind: 'started' })
    expect(node.state.kind).toBe('starting')
  })

  it('is left down with the reason when its worker refuses', async () => {
    const { node, last, start, leftDown } = setUp()
    const result = start()
    await delivered()
    await last().getReady()
    const failure: Failure = { code: 'store-damaged', message: 'page 3 is not as it was written' }
    await last().say({ kind: 'refused', failure })
    expect(await result).toEqual({ ok: false, failure })
    expect(node.state).toMatchObject({ kind: 'left-down', code: 'store-damaged', detail: failure.message })
    expect(leftDown).toEqual([failure])
  })
})
