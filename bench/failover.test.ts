import { describe, expect, it } from 'vitest'
import type { RecordedEvent } from '#contract/window/recording'
import type { TraceWhat } from '#contract/worker/trace'
import { messageId, type NodeId, nodeId } from '#kit/ids'
import { followedWallMs } from './failover.ts'

const [one, two, three] = ['one', 'two', 'three'].map(nodeId) as [NodeId, NodeId, NodeId]
let position = 0
function event(node: NodeId, wallMs: number, what: TraceWhat, cause: string | null = null): RecordedEvent {
  position += 1
  return { position, sequence: position, node, lamport: 0, wallMs, cause, what }
}
const rest = { why: 'majority-voted', leader: null, silentMs: null } as const
const won = (node: NodeId, wallMs: number) =>
  event(node, wallMs, { kind: 'role-changed', from: 'candidate', to: 'leader', term: 2, ...rest })
const sent = (from: NodeId, to: NodeId, options: { wallMs: number; kind: string; number: number; cause?: string }) =>
  event(
    from,
    options.wallMs,
    { kind: 'sent', to, message: messageId(from, options.number), messageKind: options.kind, bytes: 9 },
    options.cause,
  )

describe('the end of a take-over', () => {
  it('is the moment at which the last survivor answers the new leader', () => {
    const events = [
      won(two, 500),
      sent(two, three, { wallMs: 501, kind: 'heartbeat', number: 1 }),
      sent(three, two, { wallMs: 507, kind: 'heartbeat-answer', number: 4, cause: 'two:1' }),
    ]
    expect(followedWallMs(events, [two, three])).toBe(507)
  })

  it('has not come while only the dead leader was answered', () => {
    const events = [
      sent(three, one, { wallMs: 490, kind: 'heartbeat-answer', number: 3, cause: 'one:8' }),
      won(two, 500),
      sent(two, three, { wallMs: 501, kind: 'heartbeat', number: 1 }),
    ]
    expect(followedWallMs(events, [two, three])).toBeNull()
    expect(followedWallMs(events.slice(0, 1), [two, three])).toBeNull()
  })
})
