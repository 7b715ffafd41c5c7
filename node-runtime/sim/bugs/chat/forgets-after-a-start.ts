import { DeedMemo } from '#cores/chat/deed-rows'
import { DeedTable } from '#cores/chat/deed-table'
import { eventsAgree } from '../../properties/chat/events-agree.ts'
import { method } from '../raft/replaced.ts'
import type { ChatBug } from './chat-bug.ts'

const tablesOf = new WeakMap<DeedMemo, DeedTable>()

/** Knows which deeds were done for as long as it runs, and not from its state. */
export const forgetsAfterAStart: ChatBug = {
  name: 'forgets-after-a-start',
  property: eventsAgree.name,
  rules: [
    method(
      DeedMemo,
      'at',
      () =>
        function (this: DeedMemo) {
          const table = tablesOf.get(this) ?? new DeedTable()
          tablesOf.set(this, table)
          return table
        },
    ),
    method(DeedMemo, 'advance', () => () => {}),
  ],
}
