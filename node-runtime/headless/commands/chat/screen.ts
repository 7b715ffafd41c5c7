import type { ChatRow, ConversationRow, DeskChatStatus } from '#contract/worker/chat-calls'
import { plain, timeOf } from '../../plain.ts'
import type { Terminal } from '../../terminal.ts'

/** Messages that can still be named by their number. */
const numberedMax = 10_000

interface Shown {
  readonly number: number
  readonly row: ChatRow
}

/** What happens in the chat, as lines. Each message has a number on this screen, by which it can be answered or changed. */
export class Screen {
  readonly #terminal: Terminal
  readonly #user: string
  readonly #shown = new Map<string, Shown>()
  readonly #conversations = new Map<string, ConversationRow>()
  readonly #gone = new Set<string>()
  #last = 0
  #leader: string | null = null
  /** Until it is known once how things stand, nothing that has been is news. */
  #isTold = false
  #lastGap = ''
  #isSilent = false

  constructor(terminal: Terminal, user: string) {
    this.#terminal = terminal
    this.#user = user
  }

  /** null: no message has that number here. */
  numbered(number: number): ChatRow | null {
    return [...this.#shown.values()].find((shown) => shown.number === number)?.row ?? null
  }

  find(id: string): ChatRow | null {
    return this.#shown.get(id)?.row ?? null
  }

  /** Without a word about it. */
  learn(conversation: ConversationRow): void {
    this.#conversations.set(conversation.id, conversation)
  }

  known(conversation: string): ConversationRow | null {
    return this.#conversations.get(conversation) ?? null
  }

  /** The place of the last message of that conversation that is here; null: none is. */
  lastIn(conversation: string): string | null {
    const rows = [...this.#shown.values()].map(({ row }) => row).filter((row) => row.conversation === conversation)
    return rows.flatMap(({ place }) => place ?? []).reduce<string | null>(later, null)
  }

  named(channel: string): ConversationRow | null {
    return [...this.#conversations.values()].find(({ name, isMember }) => isMember && name === channel) ?? null
  }

  conversation(row: ConversationRow): void {
    const before = this.#conversations.get(row.id)
    this.learn(row)
    if (row.isMember === (before?.isMember ?? false)) return
    const { joined, left } = this.#terminal.words.chat
    this.#terminal.give(
      { event: 'conversation', conversation: row },
      () => `* ${(row.isMember ? joined : left)(this.#placeName(row.id))}`,
    )
  }

  /** As it stands now: said once, and again when it has changed. */
  row(row: ChatRow): void {
    const before = this.#shown.get(row.id)
    if (row.place === null && row.state.kind !== 'refused') return
    if (before !== undefined && isSame(before.row, row)) return
    const number = before?.number ?? this.#next()
    this.#shown.set(row.id, { number, row })
    this.#forgetOldest()
    this.#terminal.give({ event: 'message', number, row }, () => this.#lineOf(number, row, before?.row ?? null))
  }

  /** Said here, and it is not known yet what becomes of it. */
  waits(id: string): boolean {
    const row = this.find(id)
    return row === null ? !this.#gone.has(id) : row.place === null && row.state.kind !== 'refused'
  }

  /** Taken back: it will never be in the chat. */
  gone(id: string): void {
    this.#gone.add(id)
    const shown = this.#shown.get(id)
    if (shown === undefined) return
    const { number } = shown
    this.#shown.delete(id)
    this.#terminal.give({ event: 'gone', number, id }, () => `[${number}] ${this.#terminal.words.chat.deleted}`)
  }

  /** Somebody asked to see it. */
  again(row: ChatRow): void {
    const number = this.#shown.get(row.id)?.number ?? this.#next()
    this.#shown.set(row.id, { number, row })
    this.#forgetOldest()
    this.#terminal.give({ event: 'message', number, row }, () => this.#lineOf(number, row, null))
  }

  status(status: DeskChatStatus): void {
    const { words } = this.#terminal
    const gap = status.gaps.at(-1)
    // By itself and not by their count: only the newest are kept.
    const name = gap === undefined ? this.#lastGap : `${gap.fromWallMs} ${gap.leader}`
    const isNews = this.#isTold && name !== this.#lastGap
    this.#lastGap = name
    this.#isTold = true
    if (isNews && gap !== undefined && gap.ms !== null) {
      const { ms, leader } = gap
      this.#terminal.give({ event: 'gap', ...gap }, () => `* ${words.chat.gap(ms, leader)}`)
    } else if (status.leader !== null && this.#leader !== null && status.leader !== this.#leader) {
      this.#terminal.give(
        { event: 'leader', leader: status.leader },
        () => `* ${words.chat.leads(status.leader ?? '')}`,
      )
    }
    this.#leader = status.leader
    const isSilent = status.silentSinceWallMs !== null
    if (isSilent === this.#isSilent) return
    this.#isSilent = isSilent
    this.#terminal.give(
      { event: isSilent ? 'silent' : 'answers' },
      () => `* ${isSilent ? words.chat.silent : words.chat.answers}`,
    )
  }

  #next(): number {
    this.#last += 1
    return this.#last
  }

  #forgetOldest(): void {
    const [oldest] = this.#shown.keys()
    if (this.#shown.size > numberedMax && oldest !== undefined) this.#shown.delete(oldest)
  }

  #lineOf(number: number, row: ChatRow, before: ChatRow | null): string {
    const { chat } = this.#terminal.words
    const { state } = row
    if (state.kind === 'refused') return `[${number}] ${chat.refused(this.#reason(state.why))}: ${plain(row.text)}`
    const head = `[${number}] ${timeOf(row.atMs)} ${plain(this.#placeName(row.conversation))} ${plain(row.author)}`
    if (row.isDeleted) return `${head}: ${chat.deleted}`
    const reply = row.replyTo === null ? '' : ` ${chat.replies(this.#shown.get(row.replyTo)?.number ?? null)}`
    const edited = row.editedAtMs === null ? '' : `  (${chat.edited})`
    const reactions = row.reactions.map(({ emoji, users }) => `${plain(emoji)} ${users.length}`).join('  ')
    const marks = reactions === '' ? '' : `  ${reactions}`
    const own =
      row.author === this.#user && (before === null || before.state.kind !== state.kind) ? this.#tick(row) : ''
    return `${head}${reply}: ${plain(row.text)}${edited}${marks}${own}`
  }

  #reason(why: string): string {
    const { chat, failures } = this.#terminal.words
    const sentences: Readonly<Record<string, string>> = { ...failures, ...chat.refusals }
    return sentences[why] ?? why
  }

  #tick({ state }: ChatRow): string {
    const { chat } = this.#terminal.words
    if (state.kind === 'stored') return `  ✓ ${chat.stored(state.copies, state.servers)}`
    return state.kind === 'seen' ? `  ✓✓ ${chat.seen(state.by)}` : ''
  }

  #placeName(id: string): string {
    const row = this.#conversations.get(id)
    if (row === undefined) return id.startsWith('c:') ? `#${id.slice(2)}` : '@'
    return row.kind === 'direct' ? `@${row.name}` : `#${row.name}`
  }
}

function later(one: string | null, other: string): string {
  return one !== null && one > other ? one : other
}

function isSame(one: ChatRow, other: ChatRow): boolean {
  const seen = ({ text, isDeleted, editedAtMs, reactions, state }: ChatRow): string =>
    JSON.stringify([text, isDeleted, editedAtMs, reactions, state.kind, state.kind === 'seen' && state.by])
  return seen(one) === seen(other)
}
