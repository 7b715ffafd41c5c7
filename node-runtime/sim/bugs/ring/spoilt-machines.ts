import type { PeerId, RingInput, RingOutput, RingRecord } from '#cores/ring/messages'
import { assert } from '#kit/assert'
import type { HistoryShown } from '../../subjects/ring/words.ts'
import { MachineWithBug } from './machine-with-bug.ts'

type Sent = RingOutput['messages'][number]

/** Passes on what others said as it understood it. */
export class Gossip extends MachineWithBug {
  protected override say({ to, message }: Sent): readonly Sent[] {
    if (message.kind !== 'records') return [{ to, message }]
    const records = message.records.map((it) =>
      it.peer === this.facts.id ? it : { ...it, text: `${it.text}, I think` },
    )
    return [{ to, message: { ...message, records } }]
  }
}

/** Says that it stamped what it only passes on. */
export class Braggart extends MachineWithBug {
  protected override say({ to, message }: Sent): readonly Sent[] {
    if (message.kind !== 'records') return [{ to, message }]
    const peer = this.facts.id
    return [{ to, message: { ...message, records: message.records.map((it) => ({ ...it, peer })) } }]
  }
}

/** Never asks anybody for what it missed, and answers nobody who does. */
export class Incurious extends MachineWithBug {
  protected override say(sent: Sent): readonly Sent[] {
    return sent.message.kind === 'have' ? [] : [sent]
  }
}

/** Takes it for its own broken state when a peer goes by an older ring. */
export class Touchy extends MachineWithBug {
  override step(inputs: readonly RingInput[]): RingOutput {
    const term = this.facts.view?.term ?? 0
    for (const input of inputs) {
      if (input.kind !== 'message' || input.message.kind !== 'ring') continue
      assert(input.message.view.term >= term, 'nobody goes by an older ring')
    }
    return super.step(inputs)
  }
}

/** Tells words in the order in which it heard them. */
export class Hasty extends MachineWithBug {
  readonly #heard: RingRecord[] = []

  override get history(): HistoryShown {
    const heard = this.#heard
    const right = this.machine.history
    return { revision: right.revision, newestFirst: () => heard.toReversed() }
  }

  override step(inputs: readonly RingInput[]): RingOutput {
    const output = super.step(inputs)
    this.#heard.push(...output.records)
    return output
  }
}

/** Where nobody listened once, nobody is heard again. */
export class Grudge extends MachineWithBug {
  readonly #unheard = new Set<PeerId>()

  override step(inputs: readonly RingInput[]): RingOutput {
    for (const input of inputs)
      if (input.kind === 'disconnected' && input.why === 'refused') this.#unheard.add(input.peer)
    return super.step(inputs.filter((input) => input.kind !== 'message' || !this.#unheard.has(input.from)))
  }
}

/** Takes the ring over, and tells each of the others another order. */
export class Divider extends MachineWithBug {
  override step(inputs: readonly RingInput[]): RingOutput {
    const output = super.step(inputs)
    if (!output.notes.some((note) => note.kind === 'led' && note.why === 'handed-over')) return output
    const messages = output.messages.map(({ to, message }, place): Sent => {
      if (message.kind !== 'ring' || place % 2 === 0) return { to, message }
      const [first, ...others] = message.view.members
      const members = first === undefined ? [] : [first, ...others.reverse()]
      return { to, message: { ...message, view: { ...message.view, members } } }
    })
    return { ...output, messages }
  }
}

/** Has left, and still answers. */
export class Ghost extends MachineWithBug {
  override step(inputs: readonly RingInput[]): RingOutput {
    const output = super.step(inputs)
    if (this.facts.state !== 'left' || output.hasLeft) return output
    const messages = inputs.flatMap((input): readonly Sent[] => {
      if (input.kind !== 'message' || input.message.kind !== 'ping') return []
      return [{ to: input.from, message: { ...input.message, kind: 'pong' } }]
    })
    return { ...output, messages }
  }
}

/** Takes it that a person who asks for an election wants this peer to lead, and goes by no other leader. */
export class Usurper extends MachineWithBug {
  #isAsked = false

  override step(inputs: readonly RingInput[]): RingOutput {
    if (inputs.some(({ kind }) => kind === 'elect')) this.#isAsked = true
    return super.step(inputs.filter((input) => !this.#isAsked || !isRing(input)))
  }
}

function isRing(input: RingInput): boolean {
  return input.kind === 'message' && input.message.kind === 'ring'
}

/** Tells a part of what it has as if it were all. */
export class Sloppy extends MachineWithBug {
  protected override say({ to, message }: Sent): readonly Sent[] {
    return message.kind === 'have'
      ? [{ to, message: { ...message, isFromFirst: true, isToLast: true } }]
      : [{ to, message }]
  }
}
