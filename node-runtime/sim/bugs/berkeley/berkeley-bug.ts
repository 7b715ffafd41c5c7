import type { BerkeleyInput, BerkeleyOutput, BerkeleyView } from '#cores/clocks/berkeley-messages'
import type { BerkeleyMachine, MakeBerkeley } from '../../subjects/berkeley-program.ts'

/** A wrong core in place of the right one, and the property that is meant to notice. */
export interface BerkeleyBug {
  readonly name: string
  readonly property: string
  readonly make: MakeBerkeley
}

/** A right core of which one answer is spoilt on its way in or out. */
export abstract class ClocksWithBug implements BerkeleyMachine {
  protected readonly core: BerkeleyMachine

  constructor(core: BerkeleyMachine) {
    this.core = core
  }

  get view(): BerkeleyView {
    return this.core.view
  }

  step(input: BerkeleyInput): BerkeleyOutput {
    return this.core.step(input)
  }
}
