import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { plainSha256 } from '#kit/sha256'
import { fingerOf } from './fingers.ts'
import { encodeNotaryCommand, notaryMachine } from './index.ts'
import { notaryLimits, type RegisterOutcome } from './messages.ts'
import { file, OneNotary, proposer, text } from './testing/one-notary.ts'

let notary: OneNotary

beforeEach(() => {
  notary = new OneNotary()
})

const kinds = (outcomes: readonly RegisterOutcome[]) =>
  outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.why : `${outcome.kind} ${outcome.record.index}`))
const size = () => notary.ask({ kind: 'status' }).size

describe('a notary', () => {
  it('NT1 begins with the genesis block, before anybody has written anything', () => {
    const { size, head, origin } = notary.ask({ kind: 'status' })
    expect([size, head, origin]).toEqual([1, notary.record(0).hash, null])
    expect(notary.record(0)).toMatchObject({ document: { kind: 'text', text: 'Genesis Block' }, previousHash: '0' })
    expect(notary.state.spaces.size).toBe(0)
    const before = notary.record(0)
    notary.register([])
    expect(notary.record(0)).toEqual(before)
    expect(notary.ask({ kind: 'inclusion', index: 0, size: 1 }).proof?.hashes).toEqual([])
  })

  it('looks through no heap for documents whose hashes were chosen to be alike', () => {
    const alike = Array.from({ length: 2_000 }, (_, number) =>
      new Uint8Array(32)
        .fill(0)
        .fill(number >> 8, 30, 31)
        .fill(number & 255, 31),
    )
    const fingers = new Set(alike.map((hash) => fingerOf(plainSha256, hash)))
    expect(fingers.size).toBe(alike.length)
  })

  it('NT2 gives each record its place, and what the leader and the log say of it', () => {
    const [outcome] = notary.register([file('Ata', 'id-1')])
    const { index, title, registrant, id, atMs, lamport, by, previousHash } = notary.record(1)
    expect(outcome).toEqual({ kind: 'registered', record: notary.record(1) })
    expect({ index, title, registrant, id, lamport, by }).toEqual({
      index: 1,
      title: 'Ata',
      registrant: 'Ana',
      id: 'id-1',
      lamport: 2,
      by: proposer,
    })
    expect([atMs, previousHash]).toEqual([notary.atMs, notary.record(0).hash])
  })

  it('NT2 keeps whole milliseconds, and rounds an error up', () => {
    notary.atMs = 5_000.7
    const registrations = [text('x')]
    notary.apply({ kind: 'register', by: { ...proposer, errorMs: 0.2 }, duplicates: 'found', registrations })
    expect(notary.record(1)).toMatchObject({ atMs: 5_010, by: { errorMs: 1 } })
  })

  it('NT2 knows the sum of a text', () => {
    notary.register([text('Contrato nº 1')])
    const expected = createHash('sha256').update('Contrato nº 1').digest('hex')
    expect(toHex(notary.record(1).sha256)).toBe(expected)
  })

  it('NT2 chains all blocks', () => {
    notary.fill(700)
    const { records } = notary.ask({ kind: 'records', from: 0, limit: 1_000, order: 'up' })
    expect(records).toHaveLength(701)
    for (const [at, { previousHash }] of records.entries()) expect(previousHash).toBe(records[at - 1]?.hash ?? '0')
  })
})

describe('NT4 an id', () => {
  it('is registered once, whoever asks again and when', () => {
    expect(kinds(notary.register([file('a', 'id-1'), file('b', 'id-2')]))).toEqual(['registered 1', 'registered 2'])
    expect(kinds(notary.register([file('b', 'id-2'), file('a', 'id-1')]))).toEqual(['same-id 2', 'same-id 1'])
    notary.fill(600)
    expect(kinds(notary.register([file('a', 'id-1')], 'recorded'))).toEqual(['same-id 1'])
    expect(size()).toBe(603)
    expect(notary.ask({ kind: 'by-id', id: 'id-2' }).record?.title).toBe('b')
    expect(notary.ask({ kind: 'by-id', id: 'id-3' }).record).toBeNull()
  })

  it('is registered once within a command', () => {
    expect(kinds(notary.register([file('a', 'id-1'), file('a', 'id-1')], 'recorded'))).toEqual([
      'registered 1',
      'same-id 1',
    ])
  })

  it('is taken for anything else', () => {
    notary.register([file('a', 'id-1')])
    const same = file('a', 'id-1')
    const others = [file('b', 'id-1'), { ...same, title: 'A' }, { ...same, registrant: 'Bia' }, text('a', 'id-1')]
    expect(kinds(notary.register(others))).toEqual(['id-taken', 'id-taken', 'id-taken', 'id-taken'])
    expect(size()).toBe(2)
  })

  it('belongs to the record that it made: one that found a document made none', () => {
    notary.register([file('a')])
    expect(kinds(notary.register([file('a', 'id-1')]))).toEqual(['same-document 1'])
    expect(kinds(notary.register([file('a', 'id-1')]))).toEqual(['same-document 1'])
    expect(notary.ask({ kind: 'by-id', id: 'id-1' }).record).toBeNull()
  })
})

