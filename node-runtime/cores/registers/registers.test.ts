import { beforeEach, describe, expect, it } from 'vitest'
import type { StateRow, StateTx } from '#kit/state-machine'
import { decodeRegisterAnswer, encodeRegisterAnswer, type RegisterAnswer } from './answers.ts'
import { registerLimits, registers } from './registers.ts'
import {
  decodeRegisterCommand,
  decodeRegisterQuery,
  encodeRegisterCommand,
  encodeRegisterQuery,
  type RegisterCommand,
  type RegisterQuery,
} from './requests.ts'

/** A state in a map, and nothing but. */
class MapState implements StateTx {
  readonly rows = new Map<string, Uint8Array>()

  get(space: string, key: string): Uint8Array | null {
    return this.rows.get(`${space}/${key}`) ?? null
  }

  scan(): readonly StateRow[] {
    throw new Error('registers never scan')
  }

  put(space: string, key: string, value: Uint8Array): void {
    this.rows.set(`${space}/${key}`, value)
  }

  delete(): void {
    throw new Error('registers never delete')
  }
}

let state: MapState
let index = 0

beforeEach(() => {
  state = new MapState()
})

const applyBytes = (bytes: Uint8Array): RegisterAnswer | null => {
  index += 1
  return decodeRegisterAnswer(registers.apply({ index, atMs: index * 3, lamport: index * 2, bytes }, state))
}
const apply = (command: RegisterCommand): RegisterAnswer | null => applyBytes(encodeRegisterCommand(command))
const query = (asked: RegisterQuery): RegisterAnswer | null =>
  decodeRegisterAnswer(registers.query(encodeRegisterQuery(asked), state))
const write = (key: string, ...value: number[]) => apply({ kind: 'write', key, value: Uint8Array.from(value) })
const swap = (key: string, expected: readonly number[] | null, ...value: number[]) =>
  apply({
    kind: 'swap',
    key,
    expected: expected === null ? null : Uint8Array.from(expected),
    value: Uint8Array.from(value),
  })
const append = (key: string, ...item: number[]) => apply({ kind: 'append', key, item: Uint8Array.from(item) })
const read = (key: string) => query({ kind: 'read', key })
const refused = (why: string) => ({ kind: 'refused', why })
const value = (...bytes: number[]) => ({ kind: 'value', value: Uint8Array.from(bytes) })
const nothing = { kind: 'value', value: null }

