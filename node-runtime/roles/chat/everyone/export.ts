import type { Content } from '#cores/chat/everyone/content'
import type { Exporting } from '../exports.ts'

/** The files of the course, in the order of all as it is now: what comes later may stand before what was given out already. */
export function* exported({ said, channels, users }: Content): Exporting {
  yield* [...said]
  return { channels, users }
}
