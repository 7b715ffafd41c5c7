import { FingerTable } from '#cores/notary/finger-table'
import { FingerMemo, type Fingers } from '#cores/notary/fingers'
import { recordsAgree } from '../../properties/notary/records-agree.ts'
import { method } from '../raft/replaced.ts'
import type { NotaryBug } from './notary-bug.ts'

const tablesOf = new WeakMap<FingerMemo, Fingers>()

/** Knows which documents and ids stand there for as long as it runs, and not from its state. */
export const forgetsAfterAStart: NotaryBug = {
  name: 'forgets-after-a-start',
  property: recordsAgree.name,
  rules: [
    method(
      FingerMemo,
      'at',
      () =>
        function (this: FingerMemo) {
          const tables = tablesOf.get(this) ?? { hashes: new FingerTable(), ids: new FingerTable() }
          tablesOf.set(this, tables)
          return tables
        },
    ),
    method(FingerMemo, 'advance', () => () => {}),
  ],
}
