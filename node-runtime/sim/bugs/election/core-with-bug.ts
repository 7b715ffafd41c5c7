import type { RaftCore } from '#cores/raft/core'
import type { RaftInput, RaftOutput, RaftView } from '#cores/raft/messages'
import type { ElectionMachine } from '../../subjects/election-program.ts'

/** A right core of which one answer is spoilt on its way in or out. */
export abstract class CoreWithBug implements ElectionMachine {
  protected readonly core: RaftCore

  constructor(core: RaftCore) {
    this.core = core
  }

  get view(): RaftView {
    return this.core.view
  }

  abstract step(input: RaftInput): RaftOutput
}
