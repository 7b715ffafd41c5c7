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

  it.each([
    [{ kind: 'members-changed', voters: [peer], learners: [], index: 4 }, 'voters=peer learners= index=4'],
    [{ kind: 'handing-over', to: peer, why: 'asked' }, 'to=peer why=asked'],
    [{ kind: 'log-cut', from: 3, upTo: 5 }, 'from=3 upTo=5'],
    [{ kind: 'snapshot-began', to: peer, index: 9 }, 'to=peer index=9'],
    [{ kind: 'snapshot-installed', index: 9 }, 'index=9'],
    [{ kind: 'peer-lost-disk', peer }, 'peer'],
    [{ kind: 'group-lost', lost: [peer] }, 'peer'],
    [{ kind: 'began-anew', incarnation: 7, why: 'missing' }, 'incarnation=7 why=missing'],
  ] as const satisfies readonly (readonly [TraceWhat, string])[])('has a line for %o', (what, text) => {
    const tail = new LogTail(openClock())
    tail.noted(what)
    expect(tail.lines[0]).toMatch(new RegExp(`${what.kind} ${text}$`))
  })

  it('keeps the newest lines only', () => {
    const tail = new LogTail(openClock())
    for (let term = 1; term <= 1_000; term += 1) tail.noted({ kind: 'voted', for: peer, term })
    expect(tail.lines.length).toBeLessThanOrEqual(50)
    expect(tail.lines.at(-1)).toContain('term=1000')
  })
})
