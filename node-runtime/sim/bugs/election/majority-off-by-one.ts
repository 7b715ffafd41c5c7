import { RaftCore } from '#cores/raft/core'
import type { RaftConfig, RaftInput, RaftOutput } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import { oneLeaderPerTerm } from '../../properties/election/one-leader-per-term.ts'
import type { ElectionMachine } from '../../subjects/election-program.ts'
import type { ElectionBug } from './election-bug.ts'

/** One vote fewer than a majority is enough for it: it makes up the vote of its last peer. */
export const majorityOffByOne: ElectionBug = {
  name: 'majority-off-by-one',
  property: oneLeaderPerTerm.name,
  parts: { makeCore: (config, restored, random) => new EarlyWinner(new RaftCore(config, restored, random), config) },
}

class EarlyWinner implements ElectionMachine {
  readonly #core: RaftCore
  readonly #lastPeer: NodeId | undefined

  constructor(core: RaftCore, config: RaftConfig) {
    this.#core = core
    this.#lastPeer = config.members.findLast((member) => member !== config.id)
  }

  get view() {
    return this.#core.view
  }

  step(input: RaftInput): RaftOutput {
    const asked = this.#core.step(input)
    const request = asked.messages.find(({ message }) => message.kind === 'vote-request')
    if (request === undefined || this.#lastPeer === undefined) return asked
    const vote = { kind: 'vote', term: request.message.term, isGranted: true } as const
    const won = this.#core.step({ kind: 'message', from: this.#lastPeer, message: vote })
    return {
      persist: won.persist ?? asked.persist,
      messages: [...asked.messages, ...won.messages],
      notes: [...asked.notes, ...won.notes],
      anomaly: asked.anomaly ?? won.anomaly,
    }
  }
}
