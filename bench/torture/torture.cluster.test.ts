import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { torture } from './torture.ts'

/** Another one each day: what a seed draws here is only when what is broken, so it needs no replay to be true. */
const seed = new Date().toISOString().slice(0, 10)

it('a group of three that is killed, stopped, cut off and starved still behaves like one copy', async () => {
  const keepIn = join(tmpdir(), 'colmeia-torture')
  const report = await torture({ peers: 3, seconds: 20, seed, keepIn })
  expect(report.failures).toEqual([])
  expect([report.lost, report.doubled]).toEqual([0, 0])
}, 180_000)
