import type { RecordedEvent } from '#contract/window/recording'
import type { TraceWhat } from '#contract/worker/trace'

/** How much of what the peers do is told; the terminal has the same three. */
export const logModes = ['default', 'heartbeat', 'debug'] as const
export type LogMode = (typeof logModes)[number]

/** What people said, and elections: the rest is watch-keeping. */
const always: readonly string[] = ['records', 'text', 'token']

export function showsMessage(what: TraceWhat, mode: LogMode): boolean {
  if (mode === 'debug') return true
  if (!('messageKind' in what) || what.messageKind === null) return false
  return always.includes(what.messageKind) || (mode === 'heartbeat' && what.messageKind === 'beat')
}

/** A line of the log: what became of the ring always, single messages as the mode says, and each of them once. */
export function showsLine({ what }: RecordedEvent, mode: LogMode): boolean {
  if (what.kind === 'sent') return mode === 'debug'
  if (what.kind === 'received') return mode === 'debug' || (mode === 'heartbeat' && what.messageKind === 'beat')
  if (what.kind === 'dropped') return mode === 'debug'
  return true
}
