import { parseRankMessage, parseServerList } from '#cores/election/codec'
import type { ChoiceNote, RankedServer, RankMessage, RankView } from '#cores/election/messages'
import type { NodeId } from '#kit/ids'
import type { Scenario } from '../scenario.ts'
import type { NodeHands, Program } from '../subject.ts'
import { type ChoiceInput, type ChoiceMachine, perform } from './choice-machine.ts'

export type RankWords = {
  readonly message:
    | RankMessage
    | { readonly kind: 'list-request' }
    | { readonly kind: 'list'; readonly servers: readonly RankedServer[] }
  readonly view: RankView
  readonly note: ChoiceNote
}

export type RankMachine = ChoiceMachine<RankMessage, RankView>

/** The node that gives out ranks in this scenario; null: all have a fixed list. The last node never stays away in calm. */
export function referenceOf({ nodes, settings }: Scenario): NodeId | null {
  return settings.hasReference === 1 && nodes.length > 1 ? (nodes.at(-1) ?? null) : null
}

export function serversOf(scenario: Scenario): readonly NodeId[] {
  const reference = referenceOf(scenario)
  return scenario.nodes.filter((node) => node !== reference)
}

/** A rank core on a virtual node, which asks the reference for its list now and then. */
export class RankProgram implements Program<RankWords> {
  readonly #hands: NodeHands<RankWords>
  readonly #machine: RankMachine

  constructor(hands: NodeHands<RankWords>, machine: RankMachine) {
    this.#hands = hands
    this.#machine = machine
    const { clock, scenario } = hands
    const reference = referenceOf(scenario)
    if (reference !== null) {
      const askForList = () => hands.send(reference, { kind: 'list-request' })
      askForList()
      clock.every(scenario.tickMs * listTicksOf(scenario), askForList)
    }
    clock.every(scenario.tickMs, () => this.#step({ kind: 'tick' }))
  }

  get view(): RankView {
    return this.#machine.view
  }

  receive(from: NodeId, value: RankWords['message']): void {
    const servers = value.kind === 'list' ? parseServerList(value.servers) : null
    if (servers !== null) return this.#step({ kind: 'list', servers })
    const message = parseRankMessage(value)
    if (message === null) this.#hands.anomaly(`${from} sent what is no message`)
    else this.#step({ kind: 'message', from, message })
  }

  setFaults(): void {}

  #step(input: ChoiceInput<RankMessage>): void {
    perform(this.#hands, this.#machine.step(input))
  }
}

export function listTicksOf({ settings }: Scenario): number {
  return settings.listTicks ?? 1
}
