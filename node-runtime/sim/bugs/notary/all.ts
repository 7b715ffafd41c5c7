import { callsTheOldNew } from './calls-the-old-new.ts'
import { chainsAsProposed } from './chains-as-proposed.ts'
import { countsAhead } from './counts-ahead.ts'
import { executesAgain } from './executes-again.ts'
import { forgetsAfterAStart } from './forgets-after-a-start.ts'
import { forgetsSessions } from './forgets-sessions.ts'
import { keepsItsPeaks } from './keeps-its-peaks.ts'
import { keepsRefusalsToItself } from './keeps-refusals-to-itself.ts'
import { listsTheFirstAlone } from './lists-the-first-alone.ts'
import { namesAnotherDocument } from './names-another-document.ts'
import { namesLogIndexes } from './names-log-indexes.ts'
import { namesTheNewest } from './names-the-newest.ts'
import { namesTheSizeBefore } from './names-the-size-before.ts'
import type { NotaryBug } from './notary-bug.ts'
import { overlooksItsOwnBatch } from './overlooks-its-own-batch.ts'
import { ownTimes } from './own-times.ts'
import { refusesItsOwnIds } from './refuses-its-own-ids.ts'
import { registersHalfABatch } from './registers-half-a-batch.ts'
import { repeatsTheLastAnswer } from './repeats-the-last-answer.ts'
import { signsUnseen } from './signs-unseen.ts'
import { snapshotsWithoutFingers } from './snapshots-without-fingers.ts'
import { snapshotsWithoutTiles } from './snapshots-without-tiles.ts'
import { takesASizeOver } from './takes-a-size-over.ts'
import { wantsEveryKey } from './wants-every-key.ts'

export const notaryBugs: readonly NotaryBug[] = [
  callsTheOldNew,
  chainsAsProposed,
  countsAhead,
  executesAgain,
  forgetsAfterAStart,
  forgetsSessions,
  keepsItsPeaks,
  keepsRefusalsToItself,
  listsTheFirstAlone,
  namesAnotherDocument,
  namesLogIndexes,
  namesTheNewest,
  namesTheSizeBefore,
  overlooksItsOwnBatch,
  ownTimes,
  refusesItsOwnIds,
  registersHalfABatch,
  repeatsTheLastAnswer,
  signsUnseen,
  snapshotsWithoutFingers,
  snapshotsWithoutTiles,
  takesASizeOver,
  wantsEveryKey,
]
