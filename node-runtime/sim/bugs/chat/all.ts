import { asksAnew } from './asks-anew.ts'
import type { ChatBug } from './chat-bug.ts'
import { countsWhatItRefuses } from './counts-what-it-refuses.ts'
import { forgetsAfterAStart } from './forgets-after-a-start.ts'
import { forgetsAnOutcome } from './forgets-an-outcome.ts'
import { forgetsWhatItAnswered } from './forgets-what-it-answered.ts'
import { keepsEdits } from './keeps-edits.ts'
import { losesARequest } from './loses-a-request.ts'
import { marksWhatItPublishedItself } from './marks-what-it-published-itself.ts'
import { ownTimes } from './own-times.ts'
import { readsAtOnce } from './reads-at-once.ts'
import { readsBackwards } from './reads-backwards.ts'
import { showsToEverybody } from './shows-to-everybody.ts'
import { snapshotsWithoutDeeds } from './snapshots-without-deeds.ts'
import { takesLocksAway } from './takes-locks-away.ts'

export const chatBugs: readonly ChatBug[] = [
  asksAnew,
  countsWhatItRefuses,
  forgetsAfterAStart,
  forgetsAnOutcome,
  forgetsWhatItAnswered,
  keepsEdits,
  losesARequest,
  marksWhatItPublishedItself,
  ownTimes,
  readsAtOnce,
  readsBackwards,
  showsToEverybody,
  snapshotsWithoutDeeds,
  takesLocksAway,
]
