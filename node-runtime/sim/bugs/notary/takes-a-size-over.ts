import { readWitnesses, writeWitnesses } from '#cores/notary/command-codec'
import { spaces } from '#cores/notary/rows'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { receiptsStayProven } from '../../properties/notary/receipts-stay-proven.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { NotaryBug } from './notary-bug.ts'

/** A new list of witnesses judges the present size too, of which there may be a checkpoint by the list before. */
export const takesASizeOver: NotaryBug = {
  name: 'takes-a-size-over',
  property: receiptsStayProven.name,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) =>
      right.apply(entry, {
        get: (space, key) => state.get(space, key),
        scan: (space, range) => state.scan(space, range),
        delete: (space, key) => state.delete(space, key),
        put: (space, key, row) => {
          const isFirst = state.scan(spaces.witnesses, { limit: 1 }).every((first) => first.key === key)
          state.put(space, key, space === spaces.witnesses && !isFirst ? oneSooner(row) : row)
        },
      }),
  })),
}

function oneSooner(row: Uint8Array): Uint8Array {
  const reader = new ByteReader(row)
  const from = reader.count()
  const list = readWitnesses(reader)
  return list === null ? row : writeWitnesses(new ByteWriter(512).number(from - 1), list).done()
}
