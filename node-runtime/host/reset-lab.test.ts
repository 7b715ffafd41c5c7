import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fail } from '#kit/result'
import { makeResetLab } from './reset-lab.ts'
import { memoryLab } from './testing/memory-lab.ts'

let labDir: string
const nodeFile = () => join(labDir, 'nodes', 'n1', 'node.sqlite')
beforeEach(() => {
  labDir = mkdtempSync(join(tmpdir(), 'reset-'))
  mkdirSync(join(labDir, 'nodes', 'n1'), { recursive: true })
  writeFileSync(nodeFile(), 'kept')
  writeFileSync(join(labDir, 'lab.json'), '{}')
})
afterEach(() => rmSync(labDir, { recursive: true }))

it('stops what runs, erases what nodes kept, and starts again what ran', async () => {
  const { lab, done } = memoryLab()
  expect(await makeResetLab(lab, labDir)()).toEqual({ ok: true, value: null })
  expect(done).toEqual(['clear all', 'stop cluster notary', 'start cluster notary'])
  expect([existsSync(nodeFile()), existsSync(join(labDir, 'lab.json'))]).toEqual([false, true])
})

it('erases nothing while a cluster still runs', async () => {
  const { lab } = memoryLab()
  const stuck = { ...lab, stopCluster: async () => fail('timed-out', 'it does not stop') }
  expect(await makeResetLab(stuck, labDir)()).toMatchObject({ ok: false, failure: { code: 'timed-out' } })
  expect(existsSync(nodeFile())).toBe(true)
})

it('refuses a second reset while one is at work', async () => {
  const reset = makeResetLab(memoryLab().lab, labDir)
  const [first, second] = await Promise.all([reset(), reset()])
  expect(first.ok).toBe(true)
  expect(second).toMatchObject({ ok: false, failure: { code: 'busy' } })
})
