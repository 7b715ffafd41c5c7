import type { ChatPlan } from '#contract/worker/chat'
import type { NodePlan } from '#contract/worker/protocol'
import { assert } from '#kit/assert'

export function chatOf({ chat, nodeId }: NodePlan): ChatPlan {
  assert(chat !== null, `${nodeId} is a node of a chat`)
  return chat
}
