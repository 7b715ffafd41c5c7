import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { workerLimits } from '#contract/worker/protocol'
import { nodeView, noRole } from '#roles/status'
import { delivered, FakeWorker } from './testing/fake-worker.ts'
import { WorkerLink } from './worker-link.ts'

function setUp() {
  const worker = new FakeWorker(7)
  const reports: string[] = []
  const link = new WorkerLink(worker.launched, {
    report: (report) => reports.push(report.kind === 'status' ? `status ${report.revision}` : report.kind),
    strange: () => reports.push('strange'),
    exit: ({ code }) => reports.push(`exit ${code}`),
  })
  return { worker, link, reports }
}

const view = nodeView(noRole, {
  lamport: 0,
  skewMs: 0,
  links: [],
  traceDropped: 0,
  cpuPercent: 0,
  memoryMb: 0,
  logTail: [],
})

describe('worker link', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('gives each request its own answer, whatever order they come in', async () => {
    const { worker, link } = setUp()
    const first = link.ask({ kind: 'tables' })
    const second = link.ask({ kind: 'tables' })
    await delivered()
    expect(worker.heard).toMatchObject([{ sequence: 1 }, { sequence: 2 }])
    const table = { name: 'raft', rows: 1, columns: [] }
    await worker.say(
      { kind: 'answer', sequence: 2, result: { ok: true, value: [] } },
      { kind: 'answer', sequence: 1, result: { ok: true, value: [table] } },
    )
    expect(await first).toEqual({ ok: true, value: [table] })
    expect(await second).toEqual({ ok: true, value: [] })
  })

  it('says that nobody knows when no answer comes in time, and does not mind the late one', async () => {
    const { worker, link } = setUp()
    const asked = link.ask({ kind: 'tables' })
    vi.advanceTimersByTime(workerLimits.requestWithinMs)
    expect(await asked).toMatchObject({ ok: false, failure: { code: 'timed-out' } })
    await worker.say({ kind: 'answer', sequence: 1, result: { ok: true, value: [] } })
    const next = link.ask({ kind: 'tables' })
    await worker.say({ kind: 'answer', sequence: 2, result: { ok: true, value: [] } })
    expect(await next).toEqual({ ok: true, value: [] })
  })

  it('refuses one more than may wait, at once and without telling the worker', async () => {
    const { worker, link } = setUp()
    const waiting = Array.from({ length: workerLimits.requestsWaitingMax }, () => link.ask({ kind: 'tables' }))
    expect(await link.ask({ kind: 'tables' })).toMatchObject({ ok: false, failure: { code: 'busy' } })
    await delivered()
    expect(worker.heard).toHaveLength(workerLimits.requestsWaitingMax)
    await worker.say({ kind: 'answer', sequence: 1, result: { ok: true, value: [] } })
    await waiting[0]
    const again = link.ask({ kind: 'tables' })
    await delivered()
    expect(worker.heard).toHaveLength(workerLimits.requestsWaitingMax + 1)
    worker.exit()
    expect(await again).toMatchObject({ failure: { code: 'worker-crashed' } })
  })

  it('releases every waiter when the process goes, and refuses whoever comes later', async () => {
    const { worker, link, reports } = setUp()
    const waiting = [link.ask({ kind: 'tables' }), link.ask({ kind: 'tables' })]
    worker.exit({ code: 1 })
    for (const answer of await Promise.all(waiting)) {
      expect(answer).toMatchObject({ ok: false, failure: { code: 'worker-crashed' } })
    }
    expect(await link.ask({ kind: 'tables' })).toMatchObject({ failure: { code: 'node-down' } })
    expect(reports).toEqual(['exit 1'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('drops a status that is older than the last', async () => {
    const { worker, reports } = setUp()
    for (const revision of [1, 3, 2, 3, 4]) await worker.say({ kind: 'status', revision, view })
    expect(reports).toEqual(['status 1', 'status 3', 'status 4'])
  })
})
