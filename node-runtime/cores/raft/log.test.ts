import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '#kit/assert'
import type { Entry } from './entry.ts'
import type { RaftLimits } from './limits.ts'
import { logLimits, RaftLog } from './log.ts'
import { encodeMembership, founded } from './membership.ts'
import type { ReadLog } from './messages.ts'
import { entriesFrom, entry, n1, n2, n3, n4 } from './testing/one-core.ts'

const members = founded([n1, n2, n3])
const all = { entries: 1_000_000, bytes: 1_000_000_000 }

/** A log over a disk that keeps what the log gives it to keep. */
class LogOnDisk {
  readonly log: RaftLog
  disk: Entry[] = []
  reads = 0

  constructor(index = 0, term = 0, limits: RaftLimits['log'] = logLimits) {
    const readLog: ReadLog = (from, limit) => {
      this.reads += 1
      return this.disk.filter((kept) => kept.index >= from).slice(0, limit.entries)
    }
    const base = { end: { index, term }, membership: members, atMs: 0, lamport: 0 }
    this.log = new RaftLog(base, [], { readLog, limits })
  }

  append(...terms: readonly number[]): void {
    for (const next of entriesFrom(this.log.last.index + 1, terms)) this.log.append(next)
  }

  save(): readonly Entry[] {
    const unsaved = this.log.takeUnsaved()
    const from = unsaved[0]?.index ?? Number.POSITIVE_INFINITY
    this.disk = [...this.disk.filter(({ index }) => index < from), ...unsaved]
    return unsaved
  }

  get places(): readonly (readonly [number, number])[] {
    const read: Entry[] = []
    for (let from = this.log.base.index + 1; from <= this.log.last.index; from = this.log.base.index + 1 + read.length)
      read.push(...this.log.read(from, all))
    return read.map(({ index, term }) => [index, term])
  }
}

