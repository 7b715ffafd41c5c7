import type { RaftInput, RaftOutput } from '#cores/raft/messages'
import { oneLeaderCommits } from '../../properties/chosen/one-leader-commits.ts'
import { Wisher } from '../../subjects/chosen/parts.ts'
import type { ChosenBug } from './chosen-bug.ts'

/** Takes what it has sent for what has arrived, and so commits without a majority. */
export const commitsAlone: ChosenBug = {
  name: 'commits-alone',
  property: oneLeaderCommits.name,
  parts: { makeWisher: (core, choice) => new Optimist(core, choice) },
}

class Optimist extends Wisher {
  #answers: readonly RaftInput[] = []

  override step(inputs: readonly RaftInput[]): RaftOutput {
    const output = super.step([...this.#answers, ...inputs])
    this.#answers = output.messages.flatMap(({ to, message }) => {
      if (message.kind !== 'append') return []
      const matchIndex = message.previous.index + message.entries.length
      const answer = { kind: 'append-answer', term: message.term, matchIndex, incarnation: 1 } as const
      return [{ kind: 'message', from: to, message: answer }]
    })
    return output
  }
}
