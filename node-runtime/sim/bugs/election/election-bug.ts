import type { RaftOutput } from '#cores/raft/messages'
import type { ElectionParts } from '../../subjects/election-program.ts'

/** One right part replaced by a wrong one, and the property that is meant to notice. */
export interface ElectionBug {
  readonly name: string
  readonly property: string
  readonly parts: Partial<ElectionParts>
}

export const nothingDone: RaftOutput = { persist: null, messages: [], notes: [], anomaly: null }
