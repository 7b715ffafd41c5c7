import { describe, expect, it } from 'vitest'
import { Random } from '#kit/random'
import { membersIn, outcomesIn, recordIn, recordsIn, statusIn } from './api-shapes.ts'
import { jsonIn } from './json-values.ts'
import { problemIn } from './problems.ts'
import { hash, json, record } from './testing/fake-notary.ts'

const sound = record(3, 'a')
const status = { size: 4, root: hash('1'), head: hash('2'), leader: 'a', witnessedSize: 3, logKey: 'k', witnesses: [] }

describe('what a peer says', () => {
  it('is read when it has the shape of an answer, whatever else stands in it', () => {
    expect(recordIn({ ...sound, more: 1 })).toEqual(sound)
    expect(recordsIn({ records: [sound], next: '3', size: 4 })).toEqual({ records: [sound], cursor: '3', size: 4 })
    expect(statusIn(status)).toMatchObject({ size: 4, leader: 'a', witnessedSize: 3 })
    expect(membersIn({ members: [{ nodeId: 'a', address: 'x:1', isVoter: true }] })).toEqual([
      { nodeId: 'a', address: 'x:1' },
    ])
  })

  it.each([
    ['index', -1],
    ['index', 1.5],
    ['kind', 'cake'],
    ['sha256', 'A'.repeat(64)],
    ['hash', 'a'],
    ['computedHash', null],
    ['title', 7],
    ['title', 'x'.repeat(401)],
    ['term', '1'],
    ['atMs', null],
  ])('is no record with another %s: %j', (name, value) => {
    expect(recordIn({ ...sound, [name]: value })).toBeNull()
    expect(recordsIn({ records: [sound, { ...sound, [name]: value }], size: 2 })).toBeNull()
  })

  it('is of no use when there are not as many outcomes as were asked for', () => {
    const outcomes = [
      { kind: 'registered', record: sound },
      { kind: 'refused', why: 'empty' },
    ]
    expect(outcomesIn({ outcomes }, 2)).toHaveLength(2)
    expect(outcomesIn({ outcomes }, 3)).toBeNull()
    expect(outcomesIn({ outcomes: [...outcomes, { kind: 'maybe' }] }, 3)).toBeNull()
  })

  it('means by a code that we do not know what its status means', () => {
    const codeOf = (code: number, body: unknown) => problemIn(json(code, body))?.code
    expect(codeOf(503, { code: 'not-ready' })).toBe('not-ready')
    expect(codeOf(503, { code: 'toString' })).toBe('busy')
    expect([codeOf(403, null), codeOf(404, []), codeOf(418, 'tea'), codeOf(500, {})]).toEqual([
      'not-leader',
      'not-found',
      'bad-request',
      'internal',
    ])
    expect(problemIn(json(201, {}))).toBeNull()
    expect(problemIn(json(403, { leader: { nodeId: '../a' } }))).toMatchObject({ leader: null })
  })

  it('is never thrown at, whatever it is', () => {
    const random = new Random('garbage')
    const text = JSON.stringify({ ...status, records: [sound], outcomes: [{ kind: 'registered', record: sound }] })
    const bytes = new TextEncoder().encode(text)
    let read = 0
    for (let run = 0; run < 3_000; run += 1) {
      const spoilt = bytes.slice(0, random.below(3) === 0 ? random.below(bytes.length) : bytes.length)
      for (let place = random.below(4); place > 0; place -= 1) spoilt[random.below(bytes.length)] = random.below(256)
      const value = jsonIn(spoilt)
      if (value !== null) read += 1
      for (const take of [recordIn, recordsIn, statusIn, membersIn]) take(value)
      outcomesIn(value, 1)
      problemIn({ status: 400, headers: {}, body: spoilt })
    }
    expect(read).toBeGreaterThan(300)
  })
})
