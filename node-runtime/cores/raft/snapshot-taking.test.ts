import { describe, expect, it } from 'vitest'
import { founded } from './membership.ts'
import type { Chunk, LogEnd, RaftOutput, RaftWords, SnapshotId } from './messages.ts'
import { answers, append, coreOf, entriesFrom, n1, n2, n3, n4, nowhere, say, words } from './testing/one-core.ts'

const members = founded([n1, n2, n4])

function snapshotOf(index: number, term: number, transfer = 1): SnapshotId {
  return { end: { index, term }, membership: members, atMs: 700, lamport: 70, transfer }
}

function piece(snapshot: SnapshotId, number: number, isLast = false): RaftWords {
  return { kind: 'snapshot-chunk', term: 5, snapshot, ...chunk(number, isLast) }
}

function chunk(number: number, isLast: boolean): Chunk {
  return { number, isLast, bytes: Uint8Array.of(number) }
}

const wants = (wanted: number | null, transfer = 1) => [{ kind: 'snapshot-answer', term: 5, transfer, wanted }]
const numbersKept = ({ persist }: RaftOutput) => persist?.chunks.map(({ chunk: { number } }) => number) ?? []

describe('taking a snapshot in', () => {
  it('SN2 keeps each chunk in the output that asks for the next', () => {
    const core = coreOf()
    for (const number of [0, 1, 2]) {
      const output = say(core, n2, piece(snapshotOf(9, 4), number))
      expect(output.persist?.chunks).toEqual([{ snapshot: snapshotOf(9, 4), chunk: chunk(number, false) }])
      expect(answers(output)).toEqual(wants(number + 1))
    }
    expect(core.view).toMatchObject({ last: nowhere, commitIndex: 0, heardCommit: 9 })
  })

  it('knows how far behind it is from the first word that its leader has for it', () => {
    const core = coreOf()
    say(core, n2, append(5, { index: 8, term: 4 }, [], 12))
    expect(core.view).toMatchObject({ commitIndex: 0, heardCommit: 12 })
    say(core, n2, piece(snapshotOf(9, 4), 0, true))
    expect(core.view).toMatchObject({ commitIndex: 9, heardCommit: 12 })
    say(core, n2, append(5, { index: 9, term: 4 }, entriesFrom(10, [5, 5, 5, 5]), 13))
    expect(core.view).toMatchObject({ commitIndex: 13, heardCommit: 13 })
  })

  it('SN3 with the last chunk the log begins behind the snapshot, with its members, times and nothing to be applied', () => {
    const core = coreOf({ terms: [1, 1, 3], appliedIndex: 1 })
    say(core, n2, piece(snapshotOf(9, 4), 0))
    const output = say(core, n2, piece(snapshotOf(9, 4), 1, true))
    expect(answers(output)).toEqual(wants(null))
    expect(numbersKept(output)).toEqual([1])
    expect(output).toMatchObject({ committed: [], persist: { entries: [], base: null } })
    expect(output.notes).toContainEqual({ kind: 'snapshot-installed', index: 9 })
    const end = { index: 9, term: 4 }
    expect(core.view).toMatchObject({ base: end, last: end, commitIndex: 9, membership: members })
    const next = say(core, n2, append(5, end, entriesFrom(10, [5]), 10))
    expect(next.committed.map(({ index }) => index)).toEqual([10])
  })

  it('SN3 what came in the same step before the last chunk is overtaken, and what came behind it is kept', () => {
    const core = coreOf({ terms: [1, 1], appliedIndex: 2 })
    const output = core.step([
      words(n2, append(5, { index: 2, term: 1 }, entriesFrom(3, [1]))),
      { kind: 'compact', upTo: 2 },
      words(n2, piece(snapshotOf(9, 4), 0, true)),
      words(n2, append(5, { index: 9, term: 4 }, entriesFrom(10, [4]))),
    ])
    expect(output.persist).toMatchObject({ base: null, entries: [{ index: 10 }], chunks: [{ chunk: { number: 0 } }] })
  })

  it.each([
    ['the same chunk again', 1, 2],
    ['a chunk too many', 3, 2],
    ['the first one once more', 0, 2],
  ])('SN2 asked for number 2, %s is answered with what is wanted, and not kept', (_, number, wanted) => {
    const core = coreOf()
    for (const before of [0, 1]) say(core, n2, piece(snapshotOf(9, 4), before))
    const output = say(core, n2, piece(snapshotOf(9, 4), number))
    expect([answers(output), output.persist]).toEqual([wants(wanted), null])
  })

  it('SN4 goes on after a restart where it was', () => {
    const core = coreOf({ incoming: { snapshot: snapshotOf(9, 4), wanted: 2 } })
    expect(answers(say(core, n2, piece(snapshotOf(9, 4), 1)))).toEqual(wants(2))
    const output = say(core, n2, piece(snapshotOf(9, 4), 2, true))
    expect([numbersKept(output), answers(output)]).toEqual([[2], wants(null)])
  })

  it('SN4 asks for the beginning of a transfer that it knows nothing of', () => {
    const output = say(coreOf(), n2, piece(snapshotOf(9, 4), 3))
    expect([answers(output), numbersKept(output)]).toEqual([wants(0), []])
  })

  it('SN1 never mixes two transfers: another one gives up what was there', () => {
    const core = coreOf()
    for (const number of [0, 1]) say(core, n2, piece(snapshotOf(9, 4), number))
    expect(answers(say(core, n2, piece(snapshotOf(9, 4, 2), 2)))).toEqual(wants(0, 2))
    const output = say(core, n2, piece(snapshotOf(9, 4, 2), 0))
    expect([output.persist?.dropsIncoming, numbersKept(output), answers(output)]).toEqual([true, [0], wants(1, 2)])
  })

  it('SN1 a transfer that is given up in the step in which a chunk of it came leaves nothing of it', () => {
    const core = coreOf()
    const output = core.step([words(n2, piece(snapshotOf(9, 4), 0)), words(n2, piece(snapshotOf(9, 4, 2), 0))])
    expect(output.persist).toMatchObject({ dropsIncoming: true, chunks: [{ snapshot: { transfer: 2 } }] })
    expect(output.persist?.chunks).toHaveLength(1)
  })

  it('SN3 one output installs one snapshot: another one that comes in the same step is asked for again', () => {
    const core = coreOf()
    const output = core.step([
      words(n2, piece(snapshotOf(9, 4), 0, true)),
      words(n2, piece(snapshotOf(12, 4, 2), 0)),
      words(n2, piece(snapshotOf(14, 4, 3), 0)),
    ])
    expect(output.persist).toMatchObject({ dropsIncoming: false, chunks: [{ snapshot: { transfer: 1 } }] })
    expect(answers(output)).toEqual([...wants(null), ...wants(0, 2), ...wants(0, 3)])
    expect(numbersKept(say(core, n2, piece(snapshotOf(12, 4, 2), 0)))).toEqual([0])
  })
})

