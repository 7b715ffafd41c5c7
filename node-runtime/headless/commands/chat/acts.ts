import { randomBytes } from 'node:crypto'
import type { TopologySnapshot } from '#contract/window/topology'
import type { ChatRow, ChatSearchPage, ChatSession } from '#contract/worker/chat-calls'
import type { ControlClient } from '#host/control-client'
import { fail, ok, type Result } from '#kit/result'
import { age as ageOf } from '../../age.ts'
import { plain } from '../../plain.ts'
import { textTable } from '../../table.ts'
import type { Terminal } from '../../terminal.ts'
import type { Reading } from './reading.ts'
import type { Screen } from './screen.ts'
import { searchDay } from './search-day.ts'
import type { Typed } from './typed.ts'

export interface ActsParts {
  readonly line: ControlClient
  readonly session: ChatSession
  readonly screen: Screen
  readonly reading: Reading
  readonly terminal: Terminal
}

type Of<Kind extends Typed['kind']> = Extract<Typed, { readonly kind: Kind }>
/** The message that now waits in the outbox of the desk; null: nothing does. */
type Done = Promise<Result<string | null>>
type Row = Parameters<typeof textTable>[1][number]

const pageMax = 200
/** What is found on one page; and when a search is told to be narrowed: so much was found, or so often was looked on. */
const foundPerPage = 100
const foundMax = 200
const looksMax = 20

/** Does what was typed. */
export class Acts {
  readonly #parts: ActsParts

  constructor(parts: ActsParts) {
    this.#parts = parts
  }

  async do(typed: Exclude<Typed, { readonly kind: 'quit' }>): Done {
    const { terminal } = this.#parts
    const { chat } = terminal.words
    switch (typed.kind) {
      case 'nothing':
        return nothing
      case 'help':
        terminal.say(chat.help)
        return nothing
      case 'unknown':
        return fail('bad-request', chat.unknown(typed.word))
      case 'incomplete':
        return fail('bad-request', chat.incomplete(typed.word))
      case 'no-number':
        return fail('bad-request', chat.noNumber(typed.word))
      case 'too-long':
        return fail('too-large', typed.word)
      case 'publish':
        return this.#publish(typed)
      case 'message':
        return this.#message(typed)
      case 'reply':
      case 'edit':
      case 'react':
      case 'delete':
        return this.#about(typed)
      case 'create':
      case 'subscribe':
      case 'unsubscribe':
      case 'invite':
        return this.#channel(typed)
      default:
        return this.#show(typed)
    }
  }

