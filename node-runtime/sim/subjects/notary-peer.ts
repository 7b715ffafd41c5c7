import { storeAnswersEarly } from '../bugs/notary-peer/store-answers-early.ts'
import { type Simulation, simulationOf } from '../simulation.ts'
import type { Subject } from '../subject.ts'
import { electionSubject } from './election.ts'
import { NotaryPeerProgram, type NotaryPeerWords, type StoreFront } from './notary-peer-program.ts'

/** The elections of whole nodes: core, pump, codec and store as a worker runs them. Slower, and nearer to life. */
export const notaryPeer: Simulation = simulationOf(
  peerOf((store) => store),
  [
    {
      name: storeAnswersEarly.name,
      property: storeAnswersEarly.property,
      subject: peerOf(storeAnswersEarly.storeFront),
    },
  ],
)

function peerOf(storeFront: StoreFront): Subject<NotaryPeerWords> {
  const { boot: _, ...same } = electionSubject
  return { ...same, name: 'notary-peer', boot: (hands) => new NotaryPeerProgram(hands, storeFront) }
}
