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
    [{ kind: 'copy-broken', index: 7, check: 'tree', isLesson: false }, 'index=7 check=tree'],
    [{ kind: 'copy-broken', index: 7, check: 'tree', isLesson: true }, 'index=7 check=tree lesson'],
    [
      { kind: 'ring-changed', how: 'merged', leader: 'ring-3', with: 'ring-1', term: 4, size: 3 },
      'merged leader=ring-3 term=4 size=3',
    ],
    [{ kind: 'ring-left', peer: 'ring-2' }, 'ring-2'],
    [{ kind: 'suspected', peer: 'ring-2', silentMs: 1500 }, 'ring-2 silent=1500ms'],
    [{ kind: 'cleared', peer: 'ring-2' }, 'ring-2'],
    [{ kind: 'found-dead', peer: '127.0.0.1:9009', why: 'refused' }, '127.0.0.1:9009 why=refused'],
    [{ kind: 'ring-closed', over: 'ring-2', next: 'ring-3' }, 'over=ring-2 next=ring-3'],
    [{ kind: 'token-began', term: 5, why: 'leader-silent' }, 'term=5 why=leader-silent'],
    [{ kind: 'token-passed', term: 5, initiator: 'ring-1', to: 'ring-3' }, 'term=5 initiator=ring-1 to=ring-3'],
    [{ kind: 'caught-up', records: 7, from: 'ring-1' }, 'records=7 from=ring-1'],
    [{ kind: 'ring-refused', why: 'half', from: '10.0.0.9' }, 'from=10.0.0.9 why=half'],
    [{ kind: 'began-anew', incarnation: 7, why: 'missing' }, 'incarnation=7 why=missing'],
    [{ kind: 'file-set-aside', holds: 'key', file: '/keys/log.key.damaged' }, 'key /keys/log.key.damaged'],
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
