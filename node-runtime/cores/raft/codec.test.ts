import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeRaftMessage, encodeRaftMessage, raftKinds, termMax } from './codec.ts'
import { founded } from './membership.ts'
import type { RaftMessage } from './messages.ts'
import { append, entriesFrom, entry, n1, n2, nowhere } from './testing/one-core.ts'

const last = { index: 7, term: 3 } as const
const snapshot = {
  end: last,
  membership: founded([n1, n2]),
  atMs: 1_700_000_000_000,
  lamport: 9,
  transfer: 4_000_000_000,
}
const bytes = Uint8Array.of(0, 1, 254, 255)
const life = { incarnation: 3 } as const

const messages: readonly RaftMessage[] = [
  { kind: 'pre-vote-request', term: 1, last, ...life },
  { kind: 'pre-vote', term: 2, isGranted: true, voterTerm: 1, ...life },
  { kind: 'vote-request', term: 3, last, isHandOver: false, ...life },
  { kind: 'vote-request', term: 3, last: nowhere, isHandOver: true, ...life },
  { kind: 'vote', term: 4, isGranted: false, ...life },
  { kind: 'heartbeat', term: 0, round: 8, commit: 7, ...life },
  { kind: 'heartbeat-answer', term: termMax, round: 0, lastIndex: 2 ** 53 - 1, ...life },
  { kind: 'commit', term: 5, commit: 6, ...life },
  { ...append(5, last, []), ...life },
  {
    ...append(5, last, [...entriesFrom(8, [3, 5]), entry({ index: 10, term: 5, kind: 'no-op', atMs: -1.5 })], 6),
    ...life,
  },
  { kind: 'append-answer', term: 5, matchIndex: 0, ...life },
  { kind: 'append-refusal', term: 5, previousIndex: 9, hint: last, ...life },
  { kind: 'snapshot-chunk', term: 5, snapshot, number: 0, isLast: false, bytes, ...life },
  {
    kind: 'snapshot-chunk',
    term: 5,
    snapshot: { ...snapshot, membership: [] },
    number: 9,
    isLast: true,
    bytes: new Uint8Array(0),
    ...life,
  },
  { kind: 'snapshot-answer', term: 5, transfer: 1, wanted: 2, ...life },
  { kind: 'snapshot-answer', term: 5, transfer: 1, wanted: null, ...life },
  { kind: 'stand-now', term: 5, ...life },
  { kind: 'join', term: 0, ...life },
  { kind: 'disown', term: 5, disowned: 12, ...life },
]

describe('the codec of raft messages', () => {
  it.each(messages)('gives back a $kind as it was', (message) => {
    expect(decodeRaftMessage(encodeRaftMessage(message))).toEqual(message)
  })

  it('has each kind in this test', () => {
    expect(new Set(messages.map(({ kind }) => kind))).toEqual(new Set(raftKinds))
  })

  it.each(messages)('takes no $kind that is cut short or goes on, except where only its end can tell', (message) => {
    const whole = encodeRaftMessage(message)
    for (let length = 0; length < whole.length; length += 1) {
      const part = decodeRaftMessage(whole.slice(0, length))
      if (part !== null) expect(['append', 'snapshot-chunk']).toContain(message.kind)
    }
    const longer = decodeRaftMessage(Uint8Array.from([...whole, 7]))
    if (longer !== null) expect(message.kind).toBe('snapshot-chunk')
  })

  it.each([
    ['EL18 a term above the last', messageWith(9, termMax + 1)],
    ['half a term', messageWith(9, 1.5)],
    ['a negative term', messageWith(9, -1)],
    ['an endless term', messageWith(9, Number.POSITIVE_INFINITY)],
    ['NaN', messageWith(9, Number.NaN)],
    ['half an incarnation', messageWith(0.5, 1)],
    ['an unknown kind', Uint8Array.of(raftKinds.length, ...messageWith(1, 1).slice(1))],
    ['nothing', new Uint8Array(0)],
  ])('refuses %s', (_, garbled) => {
    expect(decodeRaftMessage(garbled)).toBeNull()
  })

  it('EL18 refuses a pre-vote whose voter is past the last term', () => {
    const message = { kind: 'pre-vote', term: 1, isGranted: false, voterTerm: termMax + 1, incarnation: 1 } as const
    expect(decodeRaftMessage(encodeRaftMessage(message))).toBeNull()
  })

  it('refuses a flag that is neither yes nor no', () => {
    const vote = encodeRaftMessage({ kind: 'vote', term: 1, isGranted: true, incarnation: 1 })
    vote[vote.length - 1] = 2
    expect(decodeRaftMessage(vote)).toBeNull()
  })

  it('never throws, and what it lets in it lets in again unchanged', () => {
    const heads = fc.constantFrom(...messages.map(encodeRaftMessage))
    const spoilt = fc
      .tuple(heads, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), fc.uint8Array({ maxLength: 60 }))
      .map(([whole, changes, tail]) => {
        const garbled = Uint8Array.from([...whole, ...tail])
        for (const [at, byte] of changes) garbled[at % garbled.length] = byte
        return garbled
      })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), spoilt), (garbled) => {
        const message = decodeRaftMessage(garbled)
        if (message !== null) expect(decodeRaftMessage(encodeRaftMessage(message))).toEqual(message)
      }),
      { numRuns: 2_000 },
    )
  })

  it('keeps nothing of the memory that entries came in', () => {
    const batch = encodeRaftMessage({ ...append(5, last, entriesFrom(8, [5])), ...life })
    const message = decodeRaftMessage(batch)
    batch.fill(0)
    expect(message).toEqual({ ...append(5, last, entriesFrom(8, [5])), ...life })
  })
})

/** A join, whatever its numbers are. */
function messageWith(incarnation: number, term: number): Uint8Array {
  return encodeRaftMessage({ kind: 'join', term, incarnation })
}

it('keeps nothing of the batch in which a message came, not even of a buffer of Node', () => {
  const batch = Buffer.concat([encodeRaftMessage({ ...append(5, last, entriesFrom(8, [3])), ...life })])
  const message = decodeRaftMessage(batch)
  const kept = message?.kind === 'append' ? message.entries[0]?.bytes : undefined
  expect(kept?.buffer).toBeDefined()
  expect(kept?.buffer).not.toBe(batch.buffer)
})
