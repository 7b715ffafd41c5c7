import { RaftCore, type RaftParts } from '#cores/raft/core'
import type { RaftConfig, RaftInput, RaftMessage, RaftOutput, RaftView, Restored } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import type { ProgramParts, RaftMachine } from '../../subjects/raft/parts.ts'

/** What a wrapper knows of the core it spoils. */
export interface Spoilt {
  readonly config: RaftConfig
  readonly restored: Restored
  readonly core: RaftCore
}

export interface Spoiling {
  /** What reaches the core of each input; null: nothing. */
  readonly input?: (input: RaftInput, view: RaftView) => RaftInput | null
  /** What becomes of an output. `inputs` are those that led to it, as they came. */
  readonly output?: (output: RaftOutput, inputs: readonly RaftInput[]) => RaftOutput
}

/** A right core of which something is spoilt on its way in or out, for one life of it. */
export function spoilt(make: (spoilt: Spoilt) => Spoiling): Pick<ProgramParts, 'makeCore'> {
  return {
    makeCore(config: RaftConfig, restored: Restored, parts: RaftParts): RaftMachine {
      const core = new RaftCore(config, restored, parts)
      return new SpoiltCore(core, make({ config, restored, core }))
    },
  }
}

class SpoiltCore implements RaftMachine {
  readonly #core: RaftCore
  readonly #spoiling: Spoiling

  constructor(core: RaftCore, spoiling: Spoiling) {
    this.#core = core
    this.#spoiling = spoiling
  }

  get view(): RaftView {
    return this.#core.view
  }

  step(inputs: readonly RaftInput[]): RaftOutput {
    const { input: spoil, output } = this.#spoiling
    const view = this.#core.view
    const taken = spoil === undefined ? inputs : inputs.map((input) => spoil(input, view)).filter((it) => it !== null)
    const given = this.#core.step(taken)
    return output === undefined ? given : output(given, inputs)
  }
}

type Message<Kind extends RaftMessage['kind']> = Extract<RaftMessage, { kind: Kind }>

/** Spoils the messages of one kind that come in; null: it is dropped. */
export function hearing<Kind extends RaftMessage['kind']>(
  kind: Kind,
  change: (message: Message<Kind>, view: RaftView, from: NodeId) => RaftMessage | null,
): NonNullable<Spoiling['input']> {
  return (input, view) => {
    if (input.kind !== 'message' || input.message.kind !== kind) return input
    // Its kind was compared the line before.
    const message = change(input.message as Message<Kind>, view, input.from)
    return message === null ? null : { ...input, message }
  }
}

/** Spoils the messages of one kind that go out. */
export function saying<Kind extends RaftMessage['kind']>(
  kind: Kind,
  change: (message: Message<Kind>, to: NodeId) => RaftMessage | null,
): (output: RaftOutput) => RaftOutput {
  return (output) => {
    if (!output.messages.some(({ message }) => message.kind === kind)) return output
    const messages = output.messages.flatMap(({ to, message }) => {
      if (message.kind !== kind) return [{ to, message }]
      // Its kind was compared the line before.
      const changed = change(message as Message<Kind>, to)
      return changed === null ? [] : [{ to, message: changed }]
    })
    return { ...output, messages }
  }
}

export function messagesIn<Kind extends RaftMessage['kind']>(
  inputs: readonly RaftInput[],
  kind: Kind,
): readonly { readonly from: NodeId; readonly message: Message<Kind> }[] {
  return inputs.flatMap((input) => {
    if (input.kind !== 'message' || input.message.kind !== kind) return []
    // Its kind was compared the line before.
    return [{ from: input.from, message: input.message as Message<Kind> }]
  })
}
