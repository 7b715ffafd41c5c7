import { describe, expect, it } from 'vitest'
import { checkLinearizable } from './linearizable.ts'
import { type RegisterAnswer, type RegisterOp, register } from './models/register.ts'
import { HistoryRecorder } from './recorder.ts'

describe('a recorder of histories', () => {
  it('counts beginnings and ends in one order', () => {
    const recorder = new HistoryRecorder<RegisterOp, RegisterAnswer>()
    const first = recorder.begin('a', 'k', { kind: 'write', value: 1 })
    const second = recorder.begin('b', 'k', { kind: 'read' })
    recorder.end(first, { kind: 'ok', answer: null })
    recorder.end(second, { kind: 'ok', answer: 1 })
    expect(recorder.history()).toEqual([
      {
        process: 'a',
        key: 'k',
        op: { kind: 'write', value: 1 },
        invokedAt: 1,
        ending: { kind: 'ok', at: 3, answer: null },
      },
      { process: 'b', key: 'k', op: { kind: 'read' }, invokedAt: 2, ending: { kind: 'ok', at: 4, answer: 1 } },
    ])
    expect(checkLinearizable(register, recorder.history()).kind).toBe('valid')
  })

  it('KH3 tells what was refused from what nobody knows, and what has not ended is not known', () => {
    const recorder = new HistoryRecorder<RegisterOp, RegisterAnswer>()
    const tokens = [1, 2, 3].map((value) => recorder.begin('a', 'k', { kind: 'write', value }))
    recorder.end(tokens[0]!, { kind: 'failed' })
    recorder.end(tokens[1]!, { kind: 'unknown' })
    expect(recorder.history().map(({ ending }) => ending.kind)).toEqual(['failed', 'unknown', 'unknown'])
    expect(recorder.ended).toEqual({ ok: 0, failed: 1, unknown: 1 })
  })

  it('takes no second end', () => {
    const recorder = new HistoryRecorder<RegisterOp, RegisterAnswer>()
    const token = recorder.begin('a', 'k', { kind: 'read' })
    recorder.end(token, { kind: 'unknown' })
    expect(() => recorder.end(token, { kind: 'ok', answer: 1 })).toThrow('does not end twice')
  })
})
