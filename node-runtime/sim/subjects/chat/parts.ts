import { chatMachine } from '#cores/chat/index'
import type { StateMachine } from '#kit/state-machine'

/** What a planted bug may put in the place of something right. */
export interface ChatParts {
  /** One for each life of a server. `wallMs`: what no machine should look at. */
  machineOf(world: { readonly wallMs: () => number }): StateMachine
  /** What an asker does who hears nothing: asks again for the same deed, or for another one like it. */
  readonly again: 'same-id' | 'new-id'
}

export const rightChat: ChatParts = { machineOf: () => chatMachine(), again: 'same-id' }
