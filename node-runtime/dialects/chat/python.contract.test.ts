import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '#kit/hex'
import { canonicalJson, decode, encode, toJson } from './codec.ts'
import { coursePublication, courseRequest, readRequest } from './index.ts'
import { python } from './testing/foreign-program.ts'
import { anyMap, valueFrom } from './testing/values.ts'
import type { Value } from './values.ts'

const script = fileURLToPath(new URL('testing/messagepack_echo.py', import.meta.url))

/** What Python makes of our bytes, and how it writes the same. */
function asPythonReads(all: readonly Uint8Array[]): readonly { readonly read: unknown; readonly packed: Uint8Array }[] {
  const { stdout, stderr } = spawnSync(python ?? '', [script], {
    input: all.map((each) => `${toHex(each)}\n`).join(''),
  })
  expect(stderr.toString()).toBe('')
  const lines = stdout.toString().trimEnd().split('\n')
  return lines.map((line) => {
    const { read, packed } = JSON.parse(line)
    return { read, packed: fromHex(packed) ?? new Uint8Array() }
  })
}

describe.skipIf(python === null)("Python's msgpack (skipped without python3-zmq and python3-msgpack of Debian)", () => {
  it('DC2 DC3 reads what we write, and we what it writes', () => {
    const maps = fc.sample(anyMap, { numRuns: 300, seed: 6 })
    const answers = asPythonReads(maps.map((map) => encode('messagepack', map)))
    expect(answers).toHaveLength(maps.length)
    for (const [index, { read, packed }] of answers.entries()) {
      const map: Value = maps[index] ?? null
      expect(canonicalJson(valueFrom(read))).toBe(canonicalJson(map))
      expect(decode('messagepack', packed)?.value).toEqual(map)
    }
  })

  it('DC20 DC26 has the words of the course in it', () => {
    const stamp = { atMs: 1_795_225_158_250, clock: 2 ** 40 }
    const ask = { kind: 'message', src: 'ana', dst: 'bia', message: 'olá, 🐝' } as const
    const said = { kind: 'publish', from: 'ana', to: 'geral', text: '', origin: 's1', ...stamp } as const
    const [request, publication] = asPythonReads([
      courseRequest('messagepack', ask, stamp),
      coursePublication('messagepack', said).payload,
    ])
    const { kind: service, ...fields } = ask
    expect(request?.read).toEqual({ service, data: { ...fields, timestamp: 1_795_225_158.25, clock: 2 ** 40 } })
    expect(readRequest([request?.packed ?? new Uint8Array()])).toMatchObject({ kind: 'course', ask, stamp })
    expect(toJson(decode('messagepack', publication?.packed ?? new Uint8Array())?.value ?? null)).toBe(
      JSON.stringify(publication?.read),
    )
  })
})
