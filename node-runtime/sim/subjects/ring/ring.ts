import { LamportClock } from '#cores/clocks/lamport'
import { RingCore } from '#cores/ring/core'
import { withReplaced } from '../../bugs/raft/replaced.ts'
import { ringBugs } from '../../bugs/ring/all.ts'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { goneIsSilent } from '../../properties/ring/gone-is-silent.ts'
import { historiesEqual, nothingIsLost } from '../../properties/ring/histories-equal.ts'
import { oneListPerStamp } from '../../properties/ring/one-list.ts'
import { oneRing } from '../../properties/ring/one-ring.ts'
import {
  joinAndLeaveCrossed,
  joinerDied,
  leaderAndNextDied,
  neighboursDied,
} from '../../properties/ring/rare-losses.ts'
import {
  caughtUp,
  electedByToken,
  electionAsked,
  falselySuspected,
  historyFull,
  insertedLate,
  leaderDied,
  leftInOrder,
  nobodyListened,
  ringsMerged,
  silentDied,
  toldInParts,
  wentOverDead,
  writeLost,
} from '../../properties/ring/rare-places.ts'
import { nobodyInvents, onceAndInOrder } from '../../properties/ring/right-histories.ts'
import { type Simulation, simulationOf } from '../../simulation.ts'
import type { Subject } from '../../subject.ts'
import { RingProgram } from './program.ts'
import { choiceOf, drawRingSettings, longestRound, settingOf, talkLimitsOf } from './settings.ts'
import type { RingMachine, RingWords } from './words.ts'

/** The ring and its talk. Peers come and go, and when they are left in peace they are one ring with one history. */
export const ring: Simulation = simulationOf(
  ringOf((right) => right),
  ringBugs.map(({ name, property, spoil, rules }) => ({
    name,
    property,
    subject: ringOf(spoil),
    around: (run) => withReplaced(rules, run),
  })),
)

function ringOf(spoil: (right: RingMachine) => RingMachine): Subject<RingWords> {
  return {
    name: 'ring',
    faultKinds: ['kill', 'pause', 'cut', 'delay', 'loss', 'duplicate'],
    always: [nobodyComplains, onceAndInOrder, nobodyInvents, oneListPerStamp, goneIsSilent],
    eventually: [oneRing, historiesEqual, nothingIsLost],
    sometimes: [
      ringsMerged,
      leaderDied,
      insertedLate,
      writeLost,
      electedByToken,
      caughtUp,
      falselySuspected,
      wentOverDead,
      nobodyListened,
      silentDied,
      leftInOrder,
      electionAsked,
      historyFull,
      toldInParts,
      joinAndLeaveCrossed,
      neighboursDied,
      leaderAndNextDied,
      joinerDied,
    ],
    drawSettings: drawRingSettings,
    // Words from before the calm may still be on their way; then rings find each other one after the other; and where
    // little is told at once, each part waits for its turn.
    ticksOfCalmMax: (settings) => {
      const syncs = choiceOf(settings, 'hasSmallTalk') === 1 ? 100 : 10
      return 1_000 + 20 * longestRound(settings) + syncs * settingOf(settings, 'syncTicks')
    },
    hostSays: ({ settings }, spoken) => {
      if (choiceOf(settings, 'hostsAnswer') === 0 || (spoken !== null && spoken.kind !== 'message')) return null
      return { kind: 'lost', why: spoken === null ? 'closed' : 'refused' }
    },
    boot: (hands) =>
      new RingProgram(hands, ({ config, restored, random }) => {
        const talkLimits = talkLimitsOf(hands.scenario.settings)
        return spoil(new RingCore(config, restored, { random, clock: new LamportClock(), talkLimits }))
      }),
  }
}