describe('registers', () => {
  it('RG1 hold what was written last', () => {
    expect(read('k')).toEqual(nothing)
    expect(write('k', 1)).toEqual({ kind: 'written' })
    write('k', 2, 3)
    write('other', 9)
    expect(read('k')).toEqual(value(2, 3))
    write('k')
    expect(read('k')).toEqual(value())
  })

  it('RG2 swap only what is expected', () => {
    write('k', 1, 2)
    for (const wrong of [null, [], [1], [1, 3], [1, 2, 3]]) {
      expect(swap('k', wrong, 7)).toEqual({ kind: 'not-swapped', found: Uint8Array.of(1, 2) })
    }
    expect(read('k')).toEqual(value(1, 2))
    expect(swap('k', [1, 2], 7)).toEqual({ kind: 'swapped' })
    expect(read('k')).toEqual(value(7))
  })

  it('RG2 expect nothing where nothing was ever written', () => {
    expect(swap('k', [], 1)).toEqual({ kind: 'not-swapped', found: null })
    expect(swap('k', null, 1)).toEqual({ kind: 'swapped' })
    expect(swap('k', null, 2)).toEqual({ kind: 'not-swapped', found: Uint8Array.of(1) })
  })

  it('RG3 keep lists beside values', () => {
    expect(query({ kind: 'read-list', key: 'k' })).toEqual({ kind: 'list', items: [] })
    expect(append('k', 1)).toEqual({ kind: 'appended', length: 1 })
    expect(append('k')).toEqual({ kind: 'appended', length: 2 })
    expect(append('k', 2, 2)).toEqual({ kind: 'appended', length: 3 })
    const items = [Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 2)]
    expect(query({ kind: 'read-list', key: 'k' })).toEqual({ kind: 'list', items })
    expect(read('k')).toEqual(nothing)
  })

  it('RG4 answer what goes past a limit, and change nothing', () => {
    const tooLarge = new Uint8Array(registerLimits.valueBytesMax + 1)
    const long = 'k'.repeat(registerLimits.keyCharsMax + 1)
    for (const key of ['', long]) {
      expect(write(key, 1)).toEqual(refused('bad-key'))
      expect(swap(key, null, 1)).toEqual(refused('bad-key'))
      expect(append(key, 1)).toEqual(refused('bad-key'))
      expect(read(key)).toEqual(refused('bad-key'))
    }
    expect(apply({ kind: 'write', key: 'k', value: tooLarge })).toEqual(refused('too-large'))
    expect(apply({ kind: 'swap', key: 'k', expected: null, value: tooLarge })).toEqual(refused('too-large'))
    expect(apply({ kind: 'append', key: 'k', item: tooLarge })).toEqual(refused('too-large'))
    expect(state.rows.size).toBe(0)
    expect(write(long.slice(1), 1)).toEqual({ kind: 'written' })
    expect(apply({ kind: 'write', key: 'k', value: tooLarge.subarray(1) })).toEqual({ kind: 'written' })
  })

  it('RG4 fill a list to its limit and no further', () => {
    const item = new Uint8Array(registerLimits.listBytesMax / 2 - 4)
    expect(apply({ kind: 'append', key: 'k', item })).toEqual({ kind: 'appended', length: 1 })
    expect(apply({ kind: 'append', key: 'k', item })).toEqual({ kind: 'appended', length: 2 })
    expect(append('k')).toEqual(refused('list-full'))
    expect(query({ kind: 'read-list', key: 'k' })).toEqual({ kind: 'list', items: [item, item] })
  })

  it('RG5 answer bytes that are no request', () => {
    const sound = encodeRegisterCommand({
      kind: 'swap',
      key: 'key',
      expected: Uint8Array.of(1),
      value: Uint8Array.of(2),
    })
    for (let length = 0; length < sound.length - 1; length += 1) {
      expect(applyBytes(sound.subarray(0, length)), `${length} bytes`).toEqual(refused('malformed'))
    }
    for (const bytes of [[], [3], [255, 1], [0, 1, 0, 0, 0, 255], [1, 0, 0, 0, 0, 7]]) {
      expect(applyBytes(Uint8Array.from(bytes))).toEqual(refused('malformed'))
      expect(decodeRegisterAnswer(registers.query(Uint8Array.from(bytes), state))).toEqual(refused('malformed'))
    }
    expect(state.rows.size).toBe(0)
  })

  it('RG6 are not changed by queries', () => {
    write('k', 1)
    append('l', 1)
    const before = structuredClone(state.rows)
    for (const kind of ['read', 'read-list'] as const) for (const key of ['k', 'l', 'x', '']) query({ kind, key })
    expect(state.rows).toEqual(before)
  })

  it('RG7 do the same anywhere and at any time', () => {
    const play = () => {
      const answers = [write('a', 1), swap('a', [1], 2), append('a', 3), write(''), swap('a', [1], 5)]
      return { answers, rows: [...state.rows] }
    }
    const first = play()
    state = new MapState()
    index = 1_000
    expect(play()).toEqual(first)
  })
})

describe('requests and answers', () => {
  it.each<RegisterCommand>([
    { kind: 'write', key: 'ação', value: Uint8Array.of(1) },
    { kind: 'swap', key: 'k', expected: null, value: new Uint8Array(0) },
    { kind: 'swap', key: 'k', expected: new Uint8Array(0), value: Uint8Array.of(1) },
    { kind: 'append', key: 'k', item: Uint8Array.of(1) },
  ])('are read as they were made: %o', (command) => {
    expect(decodeRegisterCommand(encodeRegisterCommand(command))).toEqual(command)
  })

  it.each<RegisterQuery>([
    { kind: 'read', key: 'ação' },
    { kind: 'read-list', key: '' },
  ])('are read as they were made: %o', (asked) => {
    expect(decodeRegisterQuery(encodeRegisterQuery(asked))).toEqual(asked)
  })

  it.each<RegisterAnswer>([
    { kind: 'written' },
    { kind: 'swapped' },
    { kind: 'not-swapped', found: null },
    { kind: 'not-swapped', found: Uint8Array.of(1) },
    { kind: 'appended', length: 70_000 },
    { kind: 'value', value: null },
    { kind: 'value', value: new Uint8Array(0) },
    { kind: 'list', items: [] },
    { kind: 'list', items: [new Uint8Array(0), Uint8Array.of(1, 2)] },
    { kind: 'refused', why: 'list-full' },
  ])('are read as they were made: %o', (answer) => {
    expect(decodeRegisterAnswer(encodeRegisterAnswer(answer))).toEqual(answer)
  })

  it.each([[[]], [[99]], [[0, 1]], [[2, 2]], [[3, 1]], [[4]], [[5, 9, 0, 0, 0, 1]], [[6, 77]]])(
    'are not read from %o',
    (bytes) => {
      expect(decodeRegisterAnswer(Uint8Array.from(bytes))).toBeNull()
    },
  )
})
