import { crc32 } from '#kit/crc32'
import { notaryBugs } from '../../bugs/notary/all.ts'
import type { NotaryBug } from '../../bugs/notary/notary-bug.ts'
import { withReplaced } from '../../bugs/raft/replaced.ts'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { acknowledgedStands } from '../../properties/notary/acknowledged-stands.ts'
import { askedOnceThereOnce } from '../../properties/notary/asked-once-there-once.ts'
import { chainIsUnbroken } from '../../properties/notary/chain-is-unbroken.ts'
import { copiesAreSound } from '../../properties/notary/copies-are-sound.ts'
import { firstIsNamed } from '../../properties/notary/first-is-named.ts'
import { oneRegistry } from '../../properties/notary/one-registry.ts'
import { oneRootASize } from '../../properties/notary/one-root-a-size.ts'
import { notaryPlaces } from '../../properties/notary/places.ts'
import { proofsProve } from '../../properties/notary/proofs-prove.ts'
import { receiptsStayProven } from '../../properties/notary/receipts-stay-proven.ts'
import { recordsAgree } from '../../properties/notary/records-agree.ts'
import { retriesAreAnsweredAlike } from '../../properties/notary/retries-are-answered-alike.ts'
import { settled } from '../../properties/notary/settled.ts'
import { witnessesSignOneTree } from '../../properties/notary/witnesses-sign-one-tree.ts'
import type { Scenario } from '../../scenario.ts'
import { type Simulation, simulationOf } from '../../simulation.ts'
import type { PlantedBug, Subject } from '../../subject.ts'
import { timingOf } from '../raft/timing.ts'
import { membersIn } from '../replica/settings.ts'
import { shortLogs } from './compaction.ts'
import { type NotaryParts, rightNotary } from './parts.ts'
import { Peer } from './peer.ts'
import { SessionClient } from './session-client.ts'
import { drawNotarySettings, plainNotarySettings } from './settings.ts'
import type { NotaryWords } from './words.ts'

/** Whole peers of a notary as workers run them, with those who ask them. */
export const notary: Simulation = withShortLogs(simulationOf(notaryOf(rightNotary), notaryBugs.map(plant)))

function plant({ name, property, parts, rules = [] }: NotaryBug): PlantedBug<NotaryWords> {
  const subject = notaryOf({ ...rightNotary, ...parts })
  return { name, property, subject, isJudgedInCalm: true, around: (run) => withReplaced(rules, run) }
}

function withShortLogs(simulation: Simulation): Simulation {
  const short = <T>(scenario: Scenario, run: () => T): T => withReplaced([shortLogs(scenario)], run)
  return {
    ...simulation,
    run: (scenario, bug) => short(scenario, () => simulation.run(scenario, bug)),
    tell: (scenario, bug) => short(scenario, () => simulation.tell(scenario, bug)),
  }
}

function notaryOf(parts: NotaryParts): Subject<NotaryWords> {
  return {
    name: 'notary',
    faultKinds: ['kill', 'pause', 'cut', 'delay', 'loss', 'duplicate', 'slow-disk', 'full-disk', 'skew'],
    diskFaults: ['bit-flip', 'lost-tail'],
    always: [
      nobodyComplains,
      recordsAgree,
      chainIsUnbroken,
      oneRootASize,
      proofsProve,
      acknowledgedStands,
      askedOnceThereOnce,
      oneRegistry,
      firstIsNamed,
      retriesAreAnsweredAlike,
      copiesAreSound,
      witnessesSignOneTree,
      receiptsStayProven,
    ],
    eventually: [settled],
    sometimes: notaryPlaces,
    digest: ({ bytes }) => crc32(bytes),
    plainSettings: plainNotarySettings,
    drawSettings: drawNotarySettings,
    // Those who ask wait for their answers, a worker that could not start for its next start, and witnesses for each other.
    ticksOfCalmMax: (settings) => 60 * timingOf(settings).electionTicksLongest + 4_000,
    boot: (hands) => {
      const isClient = membersIn(hands.scenario).clients.includes(hands.id)
      return isClient ? new SessionClient(hands) : new Peer(hands, parts)
    },
  }
}
