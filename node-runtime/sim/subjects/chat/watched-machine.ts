import { spaces } from '#cores/chat/rows'
import { ByteReader, ByteWriter, encodeText } from '#kit/bytes'
import { crc32 } from '#kit/crc32'
import type { StateMachine, StateView } from '#kit/state-machine'

/** No query of the chat: for the observer, who looks into every row. */
export const dumpQuery: Uint8Array = Uint8Array.of(250)

export interface Dump {
  readonly sum: number
  readonly words: readonly string[]
}

/** A machine that lets an observer look at its rows. */
export function watched(machine: StateMachine): StateMachine {
  return {
    apply: (command, state) => machine.apply(command, state),
    query: (query, state) => (query[0] === dumpQuery[0] ? dump(state) : machine.query(query, state)),
  }
}

export function decodeDump(bytes: Uint8Array): Dump {
  const reader = new ByteReader(bytes)
  const sum = reader.number()
  return { sum, words: reader.text().split(' ') }
}

function dump(state: StateView): Uint8Array {
  let sum = 0
  const words = new Set<string>()
  for (const space of Object.values(spaces)) {
    for (const { key, value } of state.scan(space)) {
      sum = crc32(Uint8Array.of(...numberBytes(sum), ...encodeText(`${space} ${key} `), ...value))
      for (const [word] of letters(value).matchAll(said)) words.add(word)
    }
  }
  return new ByteWriter(64)
    .number(sum)
    .text([...words].join(' '))
    .done()
}

/** What is said begins so, so that it is found wherever it stands. */
const said = /word-[0-9a-f]+-/g

function letters(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

function numberBytes(value: number): readonly number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255]
}