describe('a log', () => {
  it('knows the term of each place that it has, its base included', () => {
    const { log } = grown([1, 1, 4], 5, 1)
    expect([4, 5, 6, 7, 8, 9].map((index) => log.termAt(index))).toEqual([null, 1, 1, 1, 4, null])
  })

  it('knows nothing more of the terms that were cut away', () => {
    const kept = grown([1, 1, 1, 1, 2, 2])
    kept.log.cut(3)
    kept.append(3, 3, 3, 3)
    kept.save()
    kept.log.compactTo(4)
    expect([4, 5, 6].map((index) => kept.log.termAt(index))).toEqual([3, 3, 3])
  })

  it('gives what is not saved once, from the first place that changed', () => {
    const kept = new LogOnDisk()
    kept.append(1, 1, 1)
    expect(kept.save().map(({ index }) => index)).toEqual([1, 2, 3])
    expect(kept.save()).toEqual([])
    kept.append(1)
    kept.log.cut(2)
    kept.append(2)
    expect(kept.save().map(({ index, term }) => [index, term])).toEqual([[2, 2]])
  })

  it.each([
    [
      { index: 9, term: 9 },
      { index: 6, term: 5 },
    ],
    [
      { index: 5, term: 9 },
      { index: 5, term: 5 },
    ],
    [
      { index: 9, term: 4 },
      { index: 4, term: 2 },
    ],
    [
      { index: 9, term: 2 },
      { index: 4, term: 2 },
    ],
    [
      { index: 3, term: 1 },
      { index: 2, term: 1 },
    ],
    [
      { index: 9, term: 0 },
      { index: 0, term: 0 },
    ],
    [
      { index: 0, term: 0 },
      { index: 0, term: 0 },
    ],
  ])('RP4 finds the last place that may be like one of another log: %o', (other, place) => {
    expect(grown([1, 1, 2, 2, 5, 5]).log.lastLike(other)).toEqual(place)
  })

  it('EL19 is newer by its last term, and in the same term by its length', () => {
    const { log } = grown([1, 3])
    const newer = [
      { index: 9, term: 2 },
      { index: 1, term: 3 },
      { index: 0, term: 0 },
    ]
    const older = [
      { index: 2, term: 3 },
      { index: 3, term: 3 },
      { index: 1, term: 4 },
    ]
    expect([...newer, ...older].map((end) => log.isNewerThan(end))).toEqual([true, true, true, false, false, false])
  })

  it('MB1 has the members that its entries say, and those before when they are cut', () => {
    const kept = new LogOnDisk()
    const payload = (...nodes: readonly (typeof n1)[]) => encodeMembership(founded(nodes))
    kept.append(1)
    kept.log.append(entry({ index: 2, term: 1, kind: 'members', payload: payload(n1, n2) }))
    kept.log.append(entry({ index: 3, term: 1, kind: 'members', payload: payload(n1, n2, n4) }))
    expect([kept.log.members.current, kept.log.members.index]).toEqual([founded([n1, n2, n4]), 3])
    kept.log.cut(3)
    expect([kept.log.members.current, kept.log.members.index]).toEqual([founded([n1, n2]), 2])
    kept.log.cut(2)
    expect([kept.log.members.current, kept.log.members.index]).toEqual([members, 0])
  })

  it('MB1 keeps the members when their entry is compacted', () => {
    const kept = new LogOnDisk()
    kept.log.append(entry({ index: 1, term: 1, kind: 'members', payload: encodeMembership(founded([n1])) }))
    kept.append(1, 1)
    kept.save()
    expect(kept.log.members.at(0)).toEqual(members)
    kept.log.compactTo(2)
    expect(kept.log.members.current).toEqual(founded([n1]))
    kept.log.cut(3)
    expect(kept.log.members.current).toEqual(founded([n1]))
  })

  it('SN3 has the members and the times of the snapshot that took the place of everything', () => {
    const kept = new LogOnDisk()
    kept.log.append(entry({ index: 1, term: 1, kind: 'members', payload: encodeMembership(founded([n1])), atMs: 99 }))
    kept.log.resetTo({ end: { index: 5, term: 2 }, membership: founded([n2, n3]), atMs: 20, lamport: 2 })
    expect([kept.log.members.current, kept.log.members.index]).toEqual([founded([n2, n3]), 5])
    expect([kept.log.floor.atMs, kept.save()]).toEqual([20, []])
  })

  it('reads as much as it may, and one entry at least', () => {
    const { log } = grown([1, 1, 1, 1])
    const weight = entriesFrom(1, [1])[0]?.bytes.length ?? 0
    expect(log.read(2, { entries: 2, bytes: 1_000_000 }).map(({ index }) => index)).toEqual([2, 3])
    expect(log.read(1, { entries: 9, bytes: weight * 3 }).length).toBe(3)
    expect(log.read(1, { entries: 9, bytes: 1 }).length).toBe(1)
    expect(log.read(5, all)).toEqual([])
  })

  it('CK1 has a floor below which no time goes: that of the last entry, or higher', () => {
    const kept = new LogOnDisk()
    for (const [index, atMs] of [
      [1, 10],
      [2, 30],
      [3, 90],
    ] as const)
      kept.log.append(entry({ index, term: 1, atMs, lamport: atMs }))
    expect(kept.log.floor).toMatchObject({ atMs: 90, lamport: 90 })
    kept.log.cut(3)
    expect(kept.log.floor).toMatchObject({ atMs: 30, lamport: 30 })
    kept.log.cut(1)
    expect(kept.log.floor).toMatchObject({ atMs: 30, lamport: 30 })
  })

  it.each([
    ['a gap', (log: RaftLog) => log.append(entry({ index: 9, term: 2 }))],
    ['a term that goes back', (log: RaftLog) => log.append(entry({ index: 3, term: 1 }))],
    ['a cut behind its end', (log: RaftLog) => log.cut(3)],
    ['a cut into its base', (log: RaftLog) => log.cut(0)],
    ['compaction behind its end', (log: RaftLog) => log.compactTo(3)],
  ])('does not survive %s', (_, work) => {
    const { log } = grown([1, 2])
    expect(() => work(log)).toThrow(InvariantError)
  })
})

