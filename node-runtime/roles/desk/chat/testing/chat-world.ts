import { type ChatProfile, chatSockets } from '#contract/worker/chat'
import type {
  ChatCall,
  ChatCallName,
  ChatHistoryPage,
  ChatInput,
  ChatOutput,
  ChatRow,
  ConversationRow,
  HistoryFrom,
  PersonRow,
} from '#contract/worker/chat-calls'
import type { SocketPlan } from '#contract/worker/sockets'
import { type NodeId, nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import { broker, type PlainChat, program } from '../../../chat/testing/plain-chat.ts'
import { leaderOf, wholeChat } from '../../../chat/testing/whole-chat.ts'
import type { NodePorts, RoleStart, RunningRole } from '../../../role.ts'
import { deskRole } from '../../desk.ts'
import { fakeJudge } from '../../testing/desk-world.ts'
import { readSessions } from '../session-rows.ts'

export const desk = nodeId('desk')
export const general = 'c:general'
const password = 'uma senha longa'

const sockets: readonly SocketPlan[] = [
  {
    kind: 'subscriber',
    name: chatSockets.heardNative,
    to: { host: 'virtual', port: 5819 },
    trust: { kind: 'lab', serverKey: '' },
  },
]

interface Asked<T> {
  result: Result<T> | null
}

/** A whole chat on virtual hosts, and a desk with a disk that outlives it. */
export class ChatWorld {
  readonly chat: PlainChat
  #role: RunningRole | null = null
  readonly #password: string
  #ids = 0

  constructor(profile: ChatProfile = 'leader') {
    this.#password = profile === 'leader' ? password : ''
    const start: RoleStart = (plan, ports) => {
      const chat: PlainChat | undefined = this.chat
      // The world is being built: it is started once there is a room for its sockets.
      if (chat === undefined) return nobody
      const own: NodePorts = { ...ports, sockets: chat.room.open({ nodeId: desk, plans: sockets, isOfLab: true }) }
      // A notary that says nothing.
      const peers = plan.peers.filter(({ nodeId: peer }) => peer === broker || peer === program)
      this.#role = deskRole(() => fakeJudge)({ ...plan, role: 'desk', peers }, own)
      return this.#role
    }
    this.chat = wholeChat({ [desk]: start }, profile)
    this.chat.start(desk)
    if (profile === 'leader') this.until(() => this.leader !== null)
  }

  get leader(): NodeId | null {
    return leaderOf(this.chat)
  }

  get host() {
    return this.chat.host(desk)
  }

  /** kill -9, and started again. */
  restartDesk(): void {
    this.chat.kill(desk)
    this.chat.start(desk)
  }

  until(claim: () => boolean, withinMs = 60_000): void {
    this.chat.hosts.until(claim, withinMs)
  }

  run(ms: number): void {
    this.chat.hosts.run(ms)
  }

  call<Name extends ChatCallName>(name: Name, input: ChatInput<Name>): Asked<ChatOutput<Name>> {
    const asked: Asked<ChatOutput<Name>> = { result: null }
    const call = { name, input } as ChatCall // a name with its own input
    this.chat.hosts.live(this.host, () => {
      this.#role?.answer({ kind: 'chat', call }, (result) => {
        asked.result = result as Result<ChatOutput<Name>> // the desk answers a name with its own output
      })
    })
    return asked
  }

  /** Waits for the answer. */
  ask<Name extends ChatCallName>(name: Name, input: ChatInput<Name>): Result<ChatOutput<Name>> {
    const asked = this.call(name, input)
    this.until(() => asked.result !== null)
    if (asked.result === null) throw new Error(`${name} was not answered`)
    return asked.result
  }

  get<Name extends ChatCallName>(name: Name, input: ChatInput<Name>): ChatOutput<Name> {
    const result = this.ask(name, input)
    if (!result.ok) throw new Error(`${name}: ${result.failure.code} ${result.failure.message}`)
    return result.value
  }

  /** Signed up, and in the channel. */
  join(user: string, channel = 'general'): string {
    const { session } = this.get('chat.signUp', { user, password: this.#password })
    this.get('chat.join', { session, channel })
    return session
  }

  signIn(user: string): string {
    return this.get('chat.signIn', { user, password: this.#password }).session
  }

  freshId(): string {
    this.#ids += 1
    return `d${this.#ids.toString(16).padStart(31, '0')}`
  }

  /** Into the outbox. */
  say(session: string, text: string, conversation = general, replyTo: string | null = null): string {
    const id = this.freshId()
    this.until(() => this.ask('chat.say', { session, conversation, id, text, replyTo }).ok)
    return id
  }

  history(session: string, conversation = general, limit = 200): ChatHistoryPage {
    return this.get('chat.history', { session, conversation, from: { kind: 'newest' }, limit })
  }

  /** Without what bots say. */
  texts(session: string, conversation = general): readonly string[] {
    return this.history(session, conversation)
      .rows.filter(({ author }) => !author.includes('bot'))
      .map(({ text }) => text)
  }

  /** As the disk has it. */
  tokenOf(session: string): string | null {
    return readSessions(this.host.ports().store).find((row) => row.session === session)?.token ?? null
  }

  row(session: string, id: string): ChatRow | null {
    return this.get('chat.message', { session, id }).row
  }

  /** Nothing of this user waits. */
  settled(session: string, conversation = general): void {
    this.until(() => this.history(session, conversation).waiting.length === 0)
  }
}

const nobody: RunningRole = {
  facts: () => {
    throw new Error('nobody runs here')
  },
  setFaults() {},
  answer() {},
  stop() {},
}

/** A window of one user: it asks what changed, again and again, and shows what it was told last of each thing. */
export class FakeWindow {
  readonly rows = new Map<string, ChatRow>()
  /** Every state in which a row was shown. */
  readonly seen: string[] = []
  readonly people = new Map<string, PersonRow>()
  readonly conversations = new Map<string, ConversationRow>()
  forgotten = 0
  open: string | null = general
  readonly #world: ChatWorld
  readonly #session: string
  #after: number | null = null
  #asked: Asked<ChatOutput<'chat.changes'>> | null = null
  /** All of what it shows, asked for anew. */
  #loading: Asked<ChatHistoryPage> | null = null
  #loadsFrom: HistoryFrom = { kind: 'newest' }

  constructor(world: ChatWorld, session: string) {
    this.#world = world
    this.#session = session
  }

  /** To be called now and then. */
  look(): void {
    this.#show()
    const { result } = this.#asked ?? { result: null }
    if (result === null && this.#asked !== null) return
    if (result?.ok === true) this.#take(result.value)
    const input = { session: this.#session, after: this.#after, waitMs: 2_000, open: this.open }
    this.#asked = this.#world.call('chat.changes', input)
  }

  /** The desk is another one now: what was asked is not answered any more. */
  deskDied(): void {
    this.#asked = null
    this.#loading = null
  }

  until(claim: () => boolean, withinMs = 60_000): void {
    this.#world.until(() => {
      this.look()
      return claim()
    }, withinMs)
  }

  textOf(id: string): string | null {
    return this.rows.get(id)?.text ?? null
  }

  /** In the order of their places, as a window draws them. */
  get texts(): readonly string[] {
    const placed = [...this.rows.values()].filter(({ place }) => place !== null)
    const sorted = placed.sort((one, other) => ((one.place ?? '') < (other.place ?? '') ? -1 : 1))
    return sorted.filter(({ author }) => !author.includes('bot')).map(({ text }) => text)
  }

  /** Page by page, from the newest on. */
  #load(from: HistoryFrom = { kind: 'newest' }): void {
    if (this.open === null) return
    this.#loadsFrom = from
    const order = { session: this.#session, conversation: this.open, from, limit: 200 }
    this.#loading = this.#world.call('chat.history', order)
  }

  #show(): void {
    const { result } = this.#loading ?? { result: null }
    if (result === null) return
    this.#loading = null
    if (!result.ok) return this.#load(this.#loadsFrom)
    const { rows, isBeginning } = result.value
    // What was told since it was asked is younger.
    for (const row of rows) if (!this.rows.has(row.id)) this.rows.set(row.id, row)
    const place = rows[0]?.place ?? null
    if (!isBeginning && place !== null) this.#load({ kind: 'before', place })
  }

  #take({ upTo, isForgotten, changes }: ChatOutput<'chat.changes'>): void {
    this.#after = upTo
    if (isForgotten) {
      this.forgotten += 1
      this.rows.clear()
      this.#load()
    }
    for (const change of changes) {
      if (change.kind === 'gone') this.rows.delete(change.id)
      if (change.kind === 'person') this.people.set(change.person.name, change.person)
      if (change.kind === 'conversation') this.conversations.set(change.conversation.id, change.conversation)
      if (change.kind !== 'row') continue
      this.rows.set(change.row.id, change.row)
      this.seen.push(`${change.row.text}: ${change.row.state.kind}`)
    }
  }
}