describe('NT5 a document that stands there', () => {
  it('is found, by its sum and under its first record', () => {
    notary.register([text('words')])
    const sha256 = notary.record(1).sha256
    const asFile = { ...file('other title'), document: { kind: 'file', sha256, bytes: null } } as const
    expect(kinds(notary.register([text('words'), asFile]))).toEqual(['same-document 1', 'same-document 1'])
    expect(size()).toBe(2)
  })

  it('is recorded again where that is wanted, and all of it is found', () => {
    notary.register([text('words')])
    expect(kinds(notary.register([text('words'), text('x'), text('words')], 'recorded'))).toEqual([
      'registered 2',
      'registered 3',
      'registered 4',
    ])
    const { sha256 } = notary.record(1)
    const found = (limit: number) => notary.ask({ kind: 'by-hash', sha256, limit }).records.map(({ index }) => index)
    expect([found(0), found(2), found(9)]).toEqual([[], [1, 2], [1, 2, 4]])
    const next = (from: number, limit: number) => notary.ask({ kind: 'by-hash', sha256, limit, from }).next
    expect([next(0, 1), next(2, 1), next(0, 3), next(4, 1), next(5, 1)]).toEqual([2, 4, null, null, null])
    expect(kinds(notary.register([text('words')]))).toEqual(['same-document 1'])
    expect(notary.ask({ kind: 'by-hash', sha256: sha256.slice(1), limit: 9 }).records).toEqual([])
    expect(notary.ask({ kind: 'by-hash', sha256: new Uint8Array(32), limit: 9 }).records).toEqual([])
  })
})

describe('NT6 limits', () => {
  const { titleBytesMax, registrantBytesMax, idBytesMax, textBytesMax } = notaryLimits
  it('refuse one registration, and nothing of it is left', () => {
    const wrong = [
      [{ ...file('a'), title: `${'ç'.repeat(titleBytesMax / 2)}x` }, 'too-large'],
      [{ ...file('a'), registrant: `${'\u{1f41d}'.repeat(registrantBytesMax / 4)}x` }, 'too-large'],
      [file('a', 'x'.repeat(idBytesMax + 1)), 'too-large'],
      [text('x'.repeat(textBytesMax + 1)), 'too-large'],
      [text(''), 'empty'],
      [file('a', ''), 'malformed'],
      [{ ...file('a'), document: { kind: 'file', sha256: new Uint8Array(31), bytes: 1 } }, 'malformed'],
    ] as const
    const outcomes = notary.register([...wrong.map(([registration]) => registration), file('sound')])
    expect(kinds(outcomes)).toEqual([...wrong.map(([, why]) => why), 'registered 1'])
    expect(size()).toBe(2)
  })

  it('are reached and kept', () => {
    const full = {
      id: 'ç'.repeat(idBytesMax / 2),
      document: { kind: 'text', text: '語'.repeat(Math.floor(textBytesMax / 3)) },
      title: '\u{1f41d}'.repeat(titleBytesMax / 4),
      registrant: 'é'.repeat(registrantBytesMax / 2),
    } as const
    expect(kinds(notary.register([full]))).toEqual(['registered 1'])
    const { document, title, registrant, id } = notary.record(1)
    expect({ document, title, registrant, id }).toEqual(full)
  })

  it('bound what a command may hold', () => {
    const many = Array.from({ length: notaryLimits.registrationsPerCommandMax + 1 }, (_, at) => file(`${at}`))
    const command = { kind: 'register', by: proposer, duplicates: 'found', registrations: many } as const
    expect(notary.apply(command)).toEqual({ kind: 'refused' })
    expect(notary.applyBytes(new Uint8Array(notaryLimits.commandBytesMax + 1))).toEqual({ kind: 'refused' })
    expect(notary.state.writes).toBe(0)
  })

  it('bound an answer, though a short request may name a long text', () => {
    notary.register([text('x'.repeat(textBytesMax))])
    const { sha256 } = notary.record(1)
    const asFile = { ...file('a'), document: { kind: 'file', sha256, bytes: null } } as const
    const outcomes = notary.register(Array.from({ length: 20 }, () => asFile))
    const found = outcomes.filter(({ kind }) => kind === 'same-document').length
    expect(found).toBeGreaterThan(10)
    expect(kinds(outcomes).slice(found)).toEqual(Array.from({ length: 20 - found }, () => 'too-large'))
    notary.register(
      Array.from({ length: 30 }, () => text('y'.repeat(textBytesMax / 4))),
      'recorded',
    )
    const { records } = notary.ask({ kind: 'records', from: 0, limit: 1_000, order: 'up' })
    expect(records.length).toBe(32)
  })
})

