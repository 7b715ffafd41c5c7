import { encodeChatAnswer } from '#cores/chat/answer-codec'
import { decodeChatAnswer } from '#cores/chat/index'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import type { ChatBug } from './chat-bug.ts'
import { spoiltMachine } from './machine-with-bug.ts'

/** Of two refusals in a command, it tells one. */
export const forgetsAnOutcome: ChatBug = {
  name: 'forgets-an-outcome',
  property: nobodyComplains.name,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) => {
      const bytes = right.apply(entry, state)
      const answer = decodeChatAnswer(bytes)
      if (answer?.kind !== 'done') return bytes
      const refused = answer.outcomes.filter(({ kind }) => kind === 'refused')
      return refused.length < 2 ? bytes : encodeChatAnswer({ ...answer, outcomes: answer.outcomes.slice(1) })
    },
  })),
}
