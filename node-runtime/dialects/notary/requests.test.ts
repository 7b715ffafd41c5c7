import { describe, expect, it } from 'vitest'
import { isJsonType, readJson, readRegister, readSync, requestLimits } from './requests.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const register = (body: string, type = 'application/json') => readRegister(type, bytes(body))
const sync = (body: string) => readSync('application/json', bytes(body))
const block = { index: 1, timestamp: 't', data: 'd', previous_hash: 'p', hash: 'h' }

describe('what is asked of the dialects', () => {
  it('DN4 is a document', () => {
    expect(register('{"document":"Contrato nº 1","more":1}')).toEqual({ kind: 'document', text: 'Contrato nº 1' })
    expect(register('\ufeff{"document":" "}')).toEqual({ kind: 'document', text: ' ' })
  })

  it.each(['{}', '[]', 'null', '1', '"document"', '{"document":""}', '{"document":null}', '{"document":7}'])(
    'DN5 has no document: %s',
    (body) => expect(register(body)).toEqual({ kind: 'no-document' }),
  )

  it.each(['', 'nope', '{"document":"x"', '{"document":"\\ud800"}', "{'document':'x'}"])('DN2 is no JSON: %s', (body) =>
    expect(register(body)).toEqual({ kind: 'no-json' }),
  )

  it('DN2 is no JSON if its bytes are no UTF-8', () => {
    expect(readRegister('application/json', Uint8Array.of(0x22, 0xff, 0x22))).toEqual({ kind: 'no-json' })
  })

  it('DN2 is JSON by its content type alone', () => {
    for (const type of ['application/json', 'Application/JSON; charset=utf-8', 'application/ld+json']) {
      expect(isJsonType(type)).toBe(true)
    }
    for (const type of [undefined, '', 'text/plain', 'application/x-www-form-urlencoded', 'text/x+json', 'json']) {
      expect(isJsonType(type)).toBe(false)
      expect(readRegister(type, bytes('{"document":"x"}'))).toEqual({ kind: 'no-json' })
    }
  })

  it('DN7 is a block', () => {
    const { previous_hash: previousHash, ...rest } = block
    expect(sync(JSON.stringify({ block }))).toEqual({ kind: 'block', block: { ...rest, previousHash } })
  })

  it.each(['{}', '{"block":null}', '{"block":[]}', '[]', '{"block":{"index":9}}'])('DN7 has no block: %s', (body) =>
    expect(sync(body)).toEqual({ kind: 'no-block' }),
  )

  it.each(Object.keys(block))('DN7 has a block without a right %s', (part) => {
    expect(sync(JSON.stringify({ block: { ...block, [part]: undefined } }))).toEqual({ kind: 'no-block' })
    expect(sync(JSON.stringify({ block: { ...block, [part]: true } }))).toEqual({ kind: 'no-block' })
    expect(sync(JSON.stringify({ block: { ...block, [part]: -1 } }))).toEqual({ kind: 'no-block' })
  })

  const parsed = (body: string) => readJson('application/json', bytes(body))
  const { signsMax, oneBodyBytesMax } = requestLimits

  it.each([
    ['values', `[${'0,'.repeat(signsMax)}0]`],
    ['lists in lists', `${'['.repeat(signsMax + 1)}${']'.repeat(signsMax + 1)}`],
    ['objects', `{"a":[${'{},'.repeat(signsMax / 2)}{}]}`],
    ['objects in objects', `${'{"a":'.repeat(signsMax)}0${'}'.repeat(signsMax)}`],
    ['values behind a text', `["\\\\\\"",${'0,'.repeat(signsMax)}0]`],
  ])('DN2 is not parsed with too many %s', (_, body) => {
    expect(parsed(body)).toBeNull()
  })

  it('DN2 is parsed with whatever signs in its texts, and all that a batch can have beside them', () => {
    const odd = '[{,:"\\'.repeat(40)
    const item = { sha256: 'ab'.repeat(32), bytes: 1, title: odd, registrant: odd.slice(0, 99), id: '\\' }
    const batch = { registrations: Array.from({ length: 10_000 }, () => item) }
    expect(parsed(JSON.stringify(batch))).toEqual({ value: batch })
  })

  it('DN13 is too long for one document, and for one block', () => {
    const padded = (body: object) => JSON.stringify({ ...body, more: 'x'.repeat(oneBodyBytesMax) })
    expect(register(padded({ document: 'x' }))).toEqual({ kind: 'too-long' })
    expect(sync(padded({ block }))).toEqual({ kind: 'too-long' })
    const longest = '\u0001'.repeat(64 * 1024)
    expect(register(JSON.stringify({ document: longest }))).toEqual({ kind: 'document', text: longest })
  })
})
