import type { ChatParts } from '../../subjects/chat/parts.ts'
import type { Replacement } from '../raft/replaced.ts'

/** One right part replaced by a wrong one, or rules inside a server, and the property that is meant to notice. */
export interface ChatBug {
  readonly name: string
  readonly property: string
  readonly parts?: Partial<ChatParts>
  readonly rules?: readonly Replacement[]
}
