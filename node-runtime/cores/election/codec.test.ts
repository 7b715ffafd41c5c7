import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBullyMessage, parseRankMessage, parseServerList, rankMax } from './codec.ts'
import { serversMax } from './server-list.ts'

describe('the codecs of the taught elections', () => {
  it.each([
    ['bully', parseBullyMessage, ['election', 'answer', 'coordinator'], ['ok', 'heartbeat']],
    ['rank', parseRankMessage, ['election', 'ok', 'coordinator'], ['answer', 'list']],
  ] as const)('%s takes its own words, and nothing that was not asked for', (_, parse, own, others) => {
    for (const kind of own) expect(parse(JSON.parse(JSON.stringify({ kind, extra: 1 })))).toEqual({ kind })
    for (const kind of [...others, 'toString', '', 1, null]) expect(parse({ kind })).toBeNull()
    for (const value of [undefined, null, 'election', [{ kind: 'election' }], {}]) expect(parse(value)).toBeNull()
  })

  it('never throw, and what they let in they let in again unchanged', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const parse of [parseBullyMessage, parseRankMessage, parseServerList]) {
          const read = parse(value)
          if (read !== null) expect(parse(read)).toEqual(read)
        }
      }),
    )
  })
})

describe('the list of a reference', () => {
  it('is taken as it is, also with two servers of one rank', () => {
    const list = [
      { node: 'n1', rank: 0 },
      { node: 'n2', rank: rankMax },
      { node: 'n3', rank: 0 },
    ]
    expect(parseServerList(list)).toEqual(list)
    expect(parseServerList([])).toEqual([])
    const most = Array.from({ length: serversMax }, (_, rank) => ({ node: `n${rank}`, rank }))
    expect(parseServerList(most)).toEqual(most)
    expect(parseServerList([{ node: 'n1', rank: 1, last: 3 }])).toEqual([{ node: 'n1', rank: 1 }])
  })

  it.each([
    ['no list', { n1: 1 }],
    ['a name that is no id', [{ node: 'N 1', rank: 1 }]],
    ['no name', [{ rank: 1 }]],
    ['no rank', [{ node: 'n1' }]],
    ['half a rank', [{ node: 'n1', rank: 1.5 }]],
    ['a rank below zero', [{ node: 'n1', rank: -1 }]],
    ['a rank above the last', [{ node: 'n1', rank: rankMax + 1 }]],
    ['a rank that is text', [{ node: 'n1', rank: '1' }]],
    [
      'a server twice',
      [
        { node: 'n1', rank: 1 },
        { node: 'n1', rank: 2 },
      ],
    ],
    ['one bad server among good ones', [{ node: 'n1', rank: 1 }, null]],
    ['too many', Array.from({ length: serversMax + 1 }, (_, rank) => ({ node: `n${rank}`, rank }))],
  ])('is refused with %s', (_, value) => {
    expect(parseServerList(value)).toBeNull()
  })
})
