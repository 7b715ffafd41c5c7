import type { BerkeleyInput, BerkeleyOutput } from '#cores/clocks/berkeley-messages'
import type { NodeId } from '#kit/ids'
import { withinClaims } from '../../properties/berkeley/clocks-agree.ts'
import { type BerkeleyMachine, rightBerkeley } from '../../subjects/berkeley-program.ts'
import { type BerkeleyBug, ClocksWithBug } from './berkeley-bug.ts'

/** The first answer of a round counts for its sender and for the last peer, whose own is then a second one. */
export const countsAnAnswerTwice: BerkeleyBug = {
  name: 'counts-an-answer-twice',
  property: withinClaims.name,
  make: (config, now, random) =>
    new DoubleCounter(
      rightBerkeley(config, now, random),
      config.members.findLast((member) => member !== config.id),
    ),
}

class DoubleCounter extends ClocksWithBug {
  readonly #lastPeer: NodeId | undefined

  constructor(core: BerkeleyMachine, lastPeer: NodeId | undefined) {
    super(core)
    this.#lastPeer = lastPeer
  }

  override step(input: BerkeleyInput): BerkeleyOutput {
    const output = this.core.step(input)
    const isAnswer = input.kind === 'message' && input.message.kind === 'time'
    if (!isAnswer || this.#lastPeer === undefined || output.messages.length > 0) return output
    return this.core.step({ ...input, from: this.#lastPeer })
  }
}
