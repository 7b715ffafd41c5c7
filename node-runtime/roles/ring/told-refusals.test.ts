import { expect, it } from 'vitest'
import { ToldRefusals } from './told-refusals.ts'

it('tells of a sender once a minute for each kind, whatever its port is', () => {
  const told = new ToldRefusals()
  const isNews = (from: string, nowMs: number, why: 'garbage' | 'half' = 'garbage') => told.isNews(why, from, nowMs)
  expect([isNews('10.0.0.9:40000', 0), isNews('10.0.0.9:40001', 59_999), isNews('10.0.0.9', 60_000)]).toEqual([
    true,
    false,
    true,
  ])
  expect([isNews('10.0.0.9', 60_001, 'half'), isNews('10.0.0.8', 60_001)]).toEqual([true, true])
})

it('remembers a bounded number of senders, the latest ones', () => {
  const told = new ToldRefusals()
  for (let host = 0; host < 65; host += 1) told.isNews('garbage', `10.0.0.${host}`, 0)
  expect([told.isNews('garbage', '10.0.0.64', 1), told.isNews('garbage', '10.0.0.0', 1)]).toEqual([false, true])
})
