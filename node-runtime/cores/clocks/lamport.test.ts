import { describe, expect, it } from 'vitest'
import { isStamp, LamportClock, lamportLeapMax, lamportMax } from './lamport.ts'

describe('Lamport clock', () => {
  it('LC1 counts up by one before each send', () => {
    const clock = new LamportClock()
    expect([clock.beforeSend(), clock.beforeSend(), clock.value]).toEqual([1, 2, 2])
  })

  it('LC2 jumps past a message from the future, and past itself for one from the past', () => {
    const clock = new LamportClock()
    clock.onReceive(10)
    expect(clock.value).toBe(11)
    clock.onReceive(3)
    expect(clock.value).toBe(12)
  })

  it('LC3 never goes back, whatever is received', () => {
    const clock = new LamportClock()
    for (const stamp of [5, 0, 7, 7, 1]) {
      const before = clock.value
      clock.onReceive(stamp)
      expect(clock.value).toBeGreaterThan(before)
    }
  })

  it('LC4 accepts whole numbers in range only', () => {
    const clock = new LamportClock()
    for (const stamp of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, lamportMax, '4', null, undefined, {}])
      expect(clock.accepts(stamp), String(stamp)).toBe(false)
    expect(clock.accepts(0)).toBe(true)
  })

  it('LC5 is not led to its end by one message', () => {
    const clock = new LamportClock()
    expect(clock.accepts(lamportLeapMax)).toBe(true)
    expect(clock.accepts(lamportLeapMax + 1)).toBe(false)
    clock.onReceive(5)
    expect(clock.accepts(lamportLeapMax + 1)).toBe(true)
  })

  it('LC5 that begins anew catches up with nodes that count very high', () => {
    const clock = new LamportClock()
    const high = 2.5 * lamportLeapMax
    const values = Array.from({ length: 4 }, () => {
      clock.onReceive(high)
      return clock.value
    })
    expect(values).toEqual([lamportLeapMax + 1, 2 * lamportLeapMax + 2, high + 1, high + 2])
  })

  it('LC6 stands still at its end, where others read it still', () => {
    const clock = new LamportClock()
    for (let lifts = 0; lifts <= lamportMax / lamportLeapMax; lifts += 1) clock.onReceive(lamportMax - 1)
    expect([clock.beforeSend(), clock.beforeSend()]).toEqual([lamportMax - 1, lamportMax - 1])
    expect(isStamp(clock.value)).toBe(true)
  })

  it('puts a cause before its effect across three nodes', () => {
    const [first, second, third] = [new LamportClock(), new LamportClock(), new LamportClock()]
    const stamps = [first.beforeSend()]
    second.onReceive(stamps[0]!)
    stamps.push(second.beforeSend())
    third.onReceive(stamps[1]!)
    stamps.push(third.beforeSend())
    expect(stamps).toEqual([1, 3, 5])
  })
})
