import { BullyCore } from '#cores/election/bully'
import type { Phase } from '#cores/election/messages'
import { RankCore } from '#cores/election/rank'
import type { RaftInput, RaftOutput, RaftView } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import type { Scenario } from '../../scenario.ts'
import type { ChoiceMachine } from '../choice-machine.ts'
import { choiceTimingOf, rotated } from '../choice-timing.ts'
import { type ProgramParts, type RaftMachine, rightParts as rightRaftParts } from '../raft/parts.ts'
import type { ChooserMessage } from './words.ts'

export interface ChooserView {
  readonly id: NodeId
  readonly phase: Phase
  readonly coordinator: NodeId | null
}

export type Chooser = ChoiceMachine<ChooserMessage, ChooserView>
export type Choice = () => NodeId | null

/** What the program is made of. A planted bug substitutes one of them. */
export interface ChosenParts {
  makeChooser(id: NodeId, scenario: Scenario): Chooser
  makeCore: ProgramParts['makeCore']
  /** What stands between a raft core and those who feed it, and knows the choice. */
  makeWisher(core: RaftMachine, choice: Choice): RaftMachine
}

export const rightChosenParts: ChosenParts = {
  makeChooser(id, { nodes, settings }) {
    const order = rotated(nodes, settings)
    const timing = choiceTimingOf(settings)
    if (settings.byRank !== 1) return new BullyCore({ id, order, ...timing })
    return new RankCore({ id, servers: order.map((node, rank) => ({ node, rank })), ...timing })
  },
  makeCore: rightRaftParts.makeCore,
  makeWisher: (core, choice) => new Wisher(core, choice),
}

/** Tells its core of each new choice, before anything else. A core that is new has been told of none. */
export class Wisher implements RaftMachine {
  protected readonly core: RaftMachine
  readonly #choice: Choice
  #told: NodeId | null = null

  constructor(core: RaftMachine, choice: Choice) {
    this.core = core
    this.#choice = choice
  }

  get view(): RaftView {
    return this.core.view
  }

  step(inputs: readonly RaftInput[]): RaftOutput {
    const leader = this.#choice()
    if (leader === this.#told) return this.core.step(inputs)
    this.#told = leader
    return this.core.step([{ kind: 'wish', leader }, ...inputs])
  }
}
