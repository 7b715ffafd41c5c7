import type { StateMachine } from '#kit/state-machine'
import { type ChatParts, rightChat } from '../../subjects/chat/parts.ts'

interface World {
  readonly wallMs: () => number
}

/** A right machine of which something is spoilt, for one life of it. */
export function spoiltMachine(
  spoil: (right: StateMachine, world: World) => Partial<StateMachine>,
): Pick<ChatParts, 'machineOf'> {
  return {
    machineOf: (world) => {
      const right = rightChat.machineOf(world)
      return {
        apply: (entry, state) => right.apply(entry, state),
        query: (query, state) => right.query(query, state),
        ...spoil(right, world),
      }
    },
  }
}
