import { describe, expect, it } from 'vitest'
import { brokerLimits } from './request-table.ts'
import { Turns } from './turns.ts'

const { underWayPerProgramMax, openPerProgramMax } = brokerLimits

describe('turns', () => {
  it('let a few of one program be under way, and the next ones wait in their order', () => {
    const turns = new Turns<number>()
    const begun = Array.from({ length: openPerProgramMax + 2 }, (_, item) => turns.begin('loud', item))
    const waiting = openPerProgramMax - underWayPerProgramMax
    const many = (count: number, what: string): readonly string[] => Array.from({ length: count }, () => what)
    expect(begun).toEqual([...many(underWayPerProgramMax, 'now'), ...many(waiting, 'later'), ...many(2, 'too-much')])
    expect(turns.size).toBe(waiting)
    expect([turns.ended('loud'), turns.ended('loud')]).toEqual([underWayPerProgramMax, underWayPerProgramMax + 1])
    expect(turns.begin('loud', 0)).toBe('later')
  })

  it('of one program are no matter of another', () => {
    const turns = new Turns<number>()
    for (let item = 0; item < openPerProgramMax; item += 1) turns.begin('loud', item)
    expect(turns.begin('quiet', 0)).toBe('now')
    expect(turns.ended('quiet')).toBe(null)
  })

  it('are forgotten with the last one', () => {
    const turns = new Turns<number>()
    for (let round = 0; round < 3; round += 1) {
      for (let item = 0; item < underWayPerProgramMax; item += 1) expect(turns.begin('one', item)).toBe('now')
      for (let item = 0; item < underWayPerProgramMax; item += 1) expect(turns.ended('one')).toBe(null)
    }
    expect(turns.ended('one')).toBe(null)
    expect(turns.begin('one', 1)).toBe('now')
  })

  it('of all programs together have a limit', () => {
    const turns = new Turns<number>()
    const programs = Math.ceil(brokerLimits.openForeignMax / (openPerProgramMax - underWayPerProgramMax)) + 1
    const begun: string[] = []
    for (let program = 0; program < programs; program += 1) {
      for (let item = 0; item < openPerProgramMax; item += 1) begun.push(turns.begin(`${program}`, item))
    }
    expect(turns.size).toBe(brokerLimits.openForeignMax)
    expect(begun.at(-1)).toBe('too-much')
  })
})
