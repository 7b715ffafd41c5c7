import type { Command, StateMachine, StateTx, StateView } from '#kit/state-machine'
import { refusedCommand } from './answer-codec.ts'
import { applyCommand } from './apply.ts'
import { decodeChatCommand } from './command-codec.ts'
import { DeedMemo } from './deed-rows.ts'
import { answerQuery } from './queries.ts'
import { noQuery } from './query-answer-codec.ts'
import { decodeChatQuery } from './query-codec.ts'

/** What a committed command does to the chat, and what can be asked of it. SPEC.md has the rules. */
export function chatMachine(): StateMachine {
  const memo = new DeedMemo()
  return {
    apply: (entry: Command, state: StateTx): Uint8Array => {
      const command = decodeChatCommand(entry.bytes)
      return command === null ? refusedCommand : applyCommand(state, entry, { command, memo })
    },
    query: (bytes: Uint8Array, state: StateView): Uint8Array => {
      const query = decodeChatQuery(bytes)
      return query === null ? noQuery : answerQuery(state, query, memo)
    },
  }
}
