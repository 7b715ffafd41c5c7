import type { NodeView, PeerLinkView } from '#contract/worker/view'
import type { RoleFacts } from './role.ts'

/** What the process knows about itself beside its role. */
export interface ProcessFacts {
  readonly lamport: number
  readonly skewMs: number
  readonly links: readonly PeerLinkView[]
  readonly traceDropped: number
  readonly cpuPercent: number
  readonly memoryMb: number
  readonly logTail: readonly string[]
}

/** Before a role runs, and for a worker whose role could not start, there is nothing to tell but the process. */
export const noRole: RoleFacts = {
  leadership: null,
  log: null,
  clockSync: null,
  notary: null,
  desk: null,
  ring: null,
  chat: null,
  shop: null,
  timers: [],
  isPaused: false,
  canWrite: true,
  inboxLength: 0,
  anomalies: 0,
}

export function nodeView(role: RoleFacts, process: ProcessFacts): NodeView {
  return { ...role, ...process }
}
