import { notaryMachine } from '#cores/notary/machine'
import type { Sha256 } from '#kit/sha256'
import type { StateMachine } from '#kit/state-machine'

/** What a planted bug may put in the place of something right. */
export interface NotaryParts {
  /** One for each life of a peer. `wallMs`: what no machine should look at. */
  machineOf(world: { readonly sha256: Sha256; readonly wallMs: () => number }): StateMachine
}

export const rightNotary: NotaryParts = { machineOf: notaryMachine }