describe('NT7 bytes that are no command', () => {
  it('are refused and change nothing', () => {
    const sound = encodeNotaryCommand({
      kind: 'register',
      by: proposer,
      duplicates: 'found',
      registrations: [file('a')],
    })
    for (let length = 0; length < sound.length; length += 1) {
      expect(notary.applyBytes(sound.subarray(0, length)), `${length} bytes`).toEqual({ kind: 'refused' })
    }
    const noName = { leader: 'No Such Id' as never, term: 1, errorMs: null }
    const foreign = encodeNotaryCommand({ kind: 'register', by: noName, duplicates: 'found', registrations: [] })
    for (const bytes of [[], [9], [1, 2, 3]]) expect(notary.applyBytes(Uint8Array.from(bytes))?.kind).toBe('refused')
    expect(notary.applyBytes(foreign)).toEqual({ kind: 'refused' })
    expect(notary.state.writes).toBe(0)
  })
})

describe('NT8 the same commands', () => {
  const play = (one: OneNotary, between: () => void) => {
    const steps = [
      () => one.register([file('a', 'id-1'), text('b'), file('a')]),
      () => one.apply({ kind: 'found', origin: 'o', logKey: 'k' }),
      () => one.register([file('a', 'id-1'), text('b', 'id-2'), text('long '.repeat(200))], 'recorded'),
      () => one.apply({ kind: 'witnesses', witnesses: [{ name: 'n', key: 'k' }], members: 1 }),
      () => one.fill(1_100),
      () => one.register([file('a', 'id-9'), text('b', 'id-2'), file('document 900')]),
    ]
    return steps.map((step) => {
      const answer = step()
      between()
      return answer
    })
  }

  it('make the same rows and answers, whatever a machine remembers', () => {
    const [one, other] = [
      new OneNotary(),
      new OneNotary((bytes) => new Uint8Array(createHash('sha256').update(bytes).digest())),
    ]
    const answers = play(one, () => {})
    expect(
      play(
        other,
        () =>
          (other.machine = notaryMachine({
            sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
          })),
      ),
    ).toEqual(answers)
    expect(other.state.text()).toBe(one.state.text())
  })

  it('are understood by a machine that has served another state meanwhile', () => {
    const [one, other] = [new OneNotary(), new OneNotary()]
    other.machine = one.machine
    one.register([file('a', 'id-1')])
    expect(kinds(other.register([file('b', 'id-2')]))).toEqual(['registered 1'])
    // As many of everything as in the other state, and yet not the same.
    expect(one.ask({ kind: 'by-id', id: 'id-1' }).record?.title).toBe('a')
    expect(kinds(other.register([file('a', 'id-1'), file('b', 'id-2')]))).toEqual(['registered 2', 'same-id 1'])
    expect(kinds(one.register([file('b', 'id-2'), file('a', 'id-1')]))).toEqual(['registered 2', 'same-id 1'])
  })

  it('NT16 and are not changed by questions', () => {
    notary.register([file('a')])
    const { writes } = notary.state
    for (const kind of ['status'] as const) notary.ask({ kind })
    notary.ask({ kind: 'search', text: 'a', before: null, limit: 1 })
    notary.ask({ kind: 'by-hash', sha256: encodeText('x'), limit: 1 })
    notary.ask({ kind: 'examine', after: null, limit: 10 })
    expect(notary.state.writes).toBe(writes)
  })
})