  async #say(conversation: string, text: string, replyTo: string | null): Done {
    const { line, session, reading } = this.#parts
    reading.look(conversation)
    const id = randomBytes(16).toString('hex')
    const said = await line.call('chat.say', { session: session.session, conversation, id, text, replyTo })
    return said.ok ? ok(id) : said
  }

  async #publish({ channel, text }: Of<'publish'>): Done {
    const conversation = await this.#idOf(channel)
    return conversation.ok ? this.#say(conversation.value, text, null) : conversation
  }

  /** A channel that is not there is told at once: the chat would refuse it as one that the user is not in. */
  async #idOf(channel: string): Promise<Result<string>> {
    const { line, session, screen } = this.#parts
    const own = screen.named(channel)
    if (own !== null) return ok(own.id)
    const conversation = `c:${channel}`
    const asked = { session: session.session, conversation, from: { kind: 'newest' }, limit: 1 } as const
    const page = await line.call('chat.history', asked)
    const isUnknown = !page.ok && page.failure.code === 'not-found'
    return isUnknown ? fail('unknown-channel', `#${channel}`) : ok(conversation)
  }

  async #message({ user, text }: Of<'message'>): Done {
    const { line, session } = this.#parts
    const direct = await line.call('chat.direct', { session: session.session, user })
    return direct.ok ? this.#say(direct.value.id, text, null) : direct
  }

  async #about(typed: Of<'reply' | 'edit' | 'react' | 'delete'>): Done {
    const { line, session, screen, terminal } = this.#parts
    const row = screen.numbered(typed.row)
    if (row === null) return fail('not-found', terminal.words.chat.noRow(typed.row))
    if (row.place === null) return this.#aboutWaiting(typed, row)
    if (typed.kind === 'reply') return this.#say(row.conversation, typed.text, row.id)
    const about = { session: session.session, id: row.id }
    if (typed.kind === 'edit') return asNothing(await line.call('chat.edit', { ...about, text: typed.text }))
    if (typed.kind === 'delete') return asNothing(await line.call('chat.delete', about))
    return asNothing(await line.call('chat.react', { ...about, emoji: typed.emoji, isOn: typed.isOn }))
  }

  /** It waits at the desk, in its turn: it can be taken back, and is nothing yet that anything could be done to. */
  async #aboutWaiting({ kind, row: number }: Of<'reply' | 'edit' | 'react' | 'delete'>, { id }: ChatRow): Done {
    const { line, session, terminal } = this.#parts
    const { notYet, underWay } = terminal.words.chat
    if (kind !== 'delete') return fail('does-not-apply', notYet(number))
    const taken = await line.call('chat.takeBack', { session: session.session, id })
    if (taken.ok) return nothing
    return taken.failure.code === 'does-not-apply' ? fail('does-not-apply', underWay(number)) : taken
  }

  async #channel(typed: Of<'create' | 'subscribe' | 'unsubscribe' | 'invite'>): Done {
    const { line, screen } = this.#parts
    const { session } = this.#parts.session
    const { channel } = typed
    if (typed.kind === 'unsubscribe' || typed.kind === 'invite') {
      const found = await this.#idOf(channel)
      if (!found.ok) return found
      const conversation = found.value
      if (typed.kind === 'unsubscribe') return asNothing(await line.call('chat.leave', { session, conversation }))
      return asNothing(await line.call('chat.invite', { session, conversation, user: typed.user }))
    }
    const made =
      typed.kind === 'create'
        ? await line.call('chat.create', { session, name: channel, title: '', isPrivate: typed.isPrivate })
        : await line.call('chat.join', { session, channel })
    if (made.ok) screen.conversation(made.value)
    return asNothing(made)
  }

  async #show(
    typed: Of<'channels' | 'people' | 'mine' | 'locks' | 'status' | 'sync-time' | 'history' | 'search'>,
  ): Done {
    const { line } = this.#parts
    const { session } = this.#parts.session
    switch (typed.kind) {
      case 'channels':
        return this.#list(
          'channels',
          (after) => line.call('chat.channels', { session, limit: pageMax, after }),
          (page) => page.channels,
          ({ name, members, isMember, title }) => [`#${name}`, members, isMember ? '✓' : '', title],
        )
      case 'people':
        return this.#list(
          'people',
          (after) => line.call('chat.people', { session, limit: pageMax, after }),
          (page) => page.people,
          ({ name, isHere, isBot }) => [name, isHere ? '●' : '', isBot ? 'bot' : ''],
        )
      case 'mine':
        return this.#given(await line.call('chat.conversations', { session }), ({ conversations }) =>
          this.#table(
            'conversations',
            conversations.map(({ kind, name, unread, mentions }) => [
              `${kind === 'direct' ? '@' : '#'}${name}`,
              unread,
              mentions,
            ]),
          ),
        )
      case 'locks':
        return this.#given(await line.call('chat.locks', {}), ({ locks }) =>
          this.#table(
            'locks',
            locks.map(({ lock, holder, fence, waiting }) => [lock, holder, fence, waiting.length]),
          ),
        )
      case 'status':
        return this.#given(await line.call('chat.status', {}), (status) =>
          this.#parts.terminal.words.chat.status(status.profile, status.leader, status.waiting),
        )
      case 'sync-time':
        return this.#given(await line.call('topology.get', {}), (topology) => this.#clocks(topology))
      case 'history':
        return this.#history(typed)
      default:
        return this.#search(typed)
    }
  }

  /** All of them, page by page: lists of names are short. */
  async #list<Page extends { readonly next: string | null }, Item>(
    which: 'channels' | 'people',
    ask: (after: string | null) => Promise<Result<Page>>,
    itemsOf: (page: Page) => readonly Item[],
    rowOf: (item: Item) => Row,
  ): Done {
    const items: Item[] = []
    for (let after: string | null = null; ; ) {
      const page = await ask(after)
      if (!page.ok) return page
      items.push(...itemsOf(page.value))
      after = page.value.next
      if (after === null) break
    }
    return this.#given(ok({ [which]: items, next: null }), () => this.#table(which, items.map(rowOf)))
  }

  /** A page may have nothing though there is more: what others said in private lies between. */
  async #search({ text }: Of<'search'>): Done {
    const { line, screen, session, terminal } = this.#parts
    const asked = { session: session.session, text, dayMs: searchDay(text), limit: foundPerPage }
    const found: ChatRow[] = []
    let cursor: string | null = null
    for (let looks = 0; looks < looksMax && found.length < foundMax; looks += 1) {
      const page: Result<ChatSearchPage> = await line.call('chat.search', { ...asked, cursor })
      if (!page.ok) return page
      found.push(...page.value.rows)
      cursor = page.value.next
      if (cursor === null) break
    }
    for (const row of found.toReversed()) screen.again(row)
    if (cursor !== null) terminal.give({ event: 'more', next: cursor }, () => `* ${terminal.words.chat.more}`)
    return nothing
  }

  async #history({ place, count }: Of<'history'>): Done {
    const { line, screen, reading } = this.#parts
    const { session } = this.#parts.session
    const name = place.replace(/^[#@]/, '')
    const direct = place.startsWith('@') ? await line.call('chat.direct', { session, user: name }) : null
    if (direct !== null && !direct.ok) return direct
    const conversation = direct?.value.id ?? screen.named(name)?.id ?? `c:${name}`
    const asked = { session, conversation, from: { kind: 'newest' }, limit: count } as const
    const page = await line.call('chat.history', asked)
    const isUnknown = direct === null && !page.ok && page.failure.code === 'not-found'
    if (isUnknown) return fail('unknown-channel', `#${name}`)
    if (!page.ok) return page
    const { rows, waiting } = page.value
    for (const row of [...rows, ...waiting]) screen.again(row)
    reading.look(conversation)
    await reading.shown(rows)
    return nothing
  }

  #given<T>(result: Result<T>, text: (value: T) => string): Result<null> {
    if (!result.ok) return result
    this.#parts.terminal.give(result.value, () => text(result.value))
    return ok(null)
  }

  #table(which: 'channels' | 'people' | 'conversations' | 'locks' | 'clocks', rows: readonly Row[]): string {
    return plain(textTable(this.#parts.terminal.words.chat.heads[which], rows))
  }

  /** As Berkeley's method keeps them: what each server adds to its own clock, and how far off it may still be. */
  #clocks({ clusters, takenWallMs }: TopologySnapshot): string {
    const nodes = clusters.filter(({ kind }) => kind === 'chat').flatMap((cluster) => cluster.nodes)
    const rows = nodes.flatMap(({ id, view, viewWallMs }) => {
      const clock = view?.clockSync ?? null
      if (clock === null) return []
      const age = viewWallMs === null ? null : ageOf(takenWallMs - viewWallMs)
      const isCoordinator = clock.coordinator === id ? '★' : ''
      return [[id, isCoordinator, clock.offsetMs.toFixed(1), clock.errorMs?.toFixed(1) ?? null, age]]
    })
    return this.#table('clocks', rows)
  }
}

const nothing: Result<null> = ok(null)

function asNothing(result: Result<unknown>): Result<null> {
  return result.ok ? nothing : result
}
