import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fail } from '#kit/result'
import { eraseLab, makeResetLab } from './reset-lab.ts'
import { memoryLab } from './testing/memory-lab.ts'

it('starts again what ran before, and nothing else', async () => {
  const { lab, done } = memoryLab()
  expect(await makeResetLab(lab)()).toEqual({ ok: true, value: null })
  expect(done).toEqual(['reset', 'start cluster notary'])
  await lab.stopCluster(lab.topology().clusters[0]!.id)
  await makeResetLab(lab)()
  expect(done).toEqual(['reset', 'start cluster notary', 'stop cluster notary', 'reset'])
})

it('starts nothing when the lab could not be reset', async () => {
  const { lab, done } = memoryLab()
  const stuck = { ...lab, reset: async () => fail('timed-out', 'a node does not stop') }
  expect(await makeResetLab(stuck)()).toMatchObject({ ok: false, failure: { code: 'timed-out' } })
  expect(done).toEqual([])
})

it('refuses a second reset while one is at work', async () => {
  const reset = makeResetLab(memoryLab().lab)
  const [first, second] = await Promise.all([reset(), reset()])
  expect(first.ok).toBe(true)
  expect(second).toMatchObject({ ok: false, failure: { code: 'busy' } })
})

it('erases the folder of one lab and leaves its neighbours', async () => {
  const labs = mkdtempSync(join(tmpdir(), 'reset-'))
  for (const lab of ['one', 'two']) {
    mkdirSync(join(labs, lab, 'nodes'), { recursive: true })
    writeFileSync(join(labs, lab, 'lab.json'), '{}')
  }
  expect(await eraseLab(join(labs, 'one'))).toEqual({ ok: true, value: null })
  expect([existsSync(join(labs, 'one')), existsSync(join(labs, 'two', 'lab.json'))]).toEqual([false, true])
  rmSync(labs, { recursive: true })
})
