import { describe, expect, it } from 'vitest'
import { Random } from '#kit/random'
import { historyText, parseHistory } from './history-file.ts'
import { list } from './models/list.ts'
import { register } from './models/register.ts'
import { listServer, registerServer } from './testing/servers.ts'
import { otherListAnswer, otherRegisterAnswer, smallHistory } from './testing/small-histories.ts'
import { lost, read, refused, write } from './testing/words.ts'

describe('a history in a file', () => {
  it('is one line an operation', () => {
    expect(historyText([write('a', [1, 2], 7), lost(read('b', [3, 4], null)), refused(read('c', [5, 6], 7))])).toBe(
      `{"process":"a","key":"k","op":{"kind":"write","value":7},"invokedAt":1,"ending":{"kind":"ok","at":2,"answer":null}}
{"process":"b","key":"k","op":{"kind":"read"},"invokedAt":3,"ending":{"kind":"unknown"}}
{"process":"c","key":"k","op":{"kind":"read"},"invokedAt":5,"ending":{"kind":"failed"}}
`,
    )
  })

  it('comes back as it went', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const random = new Random(`file ${seed}`)
      const mix = { reads: 4, writes: 3, values: null }
      const registers = smallHistory(random, registerServer(mix), otherRegisterAnswer)
      expect(parseHistory(historyText(registers), register)).toEqual({ ok: true, value: registers })
      const lists = smallHistory(random, listServer(mix), otherListAnswer)
      expect(parseHistory(historyText(lists), list)).toEqual({ ok: true, value: lists })
    }
  })

  it.each([
    ['no JSON', '{'],
    ['no operation', '7'],
    ['no process', line({ process: undefined })],
    ['no key', line({ key: 7 })],
    ['an operation that the model does not know', line({ op: { kind: 'delete' } })],
    ['a value that is none', line({ op: { kind: 'write', value: {} } })],
    ['a time that is none', line({ invokedAt: 1.5 })],
    ['no ending', line({ ending: null })],
    ['an ending of no kind', line({ ending: { kind: 'perhaps' } })],
    ['an end before its beginning', line({ ending: { kind: 'ok', at: 1, answer: null } })],
    ['an answer to another question', line({ ending: { kind: 'ok', at: 2, answer: true } })],
  ])('says in which line there is %s', (_, wrong) => {
    const text = `${line({})}\n${wrong}\n`
    expect(parseHistory(text, register)).toMatchObject({
      ok: false,
      failure: { code: 'bad-request', message: expect.stringMatching('line 2') },
    })
  })

  it('refuses a line that is too long', () => {
    const text = line({ process: 'a'.repeat(1_000_000) })
    expect(parseHistory(text, register)).toMatchObject({ ok: false, failure: { code: 'too-large' } })
  })
})

function line(change: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...write('a', [1, 2], 7), ...change })
}
