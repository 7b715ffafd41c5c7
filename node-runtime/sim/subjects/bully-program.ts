import { parseBullyMessage } from '#cores/election/codec'
import type { BullyMessage, BullyView, ChoiceNote } from '#cores/election/messages'
import type { NodeId } from '#kit/ids'
import type { NodeHands, Program } from '../subject.ts'
import { type ChoiceInput, type ChoiceMachine, perform } from './choice-machine.ts'

export type BullyWords = {
  readonly message: BullyMessage
  readonly view: BullyView
  readonly note: ChoiceNote
}

export type BullyMachine = ChoiceMachine<BullyMessage, BullyView>

/** A bully core on a virtual node. */
export class BullyProgram implements Program<BullyWords> {
  readonly #hands: NodeHands<BullyWords>
  readonly #machine: BullyMachine

  constructor(hands: NodeHands<BullyWords>, machine: BullyMachine) {
    this.#hands = hands
    this.#machine = machine
    hands.clock.every(hands.scenario.tickMs, () => this.#step({ kind: 'tick' }))
  }

  get view(): BullyView {
    return this.#machine.view
  }

  receive(from: NodeId, value: BullyMessage): void {
    const message = parseBullyMessage(value)
    if (message === null) this.#hands.anomaly(`${from} sent what is no message`)
    else this.#step({ kind: 'message', from, message })
  }

  setFaults(): void {}

  #step(input: ChoiceInput<BullyMessage>): void {
    perform(this.#hands, this.#machine.step(input))
  }
}