describe('snapshots that are not taken in', () => {
  const given = { terms: [1, 1, 2, 2], hard: { term: 5, votedFor: null }, appliedIndex: 2 }
  const cases: readonly (readonly [string, LogEnd, number])[] = [
    ['of what is committed here', { index: 2, term: 1 }, 2],
    ['of less', { index: 1, term: 1 }, 2],
    ['that ends in an entry of the log', { index: 3, term: 2 }, 3],
  ]

  it.each(cases)('SN5 one %s is done with at once, and the log goes on', (_, { index, term }, commitIndex) => {
    const core = coreOf(given)
    const output = say(core, n2, piece(snapshotOf(index, term), 0))
    expect([answers(output), output.persist]).toEqual([wants(null), null])
    expect(core.view).toMatchObject({ last: { index: 4, term: 2 }, commitIndex })
  })

  it.each([
    ['before the log begins', { index: 4, term: 2 }],
    ['where it begins', { index: 5, term: 2 }],
    ['where it begins, in another term', { index: 5, term: 4 }],
  ])('SN5 one that ends %s is done with at once', (_, { index, term }) => {
    const core = coreOf({ base: { end: { index: 5, term: 2 } } })
    const output = say(core, n2, piece(snapshotOf(index, term), 0, true))
    expect([answers(output), numbersKept(output)]).toEqual([wants(null), []])
    expect(core.view).toMatchObject({ last: { index: 5, term: 2 }, commitIndex: 5 })
  })

  it('SN5 one that conflicts with the log takes the place of all of it', () => {
    const core = coreOf(given)
    say(core, n2, piece(snapshotOf(3, 4), 0, true))
    expect(core.view).toMatchObject({ last: { index: 3, term: 4 }, base: { index: 3, term: 4 } })
  })

  it('SN5 what came in of one is given up when the log has got there by itself', () => {
    const core = coreOf({ incoming: { snapshot: snapshotOf(2, 1), wanted: 1 } })
    const first = say(core, n2, append(5, nowhere, entriesFrom(1, [1, 1]), 1))
    expect(first.persist?.dropsIncoming).toBe(false)
    const output = say(core, n2, append(5, { index: 2, term: 1 }, entriesFrom(3, [5]), 2))
    expect(output.persist).toMatchObject({ dropsIncoming: true, entries: [{ index: 3 }] })
    const later = say(core, n2, append(5, { index: 3, term: 5 }, entriesFrom(4, [5]), 3))
    expect(later.persist?.dropsIncoming).toBe(false)
  })

  it('EL17 one of a term that is still to come is reported', () => {
    const output = say(coreOf(), n3, piece(snapshotOf(9, 6), 0, true))
    expect(output).toMatchObject({ anomaly: expect.stringContaining('n3 sends a snapshot'), messages: [] })
    expect(numbersKept(output)).toEqual([])
  })

  it('EL15 who cannot write takes none in', () => {
    const core = coreOf(given)
    core.step([{ kind: 'cannot-write' }])
    expect(say(core, n2, piece(snapshotOf(9, 4), 0))).toMatchObject({ persist: null, messages: [] })
  })
})
