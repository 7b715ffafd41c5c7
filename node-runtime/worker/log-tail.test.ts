import { describe, expect, it } from 'vitest'
import type { TraceWhat } from '#contract/worker/trace'
import { openClock } from '#drivers/clock/index'
import { messageId, nodeId } from '#kit/ids'
import { LogTail } from './log-tail.ts'

const peer = nodeId('peer')

describe('log tail', () => {
  it('has a line for what happened, and none for single messages', () => {
    const tail = new LogTail(openClock())
    const received: TraceWhat = {
      kind: 'received',
      from: peer,
      message: messageId(peer, 1),
      messageKind: 'vote',
      bytes: 1,
    }
    tail.noted(received)
    expect(tail.lines).toEqual([])
    tail.noted({ kind: 'voted', for: peer, term: 3 })
    expect(tail.lines).toHaveLength(1)
    expect(tail.lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} voted for=peer term=3$/)
  })

  it('keeps the newest lines only', () => {
    const tail = new LogTail(openClock())
    for (let term = 1; term <= 1_000; term += 1) tail.noted({ kind: 'voted', for: peer, term })
    expect(tail.lines.length).toBeLessThanOrEqual(50)
    expect(tail.lines.at(-1)).toContain('term=1000')
  })
})
