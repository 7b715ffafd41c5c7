import { expect, it } from 'vitest'
import { JsonLines, jsonLine } from './json-lines.ts'

it('gives whole values, however the bytes are cut', () => {
  const values = [{ a: 1 }, 'ção\n', null]
  const bytes = Buffer.from(values.map(jsonLine).join(''))
  for (let size = 1; size < bytes.length; size += 1) {
    const lines = new JsonLines(100)
    const got: unknown[] = []
    for (let from = 0; from < bytes.length; from += size)
      got.push(...(lines.push(bytes.subarray(from, from + size)) ?? []))
    expect(got).toEqual(values)
  }
})

it('gives up on a line over the limit, before its end is seen', () => {
  const lines = new JsonLines(10)
  expect(lines.push(Buffer.from('"123'))).toEqual([])
  expect(lines.push(Buffer.from('4567890'))).toBeNull()
})

it('gives up on a whole line over the limit', () => {
  expect(new JsonLines(4).push(Buffer.from('"12345"\n'))).toBeNull()
})

it('gives up on what is no JSON', () => {
  expect(new JsonLines(100).push(Buffer.from('GET / HTTP/1.1\r\n'))).toBeNull()
})
