import { eventsAgree } from '../../properties/chat/events-agree.ts'
import type { ChatBug } from './chat-bug.ts'
import { spoiltMachine } from './machine-with-bug.ts'

/** Writes the time of its own clock into an event. */
export const ownTimes: ChatBug = {
  name: 'own-times',
  property: eventsAgree.name,
  parts: spoiltMachine((right, { wallMs }) => ({
    apply: (entry, state) => right.apply({ ...entry, atMs: wallMs() }, state),
  })),
}
