import { askedOnceThereOnce } from '../../properties/chat/asked-once-there-once.ts'
import type { ChatBug } from './chat-bug.ts'

/** Whoever hears nothing asks for the same again under another id. */
export const asksAnew: ChatBug = {
  name: 'asks-anew',
  property: askedOnceThereOnce.name,
  parts: { again: 'new-id' },
}
