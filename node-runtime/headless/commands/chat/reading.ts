import type { ChatRow, ChatSession } from '#contract/worker/chat-calls'
import type { ControlClient } from '#host/control-client'

/** What this terminal shows of the conversation that somebody looks at has been read, as in a window. */
export class Reading {
  readonly #line: ControlClient
  readonly #session: ChatSession
  /** How far the desk was told of it, by conversation. */
  readonly #told = new Map<string, string>()
  #open: string | null = null

  constructor(line: ControlClient, session: ChatSession) {
    this.#line = line
    this.#session = session
  }

  /** The conversation that was asked for last, or spoken in. null: none yet. */
  get open(): string | null {
    return this.#open
  }

  look(conversation: string): void {
    this.#open = conversation
  }

  /** Told once for all of these, and never backwards. What the desk did not hear, a later place tells. */
  async shown(rows: readonly ChatRow[]): Promise<void> {
    const conversation = this.#open
    if (conversation === null) return
    const here = rows.filter((row) => row.conversation === conversation)
    const place = here
      .flatMap((row) => row.place ?? [])
      .sort()
      .at(-1)
    if (place === undefined || place <= (this.#told.get(conversation) ?? '')) return
    const told = await this.#line.call('chat.read', { session: this.#session.session, conversation, place })
    if (told.ok) this.#told.set(conversation, place)
  }
}
