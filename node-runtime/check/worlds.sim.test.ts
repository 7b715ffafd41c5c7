import { describe, expect, it } from 'vitest'
import { checkLinearizable } from './linearizable.ts'
import { list } from './models/list.ts'
import { register } from './models/register.ts'
import { listBugs, registerBugs, withBug } from './testing/bugs.ts'
import { listServer, registerServer } from './testing/servers.ts'
import { drawHistory } from './testing/worlds.ts'

const mixed = { reads: 5, writes: 2, values: null }
const busy = { operations: 8_000, keys: 5, processes: 16, unknown: 100, slowPerMille: 5 }

/** More than this a turn for each operation, and the search has begun to guess. */
const stepsPerOperationMax = 4

describe('long histories of one copy are valid, and cost little', () => {
  it.each([
    { name: '20 s at 400/s on 5 keys', ...busy },
    { name: '120 s at 1,000/s on 5 keys', ...busy, operations: 120_000, unknown: 600 },
    { name: '200,000 on 30 keys', ...busy, operations: 200_000, keys: 30, unknown: 1_000 },
    { name: 'one key that is never at rest', ...busy, operations: 40_000, keys: 1, unknown: 400, slowPerMille: 50 },
    { name: 'every second answer lost', ...busy, keys: 2, unknown: 5_000 },
  ])('registers: $name', (world) => {
    const history = drawHistory({ ...world, seed: world.name, server: registerServer(mixed) })
    const { kind, effort } = checkLinearizable(register, history)
    expect(kind).toBe('valid')
    expect(effort.steps).toBeLessThan(stepsPerOperationMax * history.length)
  })

  it.each([0, 1, 2, 4, 8])('registers: %i reads of ten on one key, the rest half writes', (reads) => {
    const mix = { reads, writes: Math.ceil((10 - reads) / 2), values: null }
    for (const seed of ['1', '2', '3']) {
      const world = { ...busy, keys: 1, unknown: 500, slowPerMille: 20, seed, server: registerServer(mix) }
      const { kind, effort } = checkLinearizable(register, drawHistory(world))
      expect(kind).toBe('valid')
      expect(effort.steps).toBeLessThan(stepsPerOperationMax * world.operations)
    }
  })

  it('lists: 120 s at 1,000/s', () => {
    const world = { ...busy, operations: 120_000, keys: 240, unknown: 1_000, seed: 'lists' }
    const { kind, effort } = checkLinearizable(list, drawHistory({ ...world, server: listServer(mixed) }))
    expect(kind).toBe('valid')
    expect(effort.steps).toBeLessThan(stepsPerOperationMax * world.operations)
  })
})

describe('KC2 what a faulty copy answers is found, and shown in a few lines', () => {
  it.each(Object.entries(registerBugs))('a register %s', (_, bug) => {
    const server = withBug(registerServer(mixed), 30, bug)
    const verdict = checkLinearizable(register, drawHistory({ ...busy, unknown: 4, seed: 'faulty', server }))
    expect(verdict).toMatchObject({ kind: 'invalid', counterExample: { isMinimal: true } })
    if (verdict.kind !== 'invalid') return
    expect(verdict.counterExample.operations.length, verdict.counterExample.text).toBeLessThanOrEqual(6)
    expect(checkLinearizable(register, verdict.counterExample.operations).kind).toBe('invalid')
  })

  it.each(Object.entries(listBugs))('a list that %s', (_, bug) => {
    const server = withBug(listServer(mixed), 30, bug)
    const verdict = checkLinearizable(list, drawHistory({ ...busy, keys: 20, seed: 'faulty', server }))
    expect(verdict).toMatchObject({ kind: 'invalid', counterExample: { isMinimal: true } })
    if (verdict.kind !== 'invalid') return
    expect(verdict.counterExample.operations.length, verdict.counterExample.text).toBeLessThanOrEqual(4)
    expect(checkLinearizable(list, verdict.counterExample.operations).kind).toBe('invalid')
  })
})
