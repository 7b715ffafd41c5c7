import { describe, expect, it } from 'vitest'
import { OneChat } from '#cores/chat/testing/one-chat'
import { nodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { ReadAnswer } from '#ports/replicated-log'
import type { Replica } from '../../replica/replica.ts'
import { ChatState, chatStateLimits } from './chat-state.ts'

function setUp() {
  const chat = new OneChat()
  const view = { role: 'leader', term: 2 }
  const reads: (() => void)[] = []
  const state = { isLed: true }
  // Of the replica no more is asked here than how it stands, and one read at a time.
  const replica = {
    view,
    read: (query: Uint8Array, _: string, done: (result: Result<ReadAnswer>) => void) => {
      const answer = chat.machine.query(query, chat.state)
      reads.push(() => done(state.isLed ? ok({ answer, appliedIndex: 1 }) : fail('timed-out', 'no majority')))
    },
  } as unknown as Replica
  const told: string[] = []
  const asked = new ChatState(replica, (work) => work())
  const ask = () => asked.whenReady((result) => told.push(result.ok ? 'ready' : result.failure.code))
  return { view, reads, state, told, ask }
}

describe('a server that has come to lead', () => {
  it('is ready when a majority has said that nothing older is missing here, once a term', () => {
    const { view, reads, told, ask } = setUp()
    ask()
    ask()
    expect([told, reads.length]).toEqual([[], 1])
    reads.shift()?.()
    ask()
    expect([told, reads.length]).toEqual([['ready', 'ready', 'ready'], 0])
    view.term = 5
    ask()
    expect([told.length, reads.length]).toEqual([3, 1])
  })

  it('is not ready in a later term by what was said in an earlier one', () => {
    const { view, reads, told, ask } = setUp()
    ask()
    view.term = 5
    reads.shift()?.()
    expect(told).toEqual(['not-leader'])
    ask()
    expect([told.length, reads.length]).toEqual([1, 1])
  })

  it('says so when nobody follows, when another leads, and when too many wait', () => {
    const { view, reads, state, told, ask } = setUp()
    ask()
    state.isLed = false
    reads.shift()?.()
    view.role = 'follower'
    ask()
    view.role = 'leader'
    for (let count = 0; count <= chatStateLimits.waitingMax; count += 1) ask()
    expect(told).toEqual(['timed-out', 'not-leader', 'busy'])
  })
})

describe('a server that hands over its lead', () => {
  it.each([
    ['leader', nodeId('chat-server-3'), 'not-leader'],
    ['follower', null, 'not-leader'],
    ['leader', null, 'busy'],
  ])('(%s, to %s) says %s of what the log does not take', (role, handingOverTo, code) => {
    const replica = {
      view: { role, term: 2, handingOverTo },
      openSession: (done: (result: Result<number>) => void) => done(ok(1)),
      propose: (_: unknown, __: Uint8Array, done: (result: Result<never>) => void) => done(fail('busy', 'no')),
    } as unknown as Replica
    const told: string[] = []
    const command = { by: nodeId('chat-server-1'), term: 2, publishedUpTo: 0, deeds: [] }
    const state = new ChatState(replica, (work) => work())
    state.propose(command, (result) => told.push(result.ok ? 'done' : result.failure.code))
    expect(told).toEqual([code])
  })
})
