import { answersBeforeWriting } from './answers-before-writing.ts'
import { answersTooEarly } from './answers-too-early.ts'
import { comparesKeysAlone, forgetsKeys } from './compares-keys-alone.ts'
import { confirmsTwice, givesBackTwice } from './confirms-twice.ts'
import { confirmsWhatIsGone } from './confirms-what-is-gone.ts'
import { countsOnTheSide } from './counts-on-the-side.ts'
import { forgetsAttempts, forgetsWhatItOwes } from './forgets-after-a-start.ts'
import { forgetsAnOutcome } from './forgets-an-outcome.ts'
import { freesKeysEarly } from './frees-keys-early.ts'
import { goesBack } from './goes-back.ts'
import { keepsACountOfItsOwn } from './keeps-a-count-of-its-own.ts'
import { keepsForEver } from './keeps-for-ever.ts'
import { keepsWhatIsCancelled, losesAnUndo } from './loses-an-undo.ts'
import { ownTimes } from './own-times.ts'
import { readsAtOnce } from './reads-at-once.ts'
import { sellsWhatIsReserved } from './sells-what-is-reserved.ts'
import type { ShopBug } from './shop-bug.ts'
import { snapshotsWithoutReservations } from './snapshots-without-reservations.ts'
import { takesSilenceForSoldOut } from './takes-silence-for-sold-out.ts'

export const shopBugs: readonly ShopBug[] = [
  answersBeforeWriting,
  answersTooEarly,
  comparesKeysAlone,
  confirmsTwice,
  confirmsWhatIsGone,
  countsOnTheSide,
  forgetsAnOutcome,
  forgetsAttempts,
  forgetsKeys,
  forgetsWhatItOwes,
  freesKeysEarly,
  givesBackTwice,
  goesBack,
  keepsACountOfItsOwn,
  keepsForEver,
  keepsWhatIsCancelled,
  losesAnUndo,
  ownTimes,
  readsAtOnce,
  sellsWhatIsReserved,
  snapshotsWithoutReservations,
  takesSilenceForSoldOut,
]
