import type { ChatProfile } from '#contract/worker/chat'
import type { ChatRow } from '#contract/worker/chat-calls'

/** What is drawn beside an own message, and which sentence explains it. */
export interface Tick {
  readonly sign: 'clock' | 'one' | 'two' | 'seen' | 'no'
  readonly sentence: 'queued' | 'sent' | 'few' | 'majority' | 'all' | 'seen' | 'refused'
  readonly copies: number
  readonly servers: number
  readonly by: number
}

/**
 * `applied`: how far each server that speaks has come in the log. Who has come as far as the message's entry has it too,
 * so the window may see more copies than the answer promised, and never fewer.
 */
export function tickOf(
  { state, logIndex }: Pick<ChatRow, 'state' | 'logIndex'>,
  profile: ChatProfile,
  applied: readonly number[],
): Tick {
  const none = { copies: 0, servers: 0, by: 0 }
  switch (state.kind) {
    case 'queued':
      return { sign: 'clock', sentence: 'queued', ...none }
    case 'sent':
      return { sign: 'one', sentence: 'sent', ...none }
    case 'refused':
      return { sign: 'no', sentence: 'refused', ...none }
    case 'stored':
    case 'seen': {
      const { servers } = state
      const seen = logIndex === null ? 0 : applied.filter((index) => index >= logIndex).length
      const copies = Math.min(servers, Math.max(state.copies, seen))
      const counts = { copies, servers, by: state.kind === 'seen' ? state.by : 0 }
      if (counts.by > 0) return { sign: 'seen', sentence: 'seen', ...counts }
      if (copies >= servers) return { sign: 'two', sentence: 'all', ...counts }
      // Where everyone answers no majority was asked, and a second copy only makes it likelier to last.
      const isKept = profile === 'leader' && 2 * copies > servers
      return isKept ? { sign: 'two', sentence: 'majority', ...counts } : { sign: 'one', sentence: 'few', ...counts }
    }
  }
}
