import { withReplaced } from '../../bugs/raft/replaced.ts'
import { replicaBugs } from '../../bugs/replica/all.ts'
import type { ReplicaBug } from '../../bugs/replica/replica-bug.ts'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { oneLeaderPerTerm } from '../../properties/replica/one-leader-per-term.ts'
import { replicaPlaces } from '../../properties/replica/places.ts'
import { settled } from '../../properties/replica/settled.ts'
import { listsAreLinearizable, nothingIsDoubled, nothingIsLost } from '../../properties/replica/what-clients-see.ts'
import { type Simulation, simulationOf } from '../../simulation.ts'
import type { PlantedBug, Subject } from '../../subject.ts'
import { timingOf } from '../raft/timing.ts'
import { ListClient } from './client.ts'
import { Member } from './member.ts'
import { type ReplicaParts, rightReplica } from './parts.ts'
import { drawReplicaSettings, membersIn, plainReplicaSettings } from './settings.ts'
import type { ReplicaWords } from './words.ts'

/** The replicated log as a whole: roles as workers run them, and clients over the wire. Slower, and nearer to life. */
export const replica: Simulation = simulationOf(replicaOf(rightReplica), replicaBugs.map(plant))

function plant({ name, property, parts, rules = [] }: ReplicaBug): PlantedBug<ReplicaWords> {
  const subject = replicaOf({ ...rightReplica, ...parts })
  return { name, property, subject, isJudgedInCalm: true, around: (run) => withReplaced(rules, run) }
}

function replicaOf(parts: ReplicaParts): Subject<ReplicaWords> {
  return {
    name: 'replica',
    faultKinds: ['kill', 'pause', 'cut', 'delay', 'loss', 'duplicate', 'slow-disk', 'full-disk', 'skew'],
    diskFaults: ['bit-flip', 'lost-tail'],
    always: [nobodyComplains, oneLeaderPerTerm, nothingIsLost, nothingIsDoubled, listsAreLinearizable],
    eventually: [settled],
    sometimes: replicaPlaces,
    plainSettings: plainReplicaSettings,
    drawSettings: drawReplicaSettings,
    // A client waits for its answers, and a worker that could not start for its next start.
    ticksOfCalmMax: (settings) => 60 * timingOf(settings).electionTicksLongest + 3_000,
    boot: (hands) => {
      const isClient = membersIn(hands.scenario).clients.includes(hands.id)
      return isClient ? new ListClient(hands, parts) : new Member(hands, parts)
    },
  }
}
