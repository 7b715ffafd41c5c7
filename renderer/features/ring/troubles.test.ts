import { describe, expect, it } from 'vitest'
import { nowMs } from '../../testing/cards.ts'
import { ringPeer } from '../../testing/ring-cards.ts'
import { showsLine, showsMessage } from './log-mode.ts'
import { troublesOf } from './troubles.ts'

describe('what a peer refused', () => {
  it('is counted by kind, and a kind that nobody here knows is not lost', () => {
    const card = ringPeer(1, { localHealth: 2, refused: { garbage: 3, half: 0, 'of-tomorrow': 4 } })
    const [troubles] = troublesOf([card], nowMs)
    expect(troubles).toMatchObject({ refusedInAll: 7, slowness: 2, anomalies: 0 })
    expect(troubles?.refused).toEqual([
      { why: 'garbage', count: 3 },
      { why: 'other', count: 4 },
    ])
  })
})

describe('the modes of the log', () => {
  const received = (messageKind: string) =>
    ({ kind: 'received', from: 'ring-1' as never, message: 'm' as never, messageKind, bytes: 1 }) as const
  const seen = (mode: 'default' | 'heartbeat' | 'debug') =>
    ['records', 'token', 'beat', 'ping'].filter((kind) => showsMessage(received(kind), mode))

  it('draw more and more of what is said', () => {
    expect(seen('default')).toEqual(['records', 'token'])
    expect(seen('heartbeat')).toEqual(['records', 'token', 'beat'])
    expect(seen('debug')).toEqual(['records', 'token', 'beat', 'ping'])
  })

  it('tell single messages in debug only, and the beat before', () => {
    const line = (what: ReturnType<typeof received>) =>
      (['default', 'heartbeat', 'debug'] as const).filter((mode) => showsLine({ what } as never, mode))
    expect([line(received('beat')), line(received('ping'))]).toEqual([['heartbeat', 'debug'], ['debug']])
  })
})
