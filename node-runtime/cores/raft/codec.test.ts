import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRaftMessage, termMax } from './codec.ts'
import type { RaftMessage } from './messages.ts'

const messages: readonly RaftMessage[] = [
  { kind: 'pre-vote-request', term: 1 },
  { kind: 'pre-vote', term: 2, isGranted: true, voterTerm: 1 },
  { kind: 'vote-request', term: 3 },
  { kind: 'vote', term: 4, isGranted: false },
  { kind: 'heartbeat', term: 0 },
  { kind: 'heartbeat-answer', term: termMax },
]

describe('the codec of raft messages', () => {
  it.each(messages)('takes a $kind as it is', (message) => {
    expect(parseRaftMessage(message)).toEqual(message)
    expect(parseRaftMessage(JSON.parse(JSON.stringify(message)))).toEqual(message)
  })

  it('lets nothing in that was not asked for', () => {
    expect(parseRaftMessage({ kind: 'heartbeat', term: 1, isGranted: true, extra: {} })).toEqual({
      kind: 'heartbeat',
      term: 1,
    })
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'heartbeat'],
    ['a list', [{ kind: 'heartbeat', term: 1 }]],
    ['no kind', { term: 1 }],
    ['an unknown kind', { kind: 'append', term: 1 }],
    ['the name of a method as a kind', { kind: 'toString', term: 1 }],
    ['no term', { kind: 'heartbeat' }],
    ['a negative term', { kind: 'heartbeat', term: -1 }],
    ['half a term', { kind: 'heartbeat', term: 1.5 }],
    ['a term that is no number', { kind: 'heartbeat', term: '1' }],
    ['an endless term', { kind: 'heartbeat', term: Number.POSITIVE_INFINITY }],
    ['NaN', { kind: 'heartbeat', term: Number.NaN }],
    ['EL18 a term above the last', { kind: 'heartbeat', term: termMax + 1 }],
    ['a vote that says nothing', { kind: 'vote', term: 1 }],
    ['a vote that is maybe', { kind: 'vote', term: 1, isGranted: 'yes' }],
    ['a pre-vote without the term of its voter', { kind: 'pre-vote', term: 1, isGranted: true }],
  ])('refuses %s', (_, value) => {
    expect(parseRaftMessage(value)).toBeNull()
  })

  it('never throws, and what it lets in it lets in again unchanged', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const message = parseRaftMessage(value)
        if (message !== null) expect(parseRaftMessage(message)).toEqual(message)
      }),
    )
  })
})
