import { describe, expect, it } from 'vitest'
import { failures } from './failures.ts'
import { fail, ok, type Result } from './result.ts'

describe('a result', () => {
  it('carries a value, also one that looks like nothing', () => {
    for (const value of [0, '', null, undefined, false]) expect(ok(value)).toEqual({ ok: true, value })
  })

  it('carries a code to decide by and a message to read', () => {
    expect(fail('disk-full', 'no room')).toEqual({
      ok: false,
      failure: { code: 'disk-full', message: 'no room' },
    })
  })

  it('survives a pipe, where only plain data does', () => {
    const results: Result<number>[] = [ok(1), fail('timed-out', 'silence')]
    expect(structuredClone(results)).toEqual(results)
  })
})

describe('the failures', () => {
  it('are definite unless nobody can know whether the thing happened', () => {
    const indefinite = Object.entries(failures).flatMap(([code, { definite }]) => (definite ? [] : [code]))
    expect(indefinite.sort()).toEqual(['internal', 'timed-out', 'worker-crashed'])
  })
})