describe('the part of a log that is in memory', () => {
  it('is bounded by what it weighs there, and the rest is read from the disk', () => {
    const weight = logLimits.bytesBeside + (entriesFrom(1, [1])[0]?.bytes.length ?? 0)
    const kept = new LogOnDisk(0, 0, { ...logLimits, tailBytesMax: 10 * weight })
    for (let count = 0; count < 21; count += 1) {
      kept.append(1)
      kept.save()
    }
    kept.log.read(12, all)
    expect(kept.reads).toBe(0)
    expect(kept.log.read(11, all).map(({ index }) => index)).toEqual([11])
    expect(kept.reads).toBe(1)
  })

  it('is weighed anew when the log is cut', () => {
    const weight = logLimits.bytesBeside + (entriesFrom(1, [1])[0]?.bytes.length ?? 0)
    const kept = new LogOnDisk(0, 0, { ...logLimits, tailBytesMax: 10 * weight })
    for (let term = 1; term <= 5; term += 1) {
      if (term > 1) kept.log.cut(11)
      kept.append(...new Array<number>(term === 1 ? 19 : 8).fill(term))
      kept.save()
    }
    kept.log.read(1, all)
    expect(kept.reads).toBe(0)
  })

  it('RP3 is never mixed with what the disk has in a place that was just replaced', () => {
    const kept = new LogOnDisk(0, 0, { ...logLimits, tailBytesMax: 1 })
    kept.append(1, 1, 1, 1, 1)
    kept.save()
    kept.log.cut(4)
    kept.append(2)
    expect(kept.log.read(2, all).map(({ index, term }) => [index, term])).toEqual([
      [2, 1],
      [3, 1],
    ])
    expect([kept.reads, kept.disk[3]?.term]).toEqual([1, 1])
    expect(kept.log.read(4, all)).toMatchObject([{ index: 4, term: 2 }])
  })
})

describe('a log through a life', () => {
  it('RP1 is at each moment what a plain list would be, in memory or not', () => {
    const deed = fc.oneof(
      fc.record({ kind: fc.constant('append' as const), by: fc.nat(3) }),
      fc.record({ kind: fc.constant('replace' as const), by: fc.nat(8) }),
      fc.record({ kind: fc.constant('compact' as const), by: fc.nat(8) }),
      fc.record({ kind: fc.constant('save' as const), by: fc.constant(0) }),
      fc.record({ kind: fc.constant('reset' as const), by: fc.nat(3) }),
    )
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const kept = new LogOnDisk(0, 0, { ...logLimits, tailBytesMax: 1_000 })
        let base = 0
        let terms: number[] = []
        let term = 1
        for (const { kind, by } of deeds) {
          if (kind === 'append') {
            const added = new Array<number>(by).fill(term)
            kept.append(...added)
            terms.push(...added)
          } else if (kind === 'replace' && by < terms.length) {
            term += 1
            kept.log.cut(base + by + 1)
            kept.append(term)
            terms = [...terms.slice(0, by), term]
          } else if (kind === 'save') {
            kept.save()
          } else if (kind === 'compact' && by > 0 && by <= terms.length) {
            kept.save()
            kept.log.compactTo(base + by)
            base += by
            terms = terms.slice(by)
          } else if (kind === 'reset') {
            base = kept.log.last.index + by
            terms = []
            kept.log.resetTo({ end: { index: base, term }, membership: members, atMs: 0, lamport: 0 })
          }
          expect(kept.places).toEqual(terms.map((of, offset) => [base + 1 + offset, of]))
          expect(terms.map((_, offset) => kept.log.termAt(base + 1 + offset))).toEqual(terms)
        }
      }),
      { numRuns: 300 },
    )
  })
})

function grown(terms: readonly number[], index = 0, term = 0): LogOnDisk {
  const kept = new LogOnDisk(index, term)
  kept.append(...terms)
  kept.save()
  return kept
}
