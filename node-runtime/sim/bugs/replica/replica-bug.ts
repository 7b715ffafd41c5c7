import type { ReplicaParts } from '../../subjects/replica/parts.ts'
import type { Replacement } from '../raft/replaced.ts'

/** One right part replaced by a wrong one, or one rule inside the role, and the property that is meant to notice. */
export interface ReplicaBug {
  readonly name: string
  readonly property: string
  readonly parts?: Partial<ReplicaParts>
  readonly rules?: readonly Replacement[]
}
