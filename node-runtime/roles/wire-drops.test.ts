import { describe, expect, it } from 'vitest'
import { messageId, nodeId } from '#kit/ids'
import { encodeEnvelope } from './envelope.ts'
import { fakePorts } from './testing/fake-ports.ts'
import { traceBudget } from './trace-budget.ts'
import { noteDrops } from './wire-drops.ts'

const peer = nodeId('peer')
const cause = messageId(peer, 4)

function sent(number: number, isTraced: boolean): Uint8Array {
  return encodeEnvelope({ number, kind: 'append', isTraced, lamport: 1, cause, body: new Uint8Array(3) })
}

function setUp() {
  const ports = fakePorts()
  return { ...ports, drop: noteDrops({ self: nodeId('self'), ...ports }) }
}

describe('what the wire drops', () => {
  it('is noted by the id of the message, with its reason and cause', () => {
    const { drop, trace } = setUp()
    drop({ peer, why: 'cut', bytes: sent(7, false) })
    const what = { kind: 'dropped', peer, message: 'self:7', messageKind: 'append', why: 'cut' }
    expect(trace.noted).toEqual([{ what, cause }])
  })

  it('is noted without one when the bytes are gone', () => {
    const { drop, trace } = setUp()
    drop({ peer: null, why: 'stranger', bytes: null })
    expect(trace.noted[0]?.what).toMatchObject({ peer: null, message: null, messageKind: null, why: 'stranger' })
  })

  it('is sampled in a flood, and what was traced when it was sent is never left out', () => {
    const { drop, trace, time } = setUp()
    for (let number = 0; number < 500; number += 1) drop({ peer, why: 'loss', bytes: sent(number, false) })
    expect(trace.noted).toHaveLength(traceBudget.perKindAndPeer)
    drop({ peer, why: 'loss', bytes: sent(501, true) })
    expect(trace.noted).toHaveLength(traceBudget.perKindAndPeer + 1)
    time.ms += traceBudget.windowMs
    drop({ peer, why: 'loss', bytes: sent(502, false) })
    expect(trace.noted).toHaveLength(traceBudget.perKindAndPeer + 2)
  })
})
