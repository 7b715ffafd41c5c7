import { expect, it } from 'vitest'
import { Callers } from './callers.ts'

const minuteMs = 60_000

it('whoever asks counts for a while, once', () => {
  const callers = new Callers()
  callers.heard('ana', 0)
  callers.heard('bia', 10)
  callers.heard('ana', 20)
  expect(callers.size).toBe(2)
  expect(callers.look(minuteMs + 10)).toBe(true)
  expect(callers.size).toBe(1)
  expect(callers.look(minuteMs + 11)).toBe(false)
  expect(callers.look(minuteMs + 20)).toBe(true)
  expect(callers.size).toBe(0)
})

it('a flood of connections keeps no more than the bound', () => {
  const callers = new Callers()
  for (let count = 0; count < 12_000; count += 1) callers.heard(`one-${count}`, count)
  expect(callers.size).toBe(10_000)
})

it('programs are known by the last name that they gave themselves, the newest first', () => {
  const callers = new Callers()
  callers.heard('desk-1', 0)
  callers.heard('a', 1, 'ana')
  callers.heard('b', 2, '')
  callers.heard('a', 3, '')
  callers.heard('c', 4, 'bia')
  expect(callers.programs(10)).toEqual(['bia', 'ana', ''])
  expect(callers.programs(2)).toEqual(['bia', 'ana'])
  callers.heard('c', 5, 'carla')
  expect(callers.programs(1)).toEqual(['carla'])
})
