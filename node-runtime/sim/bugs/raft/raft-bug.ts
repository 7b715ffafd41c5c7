import type { Persist } from '#cores/raft/messages'
import type { ProgramParts } from '../../subjects/raft/parts.ts'
import type { Replacement } from './replaced.ts'

/** One right part replaced by a wrong one, or one rule inside the core, and the property that is meant to notice. */
export interface RaftBug {
  readonly name: string
  readonly property: string
  readonly parts?: Partial<ProgramParts>
  readonly rules?: readonly Replacement[]
}

export const nothingKept: Persist = { hard: null, dropsIncoming: false, chunks: [], entries: [], base: null }
