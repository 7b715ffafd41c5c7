import { type RingPeerFacts, ringLimits } from '#contract/worker/ring'
import { within } from '#host/within'
import type { InputLines } from '../../input-lines.ts'
import { plain } from '../../plain.ts'
import type { Terminal } from '../../terminal.ts'
import type { GuestPeer } from './guest-peer.ts'
import { calledName, type Transcript } from './transcript.ts'

export interface ConversationParts {
  readonly peer: GuestPeer
  readonly transcript: Transcript
  readonly lines: InputLines
  readonly terminal: Terminal
}

/** Longer than the most patient ring needs to let somebody go. */
const leaveWithinMs = 15_000

/** What somebody types into the ring: messages, and the words that reference peers know. */
export class Conversation {
  readonly #parts: ConversationParts

  constructor(parts: ConversationParts) {
    this.#parts = parts
  }

  /** Until `FIM`, or until nothing more comes. */
  async run(): Promise<void> {
    for (;;) {
      const line = await this.#parts.lines.next()
      if (line === null || line.trim() === 'FIM') return
      if (line.trim() !== '') await this.#take(line)
    }
  }

  /** In order, so that nobody has to find out: what was said here is with somebody else by then. */
  async leave(): Promise<void> {
    const { peer, transcript } = this.#parts
    const asked = await peer.command('leave')
    if (!asked.ok) return
    await within(
      leaveWithinMs,
      peer.until(({ facts, failure }) => failure !== null || facts?.state === 'left'),
    )
    await transcript.show()
  }

  async #take(line: string): Promise<void> {
    switch (line.trim().toUpperCase()) {
      case '@LIDER':
        return this.#command('elect')
      case '@LIST':
        return this.#command('refresh')
      case '@MEMBERS':
        return this.#showMembers()
      case '@HELP':
        return this.#parts.terminal.say(this.#parts.terminal.words.ring.help)
      default:
        return this.#say(line)
    }
  }

  async #command(command: 'elect' | 'refresh'): Promise<void> {
    const { peer, terminal } = this.#parts
    const done = await peer.command(command)
    if (!done.ok) terminal.refuse(done.failure)
    else terminal.give({ event: command }, () => `* ${terminal.words.ring.asked[command]}`)
  }

  async #say(text: string): Promise<void> {
    const { peer, terminal } = this.#parts
    if (text.length > ringLimits.textCharsMax) {
      const most = `${ringLimits.textCharsMax} characters at most`
      terminal.refuse({ code: 'too-large', message: most })
      return
    }
    for (;;) {
      const said = await peer.say(text)
      if (said.ok) {
        if (said.value.isFitted) terminal.say(`* ${terminal.words.ring.fitted}`)
        return
      }
      if (said.failure.code !== 'busy') {
        terminal.refuse(said.failure)
        return
      }
      // Whoever writes faster than the ring carries waits here, and so does the program that writes to us.
      const { waiting = 0 } = peer.facts ?? {}
      await peer.until(({ facts }) => facts === null || facts.waiting !== waiting || facts.waiting === 0)
    }
  }

  #showMembers(): void {
    const { peer, terminal } = this.#parts
    const { facts } = peer
    if (facts === null) return
    terminal.give({ event: 'members', leader: facts.leader, members: facts.members }, () => this.#memberLines(facts))
  }

  #memberLines({ id: ownId, leader, members }: RingPeerFacts): string {
    const { ring } = this.#parts.terminal.words
    const lines = members.map((member, index) => {
      const { id, kind, state } = member
      const marks = [
        ...(id === leader ? [ring.leader] : []),
        ...(id === ownId ? [ring.you] : []),
        ...(kind === 'reference' ? [ring.reference] : []),
        ...(state === 'well' ? [] : [ring.states[state]]),
      ]
      return `  ${index + 1}. ${plain(calledName(member))} ${id}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`
    })
    return [ring.members(members.length), ...lines].join('\n')
  }
}
