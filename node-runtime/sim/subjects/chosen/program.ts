import type { FaultRules } from '#contract/worker/faults'
import { parseBullyMessage, parseRankMessage } from '#cores/election/codec'
import type { NodeId } from '#kit/ids'
import type { NodeHands, Program } from '../../subject.ts'
import type { ChoiceInput } from '../choice-machine.ts'
import { rightParts } from '../raft/parts.ts'
import { RaftProgram } from '../raft/program.ts'
import type { RaftNodeView, RaftWords } from '../raft/words.ts'
import type { Chooser, ChosenParts } from './parts.ts'
import { plainRaft } from './settings.ts'
import type { ChooserMessage, ChosenView, ChosenWords } from './words.ts'

/** A raft node, and an election beside it whose choice is what it wishes for. */
export class ChosenProgram implements Program<ChosenWords> {
  readonly #hands: NodeHands<ChosenWords>
  readonly #chooser: Chooser
  readonly #raft: RaftProgram
  #choice: NodeId | null = null
  #shown: { readonly raft: RaftNodeView; readonly view: ChosenView } | null = null

  constructor(hands: NodeHands<ChosenWords>, parts: ChosenParts) {
    const { id, scenario, clock } = hands
    this.#hands = hands
    this.#chooser = parts.makeChooser(id, scenario)
    clock.every(scenario.tickMs, () => this.#choose({ kind: 'tick' }))
    this.#raft = new RaftProgram(raftHandsOf(hands), {
      ...rightParts,
      makeCore: (...made) => parts.makeWisher(parts.makeCore(...made), () => this.#choice),
    })
  }

  get view(): ChosenView {
    const { view: raft } = this.#raft
    const { phase, coordinator } = this.#chooser.view
    const shown = this.#shown
    if (shown?.raft === raft && shown.view.phase === phase && shown.view.coordinator === coordinator) return shown.view
    const view = { ...raft, phase, coordinator }
    this.#shown = { raft, view }
    return view
  }

  receive(from: NodeId, message: ChosenWords['message']): void {
    if (!isOfChooser(message)) return this.#raft.receive(from, message)
    const isByRank = this.#hands.scenario.settings.byRank === 1
    const read = isByRank ? parseRankMessage(message) : parseBullyMessage(message)
    if (read === null) this.#hands.anomaly(`${from} sent what is no message`)
    else this.#choose({ kind: 'message', from, message: read })
  }

  setFaults(rules: FaultRules): void {
    this.#raft.setFaults(rules)
  }

  #choose(input: ChoiceInput<ChooserMessage>): void {
    const { messages, notes, anomaly, choice } = this.#chooser.step(input)
    this.#choice = choice
    if (anomaly !== null) this.#hands.anomaly(anomaly)
    for (const { to, message } of messages) this.#hands.send(to, message)
    for (const note of notes) this.#hands.note(note)
  }
}

function raftHandsOf(hands: NodeHands<ChosenWords>): NodeHands<RaftWords> {
  const { scenario } = hands
  const settings = { ...plainRaft, ...scenario.settings }
  return { ...hands, scenario: { ...scenario, settings }, send: (to, message) => hands.send(to, message) }
}

function isOfChooser(message: ChosenWords['message']): message is ChooserMessage {
  const { kind } = message
  return kind === 'election' || kind === 'answer' || kind === 'ok' || kind === 'coordinator'
}
