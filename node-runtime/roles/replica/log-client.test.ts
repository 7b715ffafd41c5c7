import { describe, expect, it } from 'vitest'
import { type NodeId, nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import { VirtualClock } from '#sim/virtual-clock'
import { decodeEnvelope, encodeEnvelope } from '../envelope.ts'
import { Post } from '../post.ts'
import { fakePorts } from '../testing/fake-ports.ts'
import { LogClient, logClientLimits } from './log-client.ts'
import { type Answer, answerKind, decodeRequest, encodeAnswer, type Request } from './request-codec.ts'

const [one, two, three] = ['n1', 'n2', 'n3'].map(nodeId) as [NodeId, NodeId, NodeId]
const bytes = new Uint8Array([5])
const id = { session: 4, number: 7 }
const applied = { kind: 'applied', value: { index: 9, atMs: 1, lamport: 2, answer: bytes } } as const
const { silenceMsMax, retryMs, lookEveryMs, answerWithinMs, busyMsMax } = logClientLimits

/** A client whose group answers as the test says. */
function setUp(life = 1) {
  const ports = fakePorts()
  const clock = new VirtualClock()
  const post = new Post({ id: nodeId('client'), life, lamport: ports.lamport, ports })
  const client = new LogClient({ post, clock, wire: ports.wire, peers: [one, two, three], soon: ports.soon })
  const results: Result<unknown>[] = []
  const done = (result: Result<unknown>): void => void results.push(result)
  const asked = (): readonly (Request & { readonly to: NodeId })[] =>
    ports.wire.sent.map(({ to, bytes: sent }) => {
      const { kind, body } = decodeEnvelope(sent)!
      return { to, ...decodeRequest(kind as Request['kind'], body)! }
    })
  const answer = (what: Answer, { to, ref } = asked().at(-1)!): void => {
    const head = { number: 1, kind: answerKind, isTraced: false, lamport: 1, cause: null }
    post.receive(to, encodeEnvelope({ ...head, body: encodeAnswer(ref, what) }))
  }
  const refuse = (code: Extract<Answer, { kind: 'failed' }>['code'], leader: NodeId | null = null): void =>
    answer({ kind: 'failed', code, leader })
  const wait = (ms: number): void => clock.advanceTo(clock.now() + ms)
  const propose = (): void => client.propose(id, bytes, done)
  const codes = () => results.map((result) => (result.ok ? 'ok' : result.failure.code))
  return {
    ...ports,
    client,
    done,
    results,
    codes,
    asked,
    answer,
    refuse,
    wait,
    propose,
    targets: () => asked().map(({ to }) => to),
  }
}

describe('a client of the log', () => {
  it('does not take for an answer what a former life of its node asked for', () => {
    const former = setUp(1)
    former.propose()
    const [asked] = former.asked()
    const { propose, answer, codes } = setUp(2)
    propose()
    answer({ ...applied, value: { ...applied.value, answer: new Uint8Array([9]) } }, asked)
    expect(codes()).toEqual([])
    answer(applied)
    expect(codes()).toEqual(['ok'])
  })

  it('gives back what was answered', () => {
    const { client, done, results, answer } = setUp()
    client.openSession(done)
    answer({ kind: 'session-opened', value: 12 })
    client.propose(id, bytes, done)
    answer(applied)
    client.read(bytes, 'linearizable', done)
    const found = { appliedIndex: 3, answer: bytes }
    answer({ kind: 'found', value: found })
    expect(results.map((result) => result.ok && result.value)).toEqual([12, applied.value, found])
    expect(client.underWayCount).toBe(0)
  })

  it('follows a hint at once, and asks that node first from then on', () => {
    const { propose, refuse, answer, targets, codes } = setUp()
    propose()
    refuse('not-leader', three)
    answer(applied)
    propose()
    expect(targets()).toEqual([one, three, three])
    expect(codes()).toEqual(['ok'])
  })

  it('asks first whoever answered last', () => {
    const { propose, refuse, answer, asked, targets, codes } = setUp()
    propose()
    propose()
    refuse('not-leader', two)
    answer(applied, asked()[0])
    propose()
    expect(targets()).toEqual([one, one, two, one])
    expect(codes()).toEqual(['ok'])
  })

  it('does not run in circles between two nodes that name each other', () => {
    const { propose, refuse, targets, wait } = setUp()
    propose()
    for (let round = 0; round < 10; round += 1) refuse('not-leader', round % 2 === 0 ? two : one)
    expect(targets()).toHaveLength(logClientLimits.hintsFollowedMax + 1)
    wait(retryMs + lookEveryMs)
    expect(targets()).toHaveLength(logClientLimits.hintsFollowedMax + 2)
  })

  it('goes round while nobody knows who leads, with a rest in between', () => {
    const { propose, refuse, wait, targets } = setUp()
    propose()
    for (let round = 0; round < 3; round += 1) {
      refuse('not-leader')
      expect(targets()).toHaveLength(round + 1)
      wait(retryMs + lookEveryMs)
    }
    expect(targets()).toEqual([one, two, three, one])
  })

  it('asks the next one under the same id when one is silent', () => {
    const { propose, wait, asked, answer, codes } = setUp()
    propose()
    wait(silenceMsMax + lookEveryMs)
    expect(asked().map((request) => [request.to, request.kind === 'propose' && request.id])).toEqual([
      [one, id],
      [two, id],
    ])
    answer(applied)
    expect(codes()).toEqual(['ok'])
  })

  it('takes the answer of an earlier attempt, and not its refusal', () => {
    const { propose, wait, asked, answer, codes, targets } = setUp()
    propose()
    wait(silenceMsMax + lookEveryMs)
    answer({ kind: 'failed', code: 'not-leader', leader: three }, asked()[0])
    expect(targets()).toHaveLength(2)
    answer(applied, asked()[0])
    answer(applied, asked()[1])
    expect(codes()).toEqual(['ok'])
  })

  it('does not wait for a node that is known to be gone', () => {
    const { propose, wait, wire, targets } = setUp()
    propose()
    wire.unreachable.add(one)
    wait(lookEveryMs)
    expect(targets()).toEqual([one, two])
    propose()
    expect(targets()).toEqual([one, two, two])
  })

  it('gives a busy leader time, twice as long each time', () => {
    const { propose, refuse, wait, targets } = setUp()
    propose()
    refuse('busy')
    wait(lookEveryMs)
    expect(targets()).toEqual([one, one])
    const longest = Array.from({ length: 8 }, () => {
      const before = targets().length
      refuse('busy')
      let waited = 0
      for (; targets().length === before; waited += lookEveryMs) wait(lookEveryMs)
      return waited
    })
    expect(longest.toSorted((left, right) => left - right)).toEqual(longest)
    expect([longest[0], longest.at(-1)]).toEqual([lookEveryMs, busyMsMax])
    expect(targets().every((to) => to === one)).toBe(true)
  })
})

describe('how it ends for a client', () => {
  it.each(['not-leader', 'busy'] as const)('%s, when nothing but that was heard until the time was over', (code) => {
    const { propose, refuse, wait, codes } = setUp()
    propose()
    while (codes().length === 0) {
      refuse(code)
      wait(lookEveryMs)
    }
    expect(codes()).toEqual([code])
  })

  it('not-leader, when no word ever left', () => {
    const { propose, wait, wire, codes } = setUp()
    wire.isDown = true
    propose()
    wait(answerWithinMs)
    expect(codes()).toEqual(['not-leader'])
  })

  it('timed-out, when a single attempt remained without an answer', () => {
    const { propose, refuse, wait, codes } = setUp()
    propose()
    wait(silenceMsMax + lookEveryMs)
    while (codes().length === 0) {
      refuse('not-leader')
      wait(lookEveryMs)
    }
    expect(codes()).toEqual(['timed-out'])
  })

  it('timed-out, when its time was over before an attempt that was under way could be answered', () => {
    const { propose, refuse, wait, codes, targets } = setUp()
    propose()
    for (let waited = 0; waited < answerWithinMs - silenceMsMax / 2; waited += lookEveryMs) {
      // All that was ever heard is definite.
      if (waited % (retryMs * 4) === 0) refuse('not-leader')
      wait(lookEveryMs)
    }
    const sent = targets().length
    wait(silenceMsMax)
    expect([codes(), targets().length]).toEqual([['timed-out'], sent])
  })

  it.each(['answer-forgotten', 'session-expired'] as const)(
    '%s at once, and timed-out if it may have been us',
    (code) => {
      const { propose, refuse, wait, codes } = setUp()
      propose()
      refuse(code)
      propose()
      wait(silenceMsMax + lookEveryMs)
      refuse(code)
      propose()
      refuse('timed-out')
      wait(retryMs + lookEveryMs)
      refuse(code)
      expect(codes()).toEqual([code, 'timed-out', 'timed-out'])
    },
  )

  it('busy, when too much is under way', () => {
    const { propose, later, codes, client } = setUp()
    for (let count = 0; count <= logClientLimits.underWayMax; count += 1) propose()
    expect(codes()).toEqual([])
    later.run()
    expect(codes()).toEqual(['busy'])
    expect(client.underWayCount).toBe(logClientLimits.underWayMax)
  })

  it('never, once it was stopped', () => {
    const { propose, client, wait, answer, codes } = setUp()
    propose()
    client.stop()
    answer(applied)
    wait(answerWithinMs)
    expect(codes()).toEqual([])
  })
})
