import { chatLimits } from '#cores/chat/limits'
import type { Replacement } from '../../bugs/raft/replaced.ts'
import type { Scenario } from '../../scenario.ts'

/** Real locks are held for longer than most runs last. */
export function shortLocks({ settings }: Scenario): Replacement {
  const { lockMs = chatLimits.lockMs } = settings
  return { of: chatLimits, name: 'lockMs', replace: (right) => ({ ...right, value: lockMs }) }
}
