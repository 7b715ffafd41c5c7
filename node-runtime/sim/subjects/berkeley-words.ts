import type { BerkeleyMessage, BerkeleyNote, BerkeleyView } from '#cores/clocks/berkeley-messages'
import type { BullyMessage } from '#cores/election/messages'

/** The words of clocks, and of the election that says who coordinates them. */
export type BerkeleyWords = {
  readonly message: BerkeleyMessage | BullyMessage
  readonly view: BerkeleyView
  readonly note: BerkeleyNote
}
