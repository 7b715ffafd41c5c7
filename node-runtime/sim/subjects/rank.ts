import type { RankConfig } from '#cores/election/messages'
import { RankCore } from '#cores/election/rank'
import type { NodeId } from '#kit/ids'
import { rankBugs } from '../bugs/rank/all.ts'
import { nobodyComplains } from '../properties/any/nobody-complains.ts'
import { agreeOnBest } from '../properties/choice/agree-on-best.ts'
import { asksEverybody } from '../properties/choice/asks-everybody.ts'
import { coordinatorCrashed } from '../properties/choice/coordinator-crashed.ts'
import { followsBetterOnly } from '../properties/choice/follows-better-only.ts'
import { phaseEndedBecause } from '../properties/choice/phase-ended-because.ts'
import {
  twoCoordinators,
  twoCoordinatorsByCut,
  twoCoordinatorsByDelays,
} from '../properties/choice/two-coordinators.ts'
import { waitsAfterBetter } from '../properties/choice/waits-after-better.ts'
import { soughtWithoutReference } from '../properties/rank/sought-without-reference.ts'
import { unlistedWasHeard } from '../properties/rank/unlisted-was-heard.ts'
import { type Simulation, simulationOf } from '../simulation.ts'
import type { NodeHands, Subject } from '../subject.ts'
import { choiceTimingOf, drawChoiceTiming, longestRound, rotated } from './choice-timing.ts'
import { type RankMachine, RankProgram, type RankWords, referenceOf, serversOf } from './rank-program.ts'
import { RankReference } from './rank-reference.ts'

/** The election by ranks, with a reference server among the nodes or with a fixed list. */
export const rank: Simulation = simulationOf(
  rankOf((config) => new RankCore(config)),
  rankBugs.map(({ name, property, machine }) => ({ name, property, subject: rankOf(machine) })),
)

function rankOf(machine: (config: RankConfig) => RankMachine): Subject<RankWords> {
  return {
    name: 'rank',
    faultKinds: ['kill', 'pause', 'cut', 'delay', 'loss', 'duplicate'],
    always: [waitsAfterBetter(betterOf), asksEverybody(othersOf), followsBetterOnly(betterOf), nobodyComplains],
    eventually: [agreeOnBest({ betterOf, voters: serversOf })],
    sometimes: [
      twoCoordinators,
      twoCoordinatorsByDelays,
      twoCoordinatorsByCut,
      coordinatorCrashed,
      soughtWithoutReference,
      unlistedWasHeard,
      phaseEndedBecause('coordinating', 'better-announced'),
      phaseEndedBecause('coordinating', 'better-answered'),
      phaseEndedBecause('waiting', 'no-announcement'),
      phaseEndedBecause('following', 'silence'),
      phaseEndedBecause('following', 'lesser-announced'),
    ],
    drawSettings: (random) => ({
      ...drawChoiceTiming(random),
      hasReference: random.below(2),
      listTicks: 5 + random.below(20),
    }),
    // Words from before the calm may still be on their way, and lists come now and then.
    ticksOfCalmMax: (settings) => 500 + 20 * longestRound(settings),
    boot: (hands) =>
      referenceOf(hands.scenario) === hands.id
        ? new RankReference(hands)
        : new RankProgram(hands, machine(configOf(hands))),
  }
}

function betterOf({ id, servers }: RankWords['view']): readonly NodeId[] {
  const place = servers.findIndex(({ node }) => node === id)
  return servers.slice(0, Math.max(0, place)).map(({ node }) => node)
}

function othersOf({ id, servers }: RankWords['view']): readonly NodeId[] {
  return servers.map(({ node }) => node).filter((node) => node !== id)
}

function configOf({ id, scenario }: NodeHands<RankWords>): RankConfig {
  const { settings } = scenario
  const isFixed = referenceOf(scenario) === null
  const servers = isFixed
    ? rotated(serversOf(scenario), settings).map((node, place) => ({ node, rank: 1 + place }))
    : []
  return { id, servers, ...choiceTimingOf(settings) }
}
