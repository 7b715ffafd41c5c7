import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '#kit/result'
import type { CommandId, ProposalAnswer } from '#ports/replicated-log'
import { Later } from '../testing/fake-ports.ts'
import { Lanes } from './lanes.ts'

interface Proposed {
  readonly id: CommandId
  readonly command: Uint8Array
  readonly done: (result: Result<ProposalAnswer>) => void
}

const command = new Uint8Array([1])
const applied = ok({ index: 9, atMs: 1, lamport: 2, answer: command })

function setUp(lanesMax = 2, waitingMax = 1) {
  const later = new Later()
  const opening: ((result: Result<number>) => void)[] = []
  const proposed: Proposed[] = []
  const lanes = new Lanes({
    log: {
      openSession: (done) => void opening.push(done),
      propose: (id, bytes, done) => void proposed.push({ id, command: bytes, done }),
    },
    lanesMax,
    waitingMax,
    soon: later.soon,
  })
  const codes: string[] = []
  const propose = (): void => {
    lanes.propose(command, (result) => void codes.push(result.ok ? 'ok' : result.failure.code))
  }
  const ids = () => proposed.map(({ id }) => `${id.session}.${id.number}`)
  return { later, opening, proposed, propose, codes, ids }
}

describe('lanes', () => {
  it('open a session when one is needed first, and count up in it', () => {
    const { opening, proposed, propose, ids, codes } = setUp()
    propose()
    opening[0]!(ok(40))
    proposed[0]!.done(applied)
    propose()
    proposed[1]!.done(fail('timed-out', 'nobody knows'))
    propose()
    expect(ids()).toEqual(['40.1', '40.2', '40.3'])
    expect(codes).toEqual(['ok', 'timed-out'])
    expect(opening).toHaveLength(1)
  })

  it('are one command each at a time; the next waits, and the one after it is refused', () => {
    const { later, opening, proposed, propose, ids, codes } = setUp()
    for (let count = 0; count < 4; count += 1) propose()
    later.run()
    expect(codes).toEqual(['busy'])
    opening[0]!(ok(40))
    opening[1]!(ok(41))
    expect(ids()).toEqual(['40.1', '41.1'])
    proposed[1]!.done(applied)
    expect(ids()).toEqual(['40.1', '41.1', '41.2'])
  })

  it('move a command to another session when its own had expired, once', () => {
    const { opening, proposed, propose, ids, codes } = setUp()
    propose()
    opening[0]!(ok(40))
    proposed[0]!.done(fail('session-expired', 'too long ago'))
    opening[1]!(ok(50))
    expect(ids()).toEqual(['40.1', '50.1'])
    proposed[1]!.done(fail('session-expired', 'pushed out'))
    expect(codes).toEqual(['session-expired'])
    propose()
    expect(opening).toHaveLength(3)
  })

  it('say that a command did not happen when there was no session for it', () => {
    const { opening, propose, codes } = setUp()
    propose()
    opening[0]!(fail('timed-out', 'nobody knows'))
    propose()
    opening[1]!(fail('not-leader', 'nobody leads'))
    expect(codes).toEqual(['busy', 'not-leader'])
  })
})
