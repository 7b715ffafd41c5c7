import type { RaftInput, RaftOutput } from '#cores/raft/messages'
import { oneLeaderPerTerm } from '../../properties/raft/one-leader-per-term.ts'
import { type Choice, Wisher } from '../../subjects/chosen/parts.ts'
import type { RaftMachine } from '../../subjects/raft/parts.ts'
import type { ChosenBug } from './chosen-bug.ts'

/** Leads as soon as it is chosen, in whatever term it is. */
export const choiceIsLaw: ChosenBug = {
  name: 'choice-is-law',
  property: oneLeaderPerTerm.name,
  parts: { makeWisher: (core, choice) => new Usurper(core, choice) },
}

class Usurper extends Wisher {
  readonly #asked: Choice
  #usurped = -1

  constructor(core: RaftMachine, choice: Choice) {
    super(core, choice)
    this.#asked = choice
  }

  override step(inputs: readonly RaftInput[]): RaftOutput {
    const output = super.step(inputs)
    const { id, role: from, term } = this.core.view
    if (this.#asked() !== id || from === 'leader' || this.#usurped === term) return output
    this.#usurped = term
    const about = { why: 'majority-voted', leader: id, silentTicks: null } as const
    return { ...output, notes: [...output.notes, { kind: 'role-changed', from, to: 'leader', term, ...about }] }
  }
}
