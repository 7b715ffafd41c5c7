import { assertsOnAPeer } from '../bugs/berkeley/asserts-on-a-peer.ts'
import { averagesOutliersIn } from '../bugs/berkeley/averages-outliers-in.ts'
import { claimsToBeExact } from '../bugs/berkeley/claims-to-be-exact.ts'
import { correctsTwice } from '../bugs/berkeley/corrects-twice.ts'
import { countsAnAnswerTwice } from '../bugs/berkeley/counts-an-answer-twice.ts'
import { followsADoubt } from '../bugs/berkeley/follows-a-doubt.ts'
import { forgetsHalfTheTrip } from '../bugs/berkeley/forgets-half-the-trip.ts'
import { jumpsToItsTarget } from '../bugs/berkeley/jumps-to-its-target.ts'
import { slewsInAHurry } from '../bugs/berkeley/slews-in-a-hurry.ts'
import { splitsMilliseconds } from '../bugs/berkeley/splits-milliseconds.ts'
import { nobodyComplains } from '../properties/any/nobody-complains.ts'
import { bentGently } from '../properties/berkeley/bent-gently.ts'
import { withinBound, withinClaims } from '../properties/berkeley/clocks-agree.ts'
import { medianStays } from '../properties/berkeley/median-stays.ts'
import { neverBack } from '../properties/berkeley/never-back.ts'
import { nobodyOverruled } from '../properties/berkeley/nobody-overruled.ts'
import {
  answerWasLost,
  clockStepped,
  coordinatorChanged,
  coordinatorWasOutlier,
  correctionWasRefused,
  nobodyAnswered,
  outlierWasDiscarded,
  pollWasWanted,
  roundWasInDoubt,
  slewedBack,
} from '../properties/berkeley/rare-places.ts'
import { type Simulation, simulationOf } from '../simulation.ts'
import type { Subject } from '../subject.ts'
import { BerkeleyProgram, type MakeBerkeley, rightBerkeley } from './berkeley-program.ts'
import { drawBerkeleySettings, longestSync, ticksOfSlewMax } from './berkeley-settings.ts'
import type { BerkeleyWords } from './berkeley-words.ts'

/** Berkeley's method on machines whose clocks begin apart, run fast and slow, and are set by faults. */
export const berkeley: Simulation = simulationOf(
  berkeleyOf(rightBerkeley),
  [
    averagesOutliersIn,
    followsADoubt,
    slewsInAHurry,
    jumpsToItsTarget,
    claimsToBeExact,
    forgetsHalfTheTrip,
    countsAnAnswerTwice,
    correctsTwice,
    splitsMilliseconds,
    assertsOnAPeer,
  ].map(({ name, property, make }) => ({ name, property, subject: berkeleyOf(make) })),
)

function berkeleyOf(make: MakeBerkeley): Subject<BerkeleyWords> {
  return {
    name: 'berkeley',
    faultKinds: ['kill', 'pause', 'cut', 'delay', 'loss', 'duplicate', 'skew'],
    always: [neverBack, bentGently, medianStays, nobodyOverruled, nobodyComplains],
    eventually: [withinClaims, withinBound],
    sometimes: [
      outlierWasDiscarded,
      coordinatorWasOutlier,
      answerWasLost,
      roundWasInDoubt,
      nobodyAnswered,
      coordinatorChanged,
      clockStepped,
      slewedBack,
      correctionWasRefused,
      pollWasWanted,
    ],
    drawSettings: drawBerkeleySettings,
    // Words from before the calm may still be on their way; what is far ahead then takes long to slew back.
    ticksOfCalmMax: (settings) => 400 + 10 * longestSync(settings) + ticksOfSlewMax(settings),
    boot: (hands) => new BerkeleyProgram(hands, make),
  }
}
