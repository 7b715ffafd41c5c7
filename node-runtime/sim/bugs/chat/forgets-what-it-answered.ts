import { acknowledgedStands } from '../../properties/chat/acknowledged-stands.ts'
import { Scratch } from '../notary/machine-with-bug.ts'
import type { ChatBug } from './chat-bug.ts'
import { spoiltMachine } from './machine-with-bug.ts'

/** Answers one command in so many without keeping what it did. */
const forgottenOneOf = 11

export const forgetsWhatItAnswered: ChatBug = {
  name: 'forgets-what-it-answered',
  property: acknowledgedStands.name,
  parts: spoiltMachine((right) => ({
    apply: (entry, state) => right.apply(entry, entry.index % forgottenOneOf === 0 ? new Scratch(state) : state),
  })),
}
