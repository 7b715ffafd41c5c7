import { EveryoneCore } from '#cores/chat/everyone/core'
import { LamportClock } from '#cores/clocks/lamport'
import { everyoneBugs } from '../../bugs/everyone/all.ts'
import { withReplaced } from '../../bugs/raft/replaced.ts'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { acknowledgedStands } from '../../properties/everyone/acknowledged-stands.ts'
import { alike, everybodyIsAnswered } from '../../properties/everyone/alike.ts'
import { clocksRise } from '../../properties/everyone/clocks-rise.ts'
import { nobodyInvents } from '../../properties/everyone/nobody-invents.ts'
import { numbersOnce } from '../../properties/everyone/numbers-once.ts'
import { onceAndInOrder } from '../../properties/everyone/once-and-in-order.ts'
import { everyonePlaces } from '../../properties/everyone/places.ts'
import { type Simulation, simulationOf } from '../../simulation.ts'
import type { Subject } from '../../subject.ts'
import { EveryoneProgram } from './program.ts'
import { drawEveryoneSettings, longestRound, plainEveryoneSettings, settingOf } from './settings.ts'
import type { EveryoneMachine, EveryoneWords } from './words.ts'

/** The chat in which everyone answers: servers with a disk each, people, and a foreign server that some of them hear. */
export const everyone: Simulation = simulationOf(
  everyoneOf((right) => right),
  everyoneBugs.map(({ name, property, spoil, rules }) => ({
    name,
    property,
    subject: everyoneOf(spoil),
    around: (run) => withReplaced(rules, run),
  })),
)

function everyoneOf(spoil: (right: EveryoneMachine) => EveryoneMachine): Subject<EveryoneWords> {
  return {
    name: 'chat-everyone',
    faultKinds: ['kill', 'pause', 'cut', 'delay', 'loss', 'duplicate', 'slow-disk'],
    diskFaults: ['bit-flip', 'lost-tail', 'unnoticed-lost-tail'],
    always: [nobodyComplains, onceAndInOrder, nobodyInvents, acknowledgedStands, numbersOnce, clocksRise],
    eventually: [alike, everybodyIsAnswered],
    sometimes: everyonePlaces,
    plainSettings: plainEveryoneSettings,
    drawSettings: drawEveryoneSettings,
    // Where each message takes one entry, whoever was away for long is given them one by one.
    ticksOfCalmMax: (settings) => {
      const isSlow = settingOf(settings, 'entriesPerMessage') < 10
      return (isSlow ? 30_000 : 2_000) + 20 * longestRound(settings, serversMax)
    },
    boot: (hands) =>
      new EveryoneProgram(hands, ({ config, restored, random }) =>
        spoil(new EveryoneCore(config, restored, { random, clock: new LamportClock() })),
      ),
  }
}

/** As many as a world has. */
const serversMax = 7
