import { type RaftParts as CoreParts, RaftCore } from '#cores/raft/core'
import type { RaftConfig, RaftInput, RaftOutput, RaftView, Restored } from '#cores/raft/messages'
import type { AppliedState } from './applied-state.ts'
import type { Found, Keeping, RaftDisk } from './disk.ts'

/** The slice of the core that feeding it needs. A planted bug may stand in front of the real one. */
export interface RaftMachine {
  readonly view: RaftView
  step(inputs: readonly RaftInput[]): RaftOutput
}

/** What an output asks for. Their order is the safety argument. */
export type Deed = 'keep' | 'note' | 'send' | 'apply' | 'answer'

/** What the program is made of. The right parts are below; a planted bug substitutes one of them. */
export interface ProgramParts {
  makeCore(config: RaftConfig, restored: Restored, parts: CoreParts): RaftMachine
  /** What a new life makes of what it finds on its disk. */
  restore(found: Found): Found
  readonly order: readonly Deed[]
  keep(disk: RaftDisk, keeping: Keeping): void
  /** What the log may be compacted to. */
  needlessUpTo(state: AppliedState): number
}

export const rightParts: ProgramParts = {
  makeCore: (config, restored, parts) => new RaftCore(config, restored, parts),
  restore: (found) => found,
  order: ['keep', 'note', 'send', 'apply', 'answer'],
  keep: (disk, keeping) => disk.keep(keeping),
  needlessUpTo: (state) => state.durableIndex,
}
