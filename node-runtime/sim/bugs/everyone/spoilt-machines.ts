import type { EveryoneInput, EveryoneOutput } from '#cores/chat/everyone/messages'
import { assert } from '#kit/assert'
import { MachineWithBug } from './machine-with-bug.ts'

type Sent = EveryoneOutput['messages'][number]

/** Tells what it writes, and never what it has. */
export class Incurious extends MachineWithBug {
  protected override say(sent: Sent): readonly Sent[] {
    return sent.message.kind === 'have' ? [] : [sent]
  }
}

/** Passes on what others wrote as it understood it. */
export class Gossip extends MachineWithBug {
  protected override say({ to, message }: Sent): readonly Sent[] {
    if (message.kind !== 'entries' || message.why !== 'missing') return [{ to, message }]
    const entries = message.entries.map((entry) =>
      'text' in entry.operation && entry.log !== this.log
        ? { ...entry, operation: { ...entry.operation, text: `${entry.operation.text}, I think` } }
        : entry,
    )
    return [{ to, message: { ...message, entries } }]
  }
}

/** Closes a gap by counting anew. */
export class Renumberer extends MachineWithBug {
  protected override hear(input: EveryoneInput): EveryoneInput {
    if (input.kind !== 'message' || input.message.kind !== 'entries' || input.message.why === 'missing') return input
    const upTo = new Map(this.marks.map((mark) => [mark.log, mark.upTo]))
    const entries = input.message.entries.map((entry) => {
      const sequence = Math.min(entry.sequence, (upTo.get(entry.log) ?? 0) + 1)
      upTo.set(entry.log, sequence)
      return { ...entry, sequence }
    })
    return { ...input, message: { ...input.message, entries } }
  }
}

/** Gives what foreign servers say an id of its own, so that each server that hears it has another message. */
export class Christener extends MachineWithBug {
  protected override hear(input: EveryoneInput): EveryoneInput {
    if (input.kind !== 'heard') return input
    const own = (this.log ?? 'nobody').length.toString(16)
    const digits = [...(this.log ?? '')].map((letter) => (letter.charCodeAt(0) % 16).toString(16)).join('')
    const id = `${own}${digits}${input.operation.id}`.slice(0, 64)
    return { ...input, operation: { ...input.operation, id } }
  }
}

/** Takes it for its own broken state when a peer has less than it had. */
export class Touchy extends MachineWithBug {
  protected override hear(input: EveryoneInput): EveryoneInput {
    if (input.kind === 'message' && input.message.kind === 'have') {
      const { marks } = input.message
      const mine = this.marks.find(({ log }) => log === this.log)?.upTo ?? 0
      const theirs = marks.find(({ log }) => log === this.log)?.upTo ?? 0
      assert(theirs >= mine - 3, 'everybody has what was written here')
    }
    return input
  }
}
