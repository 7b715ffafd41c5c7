import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { type NodeId, nodeId } from '#kit/ids'
import { encodeEnvelope } from '../envelope.ts'
import { Post } from '../post.ts'
import { tickMs, VirtualHosts } from '../testing/virtual-hosts.ts'
import { ClockSync, clockSyncLimits } from './clock-sync.ts'

const [one, two, stranger] = ['n1', 'n2', 'stranger'].map(nodeId) as [NodeId, NodeId, NodeId]

/** Two nodes whose leader is the first, and somebody who is on the wire and no member. */
function setUp(skewMs: number) {
  const hosts = new VirtualHosts([one, two, stranger])
  hosts.host(two).clock.skewMs = skewMs
  const [first, second] = [one, two].map((id) => {
    const host = hosts.host(id)
    const ports = host.ports()
    const post = new Post({ id, life: 1, lamport: host.lamport, ports })
    const time = new ClockSync({ id, peers: [id === one ? two : one], tickMs, post, leader: () => one, ports })
    host.wire.listen((from, bytes) => post.receive(from, bytes))
    host.clock.every(tickMs, () => time.tick())
    return { post, time }
  })
  return { hosts, first: first!, second: second! }
}

describe('the time of a group', () => {
  it('meets in the middle, a little at a tick, and never jumps back on the way', () => {
    const { hosts, first, second } = setUp(300)
    let last = second.time.timeMs()
    for (let step = 0; step < 2_000; step += 1) {
      hosts.run(5)
      const now = second.time.timeMs()
      expect(now).toBeGreaterThanOrEqual(last - (tickMs * clockSyncLimits.slewPercent) / 100)
      last = now
    }
    expect(Math.abs(first.time.timeMs() - second.time.timeMs())).toBeLessThanOrEqual(5)
    expect(first.time.view).toMatchObject({ coordinator: one, takenPart: 2, outliers: [] })
    expect(second.time.view).toMatchObject({ coordinator: one, takenPart: null })
    expect(second.time.view.offsetMs).toBeLessThan(-100)
    expect(second.time.view.errorMs).toBeLessThanOrEqual(50)
    expect(second.time.view.lastSyncMsAgo).toBeLessThanOrEqual(clockSyncLimits.pollEveryMs)
  })

  it('is the own clock’s, and claims nothing, before anybody was asked', () => {
    const { hosts, second } = setUp(300)
    expect(second.time.timeMs()).toBe(hosts.host(two).clock.wall())
    expect(second.time.view).toMatchObject({ coordinator: null, offsetMs: 0, errorMs: null, lastSyncMsAgo: null })
  })

  it('answers a new leader that asks before this node has ticked under it', () => {
    const { hosts } = setUp(300)
    const head = { number: 1, kind: 'clock-poll', isTraced: false, lamport: 1, cause: null }
    hosts.host(one).wire.send(two, encodeEnvelope({ ...head, body: encodeText('{"kind":"poll","round":1}') }))
    hosts.deliver()
    // It counts what it hears, and nobody has ticked.
    expect(hosts.host(one).lamport.value).toBeGreaterThan(0)
  })

  it.each([
    ['from who is no member', stranger, 'clock-poll', '{"kind":"poll","round":1}'],
    ['that is no JSON', two, 'clock-poll', '{"kind":'],
    ['of another kind than its envelope says', two, 'clock-time', '{"kind":"poll","round":1}'],
  ])('listens to no word %s', (_, from, kind, text) => {
    const { hosts, first } = setUp(0)
    const head = { number: 1, kind, isTraced: false, lamport: 1, cause: null }
    hosts.host(from).wire.send(one, encodeEnvelope({ ...head, body: encodeText(text) }))
    hosts.deliver()
    expect(first.post.malformed).toBe(1)
  })
})
