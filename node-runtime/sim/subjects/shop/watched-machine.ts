import { spaces } from '#cores/shop/catalogue/rows'
import { ByteReader, ByteWriter, encodeText } from '#kit/bytes'
import { crc32 } from '#kit/crc32'
import type { StateMachine, StateView } from '#kit/state-machine'

/** No query of a catalogue: for the observer, who looks into every row. */
export const dumpQuery: Uint8Array = Uint8Array.of(250)

/** A machine that lets an observer look at its rows. */
export function watched(machine: StateMachine): StateMachine {
  return {
    apply: (command, state) => machine.apply(command, state),
    query: (query, state) => (query[0] === dumpQuery[0] ? dump(state) : machine.query(query, state)),
  }
}

export function sumIn(bytes: Uint8Array): number {
  return new ByteReader(bytes).number()
}

function dump(state: StateView): Uint8Array {
  let sum = 0
  for (const space of Object.values(spaces)) {
    for (const { key, value } of state.scan(space)) {
      const writer = new ByteWriter(64 + value.length)
        .number(sum)
        .rest(encodeText(`${space} ${key} `))
        .rest(value)
      sum = crc32(writer.done())
    }
  }
  return new ByteWriter(8).number(sum).done()
}
