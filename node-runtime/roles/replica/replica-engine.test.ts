import { describe, expect, it } from 'vitest'
import type { RaftOutput } from '#cores/raft/messages'
import { registers } from '#cores/registers/registers'
import { nodeId } from '#kit/ids'
import { VirtualHosts, virtualPlan } from '../testing/virtual-hosts.ts'
import { ReplicaEngine } from './replica-engine.ts'
import { WaitingRequests } from './waiting.ts'

const quiet: RaftOutput = {
  persist: null,
  messages: [],
  goesAhead: false,
  chunksWanted: [],
  committed: [],
  hasMore: false,
  accepted: [],
  refused: [],
  reads: [],
  isDisowned: false,
  notes: [],
  anomaly: null,
}

/** With a command that was put into the log at index 5. */
function setUp(isReadAnywhere = false) {
  const hosts = new VirtualHosts(['a', 'b', 'c'])
  const [id] = hosts.ids
  const host = hosts.host(id!)
  const { group, timing } = virtualPlan(id!, hosts.ids)
  const waiting = new WaitingRequests({ waitingMax: 10, ticksMax: 100 })
  const engine = new ReplicaEngine({
    config: { id: id!, peers: hosts.ids.slice(1), ...timing, ...group! },
    founders: hosts.ids,
    lost: null,
    tickMs: 25,
    machine: registers,
    isReadAnywhere,
    waiting,
    ports: host.ports(),
  })
  const codes: string[] = []
  const ref = waiting.add({
    kind: 'propose',
    done: (result) => void codes.push(result.ok ? 'ok' : result.failure.code),
  })
  engine.finish({ ...quiet, accepted: [{ ref: ref!, end: { index: 5, term: 1 } }] })
  return { engine, codes, trace: host.trace, later: host.later }
}

describe('a replica’s engine', () => {
  it('lets followers wait for what is committed, but not where they are read', () => {
    const commit = { kind: 'commit', incarnation: 1, term: 1, commit: 5 } as const
    expect(setUp().engine.mayWait(commit)).toBe(true)
    expect(setUp(true).engine.mayWait(commit)).toBe(false)
  })

  it('knows nothing any more of commands that a snapshot overtook', () => {
    const { engine, codes } = setUp()
    engine.finish({ ...quiet, notes: [{ kind: 'snapshot-installed', index: 4 }] })
    expect(codes).toEqual([])
    engine.finish({ ...quiet, notes: [{ kind: 'snapshot-installed', index: 5 }] })
    expect(codes).toEqual(['timed-out'])
  })

  it('that is disowned knows nothing any more of what it was asked, and is somebody else', () => {
    const { engine, codes, trace } = setUp()
    expect(engine.incarnation).toBe(1)
    engine.finish({ ...quiet, isDisowned: true })
    expect(codes).toEqual(['timed-out'])
    expect(engine.incarnation).not.toBe(1)
    expect(engine.view.membership).toEqual([])
    expect(trace.of('began-anew')).toHaveLength(1)
  })

  it('gives chunks that were ordered back to the core, and says when there is none', () => {
    const { engine } = setUp()
    const order = { to: nodeId('b'), transfer: 3, number: 2 }
    expect(engine.finish({ ...quiet, chunksWanted: [order] })).toEqual([{ kind: 'chunk', order, found: null }])
    const first = { ...order, number: 0 }
    expect(engine.finish({ ...quiet, chunksWanted: [first] })).toMatchObject([
      { kind: 'chunk', order: first, found: { chunk: { number: 0, isLast: true } } },
    ])
  })
})
