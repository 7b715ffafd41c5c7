import { chatLimits } from '#cores/chat/limits'
import type { ChatCommand, ChatCommandAnswer, Deed, What } from '#cores/chat/messages'
import type { Result } from '#kit/result'
import type { ChatState } from './chat-state.ts'
import { pages } from './pages.ts'

export interface KeeperParts {
  readonly state: Pick<ChatState, 'look'>
  readonly propose: (command: ChatCommand, done: (result: Result<ChatCommandAnswer>) => void) => void
  readonly head: () => Omit<ChatCommand, 'deeds'>
  readonly leads: () => boolean
  readonly timeMs: () => number
  readonly freshId: () => string
  readonly freshKey: () => Uint8Array
}

export const keeperLimits = {
  /** About twice a second. */
  lookEveryTicks: 20,
  tokenKeyMs: 24 * 3_600_000,
} as const

/** What the leader does without being asked: a new key for tokens each day, and locks whose time is over are passed on. */
export class Keeper {
  readonly #parts: KeeperParts
  #ticks = 0
  #isUnderWay = false

  constructor(parts: KeeperParts) {
    this.#parts = parts
  }

  tick(): void {
    this.#ticks += 1
    if (this.#ticks % keeperLimits.lookEveryTicks !== 0 || this.#isUnderWay || !this.#parts.leads()) return
    const { freshId, freshKey } = this.#parts
    const due: What[] = []
    if (this.#isKeyDue) due.push({ kind: 'token-key', key: freshKey() })
    if (this.#isLockOver) due.push({ kind: 'expire-locks' })
    if (due.length === 0) return
    this.#isUnderWay = true
    const deeds: readonly Deed[] = due.map((what) => ({ id: freshId(), actor: null, what }))
    this.#parts.propose({ ...this.#parts.head(), deeds }, () => {
      this.#isUnderWay = false
    })
  }

  get #isKeyDue(): boolean {
    const newest = this.#parts.state.look({ kind: 'token-keys' }).keys.at(-1)
    return newest === undefined || this.#parts.timeMs() - newest.fromMs > keeperLimits.tokenKeyMs
  }

  /** The log's own clock decides; this one only says when it is worth asking. */
  get #isLockOver(): boolean {
    const nowMs = this.#parts.timeMs()
    const locksAfter = (after: string | null) =>
      this.#parts.state.look({ kind: 'locks', after, limit: chatLimits.locksMax })
    for (const { locks } of pages(locksAfter)) {
      if (locks.some(({ holder, untilMs }) => holder !== null && untilMs < nowMs)) return true
    }
    return false
  }
}
