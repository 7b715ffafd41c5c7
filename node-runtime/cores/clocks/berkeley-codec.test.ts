import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBerkeleyMessage, roundMax, timeMsMax } from './berkeley-codec.ts'
import type { BerkeleyMessage } from './berkeley-messages.ts'

const messages: readonly BerkeleyMessage[] = [
  { kind: 'poll', round: 0 },
  { kind: 'time', round: roundMax, timeMs: -timeMsMax },
  { kind: 'adjust', round: 3, byMs: -5, errorMs: 0 },
  { kind: 'poll-wanted' },
]

describe('the codec of Berkeley messages', () => {
  it.each(messages)('BK12 takes a $kind as it is, and nothing that was not asked for', (message) => {
    expect(parseBerkeleyMessage(JSON.parse(JSON.stringify({ ...message, extra: 1 })))).toEqual(message)
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'poll'],
    ['a list', [{ kind: 'poll', round: 1 }]],
    ['no kind', { round: 1 }],
    ['an unknown kind', { kind: 'tock', round: 1 }],
    ['no round', { kind: 'poll' }],
    ['a round below zero', { kind: 'poll', round: -1 }],
    ['a round above the last', { kind: 'poll', round: roundMax + 1 }],
    ['no time', { kind: 'time', round: 1 }],
    ['half a millisecond', { kind: 'time', round: 1, timeMs: 0.5 }],
    ['a time beyond any date', { kind: 'time', round: 1, timeMs: timeMsMax + 1 }],
    ['NaN', { kind: 'adjust', round: 1, byMs: Number.NaN, errorMs: 0 }],
    ['an endless correction', { kind: 'adjust', round: 1, byMs: Number.POSITIVE_INFINITY, errorMs: 0 }],
    ['an error below zero', { kind: 'adjust', round: 1, byMs: 0, errorMs: -1 }],
    ['a correction without its error', { kind: 'adjust', round: 1, byMs: 0 }],
  ])('BK12 refuses %s', (_, value) => {
    expect(parseBerkeleyMessage(value)).toBeNull()
  })

  it('never throws, and what it lets in it lets in again unchanged', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const message = parseBerkeleyMessage(value)
        if (message !== null) expect(parseBerkeleyMessage(message)).toEqual(message)
      }),
    )
  })
})
