import type { Member, PeerId, TextContent, TextMessage } from '../messages.ts'
import type { RingHome, RingSteering } from '../parts.ts'

/** What both kinds of rings with reference peers need of the texts. */
export interface Speaking {
  readonly home: RingHome
  readonly steering: RingSteering
  /** A word of this peer's own. */
  word(content: TextContent): TextMessage
  /** Round the ring, to all its members in the form of each. */
  passOn(word: TextMessage): void
  /** Asks to be taken in by a reference peer that leads. */
  discover(): void
  memberFor(id: PeerId): Member
}
