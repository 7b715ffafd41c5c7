import { FingerTable } from '#cores/notary/finger-table'
import { FingerMemo } from '#cores/notary/fingers'
import { askedOnceThereOnce } from '../../properties/notary/asked-once-there-once.ts'
import { method } from '../raft/replaced.ts'
import type { NotaryBug } from './notary-bug.ts'

const seenUpTo = new WeakMap<FingerTable, number>()

/** Finds what stood there before a command, and not what stands earlier in the same one. */
export const overlooksItsOwnBatch: NotaryBug = {
  name: 'overlooks-its-own-batch',
  property: askedOnceThereOnce.name,
  rules: [
    method(
      FingerMemo,
      'at',
      (right) =>
        function (this: FingerMemo, state, head) {
          const tables = right.call(this, state, head)
          for (const table of tables === null ? [] : [tables.hashes, tables.ids]) seenUpTo.set(table, head.size)
          return tables
        },
    ),
    method(
      FingerTable,
      'find',
      (right) =>
        function (this: FingerTable, finger, isMeant) {
          const size = seenUpTo.get(this) ?? 0
          return right.call(this, finger, (index) => index < size && isMeant(index))
        },
    ),
  ],
}
