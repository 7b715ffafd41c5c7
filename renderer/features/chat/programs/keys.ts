import type { ChatForeignEvent } from '#contract/window/chat'

/** Numbers count those of a node. */
export function keyOf({ nodeId, number }: Pick<ChatForeignEvent, 'nodeId' | 'number'>): string {
  return `${nodeId}:${number}`
}
