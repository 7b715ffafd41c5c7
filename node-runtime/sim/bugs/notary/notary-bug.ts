import type { NotaryParts } from '../../subjects/notary/parts.ts'
import type { Replacement } from '../raft/replaced.ts'

/** One right part replaced by a wrong one, or rules inside a peer, and the property that is meant to notice. */
export interface NotaryBug {
  readonly name: string
  readonly property: string
  readonly parts?: Partial<NotaryParts>
  readonly rules?: readonly Replacement[]
}
