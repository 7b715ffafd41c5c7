import { describe, expect, it } from 'vitest'
import { courseRequest } from '#dialects/chat/index'
import { encodeText } from '#kit/bytes'
import { ForeignLog, foreignLimits } from './foreign-log.ts'

const { judgedPerSecondMax, judgedBytesPerSecondMax, keptMax, perPageMax } = foreignLimits

function world() {
  const time = { ms: 0 }
  const log = new ForeignLog({ now: () => time.ms, wall: () => 1_000 + time.ms }, [
    { name: 'clients', address: 'here' },
  ])
  const note = (clock: number, from = 'ana'): void => {
    log.note(from, {
      at: 'broker',
      frames: [courseRequest('json', { kind: 'users' }, { atMs: 1, clock })],
      answer: null,
    })
  }
  return { time, log, note }
}

describe('what foreign programs sent', () => {
  it('is shown in pages, each of which says where the next begins', () => {
    const { log, note } = world()
    for (const clock of [1, 2, 3]) note(clock)
    const first = log.page({ after: 0, limit: 2 })
    expect(first).toMatchObject({ last: 2, skipped: 0, addresses: [{ name: 'clients', address: 'here' }] })
    expect(first.events.map(({ number }) => number)).toEqual([1, 2])
    const second = log.page({ after: first.last, limit: 2 })
    expect(second.events.map(({ number }) => number)).toEqual([3])
    expect(log.page({ after: second.last, limit: 2 })).toMatchObject({ events: [], last: 3, skipped: 0 })
  })

  it('begins anew for whoever has asked another life of the node', () => {
    const { log, note } = world()
    note(1)
    expect(log.page({ after: 900, limit: 10 })).toMatchObject({ events: [{ number: 1 }], last: 1, skipped: 0 })
  })

  it('is judged against what the same sender said before, and no other', () => {
    const { log, note } = world()
    note(5)
    note(3, 'bia')
    note(4)
    const rises = log.page({ after: 0, limit: 10 }).events.map(({ rules }) => {
      return rules.find(({ rule }) => rule === 'clock-rises')?.isKept
    })
    expect(rises).toEqual([undefined, undefined, false])
  })

  it('is not held against what another server said, which looks the same from here', () => {
    const { log } = world()
    const request = courseRequest('json', { kind: 'users' }, { atMs: 1, clock: 1 })
    for (const clock of [9, 2]) {
      const frames = [encodeText(`{"service":"users","data":{"users":[],"timestamp":1,"clock":${clock}}}`)]
      log.note('behind', { at: 'server', frames, request })
    }
    const rules = log.page({ after: 0, limit: 10 }).events.flatMap((event) => event.rules)
    expect(rules.filter(({ isKept }) => !isKept)).toEqual([])
  })

  it('is counted in a flood and not looked at, so that it takes nobody’s time', () => {
    const { time, log, note } = world()
    for (let clock = 1; clock <= judgedPerSecondMax + 50; clock += 1) note(clock)
    time.ms = 1_000
    note(9_999)
    const pages = [log.page({ after: 0, limit: perPageMax })]
    const next = log.page({ after: pages[0]?.last ?? 0, limit: perPageMax })
    expect(next.events.at(-1)?.number).toBe(judgedPerSecondMax + 51)
    expect(next).toMatchObject({ skipped: 50, last: judgedPerSecondMax + 51 })
  })

  it('has a bound in bytes as well', () => {
    const { log } = world()
    const large = encodeText(`{"service":"${'x'.repeat(100_000)}"}`)
    for (let count = 0; count < 20; count += 1) log.note('ana', { at: 'broker', frames: [large], answer: null })
    const { events, skipped } = log.page({ after: 0, limit: 100 })
    expect(events).toHaveLength(Math.floor(judgedBytesPerSecondMax / large.length))
    expect(skipped).toBe(20 - events.length)
  })

  it('is forgotten, the oldest first, and said to be', () => {
    const { time, log, note } = world()
    for (let clock = 1; clock <= keptMax + 5; clock += 1) {
      time.ms += 10
      note(clock)
    }
    expect(log.page({ after: 0, limit: 1 })).toMatchObject({ events: [{ number: 6 }], last: 6, skipped: 5 })
  })
})
