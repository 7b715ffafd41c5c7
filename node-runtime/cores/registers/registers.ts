import { assert, unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import type { Command, StateMachine, StateTx, StateView } from '#kit/state-machine'
import { encodeRegisterAnswer, type RegisterAnswer, type RegisterRefusal, readItems } from './answers.ts'
import { decodeRegisterCommand, decodeRegisterQuery, type RegisterCommand } from './requests.ts'

export const registerLimits = {
  keyCharsMax: 200,
  valueBytesMax: 64 * 1024,
  /** All items of a list with their lengths; an item that goes past it is refused. */
  listBytesMax: 64 * 1024,
} as const

const valueSpace = 'registers'
const listSpace = 'lists'
const countBytes = 4

/** Values under keys, and lists under keys of their own. SPEC.md has the rules. */
export const registers: StateMachine = {
  apply: ({ bytes }: Command, state: StateTx): Uint8Array => {
    const command = decodeRegisterCommand(bytes)
    return encodeRegisterAnswer(command === null ? refused('malformed') : applied(command, state))
  },
  query: (bytes: Uint8Array, state: StateView): Uint8Array => {
    const query = decodeRegisterQuery(bytes)
    if (query === null) return encodeRegisterAnswer(refused('malformed'))
    const { kind, key } = query
    if (!isKey(key)) return encodeRegisterAnswer(refused('bad-key'))
    if (kind === 'read') return encodeRegisterAnswer({ kind: 'value', value: state.get(valueSpace, key) })
    return encodeRegisterAnswer({ kind: 'list', items: itemsOf(state.get(listSpace, key)) })
  },
}

function applied(command: RegisterCommand, state: StateTx): RegisterAnswer {
  const { key } = command
  if (!isKey(key)) return refused('bad-key')
  switch (command.kind) {
    case 'write':
      return written(key, command.value, state)
    case 'swap': {
      const found = state.get(valueSpace, key)
      if (!isSame(found, command.expected)) return { kind: 'not-swapped', found }
      const answer = written(key, command.value, state)
      return answer.kind === 'written' ? { kind: 'swapped' } : answer
    }
    case 'append':
      return appended(key, command.item, state)
    default:
      return unreachable(command)
  }
}

function written(key: string, value: Uint8Array, state: StateTx): RegisterAnswer {
  if (value.length > registerLimits.valueBytesMax) return refused('too-large')
  state.put(valueSpace, key, value)
  return { kind: 'written' }
}

/** A list is one row: how many items, and the items. */
function appended(key: string, item: Uint8Array, state: StateTx): RegisterAnswer {
  if (item.length > registerLimits.valueBytesMax) return refused('too-large')
  const row = state.get(listSpace, key) ?? new Uint8Array(countBytes)
  const size = row.length + countBytes + item.length
  if (size - countBytes > registerLimits.listBytesMax) return refused('list-full')
  const length = new ByteReader(row).uint32() + 1
  state.put(listSpace, key, new ByteWriter(size).uint32(length).rest(row.subarray(countBytes)).bytes(item).done())
  return { kind: 'appended', length }
}

function itemsOf(row: Uint8Array | null): readonly Uint8Array[] {
  if (row === null) return []
  const reader = new ByteReader(row)
  const count = reader.uint32()
  const items = readItems(reader)
  assert(items.length === count, 'a list has as many items as it says')
  return items
}

function isKey(key: string): boolean {
  return key.length > 0 && key.length <= registerLimits.keyCharsMax
}

function isSame(one: Uint8Array | null, other: Uint8Array | null): boolean {
  if (one === null || other === null) return one === other
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}

function refused(why: RegisterRefusal): RegisterAnswer {
  return { kind: 'refused', why }
}
