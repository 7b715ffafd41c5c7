import type { ChatChange, ChatChanges, ChatSession, ConversationRow } from '#contract/worker/chat-calls'
import type { ControlClient } from '#host/control-client'
import { ok, type Result } from '#kit/result'
import { missedIn } from './missed.ts'
import type { Reading } from './reading.ts'
import type { Screen } from './screen.ts'

const waitMs = 2_000
/** After a question that nobody answered: the desk may be on its way back. */
const pauseMs = 500

export interface ListenerParts {
  readonly line: ControlClient
  readonly session: ChatSession
  readonly screen: Screen
  readonly reading: Reading
}

/** Asks what has changed, again and again, until it is stopped. */
export class Listener {
  readonly #parts: ListenerParts
  readonly #watchers = new Set<() => void>()
  #after: number | null = null
  #isStopped = false

  constructor(parts: ListenerParts) {
    this.#parts = parts
  }

  /** From here on nothing is missed. */
  async begin(): Promise<Result<null>> {
    const now = await this.#look()
    if (!now.ok) return now
    for (const conversation of now.value.conversations) this.#parts.screen.learn(conversation)
    this.#after = now.value.upTo
    return ok(null)
  }

  /** null: it was stopped. Otherwise why it ended by itself. */
  async run(): Promise<Result<null>> {
    const { line, reading } = this.#parts
    const { session } = this.#parts.session
    while (!this.#isStopped) {
      const asked = { session, after: this.#after, waitMs, open: reading.open }
      const told = await line.call('chat.changes', asked)
      if (this.#isStopped) break
      const heard = told.ok && told.value.isForgotten ? await this.#catchUp() : told
      if (!heard.ok) {
        if (isFinal(heard.failure.code)) return heard
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
        continue
      }
      const { upTo, changes } = heard.value
      this.#after = upTo
      for (const change of changes) this.#show(change)
      void reading.shown(changes.flatMap((change) => (change.kind === 'row' ? [change.row] : [])))
      for (const watch of this.#watchers) watch()
    }
    return ok(null)
  }

  /** When something is there. */
  until(isThere: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isThere()) return
        this.#watchers.delete(look)
        resolve()
      }
      this.#watchers.add(look)
      look()
    })
  }

  stop(): void {
    this.#isStopped = true
  }

  /** How everything stands, and from where on changes tell. */
  async #look(): Promise<Result<Pick<ChatChanges, 'upTo'> & { readonly conversations: readonly ConversationRow[] }>> {
    const { line, screen } = this.#parts
    const { session } = this.#parts.session
    const begun = await line.call('chat.changes', { session, after: null, waitMs: 0, open: null })
    if (!begun.ok) return begun
    const status = await line.call('chat.status', {})
    if (!status.ok) return status
    screen.status(status.value)
    const own = await line.call('chat.conversations', { session })
    return own.ok ? ok({ upTo: begun.value.upTo, conversations: own.value.conversations }) : own
  }

  /** The desk is another one by now, or was told more than it keeps: what was said meanwhile is there to be read. */
  async #catchUp(): Promise<Result<Pick<ChatChanges, 'upTo' | 'changes'>>> {
    const { line, screen } = this.#parts
    const { session } = this.#parts.session
    const now = await this.#look()
    if (!now.ok) return now
    const { upTo, conversations } = now.value
    const changes: ChatChange[] = []
    for (const conversation of conversations) {
      const known = screen.known(conversation.id)
      const isSame = known?.lastAtMs === conversation.lastAtMs && known.unread === conversation.unread
      const missed = isSame ? ok([]) : await missedIn({ line, session, screen }, conversation)
      if (!missed.ok) return missed
      changes.push(
        { kind: 'conversation', conversation },
        ...missed.value.map((row): ChatChange => ({ kind: 'row', row })),
      )
    }
    return ok({ upTo, changes })
  }

  #show(change: ChatChange): void {
    const { screen } = this.#parts
    if (change.kind === 'row') screen.row(change.row)
    else if (change.kind === 'gone') screen.gone(change.id)
    else if (change.kind === 'conversation') screen.conversation(change.conversation)
    else if (change.kind === 'status') screen.status(change.status)
  }
}

/** The desk may come back; a lab that is gone does not, nor a session that nobody knows. */
function isFinal(code: string): boolean {
  return code === 'lab-not-running' || code === 'not-signed-in' || code === 'does-not-apply'
}
