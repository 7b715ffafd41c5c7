import type { CallInput, CallOutput } from '#contract/window/contract'
import type { ClusterCard, NodeCard, TopologySnapshot } from '#contract/window/topology'
import type { ChatFacts } from '#contract/worker/chat'
import type { ChatChange, ChatRow, ChatSession, ConversationRow, DeskChatStatus } from '#contract/worker/chat-calls'
import type { RoleName } from '#contract/worker/protocol'
import type { ClusterId, NodeId } from '#kit/ids'

export interface FakeChatStart {
  readonly messages?: number
  readonly nowMs?: number
  readonly profile?: DeskChatStatus['profile']
}

const general = 'c:general'

/** A scripted chat of one channel, whose messages are stored as soon as they are said. It does not think, and it forgets nothing. */
export class FakeChat {
  readonly #sessions: ChatSession[] = []
  readonly #members = new Set<string>()
  readonly #read = new Map<string, string>()
  #rows: ChatRow[] = []
  #changes: ChatChange[] = []
  #nowMs: number
  readonly #profile: DeskChatStatus['profile']
  #waiting: (() => void)[] = []

  constructor({ messages = 0, nowMs = 0, profile = 'leader' }: FakeChatStart = {}) {
    this.#nowMs = nowMs
    this.#profile = profile
    for (let index = 0; index < messages; index += 1) {
      const author = ['ana', 'bia', 'bot-eco-1'][index % 3] ?? 'ana'
      this.#place({ author, text: `message ${index + 1}`, atMs: nowMs + (index - messages) * 60_000 })
    }
  }

  advance(lab: TopologySnapshot): TopologySnapshot {
    this.#nowMs = lab.takenWallMs
    this.#release()
    const view = lab.clusters[0]?.nodes[0]?.view ?? null
    const nodes = roles.map(([id, role]) => this.#card(id, role, view))
    const id = 'chat' as ClusterId // the shape that kit/ids would check
    const chat: ClusterCard = {
      ...{ id, kind: 'chat', state: 'running', dialect: null, nodes, sizes: null, commitsPerSecond: 2, links: [] },
    }
    return { ...lab, clusters: [...lab.clusters, chat] }
  }

  status(): DeskChatStatus {
    const has = this.#profile === 'leader'
    return {
      profile: this.#profile,
      abilities: {
        ...{
          hasAccounts: has,
          hasPrivate: has,
          hasChanges: has,
          hasReadPositions: has,
          hasPresence: true,
          hasLocks: has,
        },
      },
      leader: has ? nodeOf('chat-server-3') : null,
      sessions: this.#sessions,
      isAnswering: true,
      isTold: true,
      silentSinceWallMs: null,
      waiting: 0,
      gaps: [{ fromWallMs: this.#nowMs - 90_000, ms: 640, leader: nodeOf('chat-server-2') }],
    }
  }

  enter(user: string): ChatSession {
    const known = this.#sessions.find((one) => one.user === user)
    if (known) return known
    const session = { session: `s-${this.#sessions.length + 1}`, user, isSignedIn: true }
    this.#sessions.push(session)
    return session
  }

  leave(session: string): void {
    const at = this.#sessions.findIndex((one) => one.session === session)
    if (at >= 0) this.#sessions.splice(at, 1)
  }

  changesAfter(after: number | null): CallOutput<'chat.changes'> {
    const changes = after === null ? [] : this.#changes.slice(after)
    return { upTo: this.#changes.length, isForgotten: false, changes }
  }

  /** Ends when something has changed, or when the lab has moved on. */
  whenChanged(after: number | null): Promise<void> {
    if (after === null || after < this.#changes.length) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  conversation(session: string): ConversationRow {
    const user = this.userOf(session)
    const readPlace = this.#read.get(user) ?? null
    const unread = this.#rows.filter(({ place, author }) => author !== user && (place ?? '') > (readPlace ?? ''))
    return {
      id: general,
      kind: 'channel',
      name: 'general',
      title: 'All of us',
      isPrivate: false,
      isMember: this.#members.has(user),
      members: this.#members.size,
      lastAtMs: this.#rows.at(-1)?.atMs ?? 0,
      readPlace,
      unread: unread.length,
      mentions: unread.filter(({ mentions }) => mentions.includes(user)).length,
      typing: [],
    }
  }

  join(session: string): void {
    this.#members.add(this.userOf(session))
    this.#read.set(this.userOf(session), this.#rows.at(-1)?.place ?? '')
    this.#tell({ kind: 'conversation', conversation: this.conversation(session) })
  }

  read(session: string, place: string): void {
    this.#read.set(this.userOf(session), place)
    this.#tell({ kind: 'conversation', conversation: this.conversation(session) })
  }

  history({ session, from, limit }: CallInput<'chat.history'>): CallOutput<'chat.history'> {
    const conversation = this.conversation(session)
    const rows = this.#rows
    const user = this.userOf(session)
    const firstUnread = rows.find(
      ({ author, place }) => author !== user && (place ?? '') > (conversation.readPlace ?? ''),
    )
    const wanted = 'place' in from ? from.place : (firstUnread?.place ?? '')
    const at = wanted === '' ? rows.length : rows.findIndex(({ place }) => place === wanted)
    const starts = {
      newest: rows.length - limit,
      unread: at - Math.floor(limit / 2),
      around: at - Math.floor(limit / 2),
      before: at - limit,
      after: at + 1,
    }
    const start = Math.max(0, Math.min(starts[from.kind], rows.length))
    const end = from.kind === 'before' ? at : Math.min(rows.length, Math.max(start + limit, 0))
    return {
      conversation,
      rows: rows.slice(start, end),
      waiting: [],
      firstUnread: firstUnread?.place ?? null,
      isBeginning: start === 0,
      isEnd: end >= rows.length,
    }
  }

  find(id: string): ChatRow | null {
    return this.#rows.find((row) => row.id === id) ?? null
  }

  search(text: string): readonly ChatRow[] {
    const words = text.split(/\s+/).filter((word) => !word.includes(':'))
    return this.#rows.filter((row) => words.every((word) => row.text.includes(word))).toReversed()
  }

  say({ session, id, text, replyTo }: CallInput<'chat.say'>): void {
    const author = this.userOf(session)
    this.#tell({ kind: 'row', row: this.#place({ author, text, id, replyTo, atMs: this.#nowMs }) })
  }

  change(id: string, change: (row: ChatRow) => ChatRow): void {
    this.#rows = this.#rows.map((row) => (row.id === id ? change(row) : row))
    const row = this.find(id)
    if (row !== null) this.#tell({ kind: 'row', row })
  }

  userOf(session: string): string {
    return this.#sessions.find((one) => one.session === session)?.user ?? ''
  }

  #tell(change: ChatChange): void {
    this.#changes = [...this.#changes, change]
    this.#release()
  }

  #release(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }

  #place(part: Pick<ChatRow, 'author' | 'text' | 'atMs'> & Partial<ChatRow>): ChatRow {
    const number = this.#rows.length + 1
    const row: ChatRow = {
      id: number.toString(16).padStart(32, '0'),
      conversation: general,
      place: String(number).padStart(12, '0'),
      replyTo: null,
      mentions: [...part.text.matchAll(/@(\w+)/g)].map(([, name]) => name ?? ''),
      through: part.author.startsWith('bot-') ? 'course' : 'native',
      lamport: number * 3,
      position: number,
      logIndex: number,
      origin: null,
      editedAtMs: null,
      isDeleted: false,
      reactions: [],
      state: { kind: 'stored', copies: 2, servers: 3 },
      ...part,
    }
    this.#rows.push(row)
    return row
  }

  #card(id: string, role: RoleName, view: NodeCard['view']): NodeCard {
    const chat = factsOf(id, role, this.#rows.length)
    return {
      id: nodeOf(id),
      clusterId: 'chat' as ClusterId, // the shape that kit/ids would check
      role,
      state: { kind: 'running', sinceWallMs: 0, pid: 6_000 },
      address: { host: '127.0.0.1', port: 5_810 },
      http: null,
      crashes: 0,
      view: view && {
        ...{ ...view, notary: null, desk: null, ring: null, chat, clockSync: null },
        ...(role === 'chat-server' ? {} : { leadership: null, log: null }),
      },
      viewWallMs: this.#nowMs,
    }
  }
}

const roles: readonly (readonly [string, RoleName])[] = [
  ['chat-broker', 'chat-broker'],
  ['chat-proxy', 'chat-proxy'],
  ['chat-reference', 'chat-reference'],
  ['chat-server-1', 'chat-server'],
  ['chat-server-2', 'chat-server'],
  ['chat-server-3', 'chat-server'],
  ['chat-bot-1', 'chat-bot'],
]

function nodeOf(id: string): NodeId {
  return id as NodeId // the shape that kit/ids would check
}

function factsOf(id: string, role: RoleName, messages: number): ChatFacts | null {
  if (role === 'chat-bot') return { kind: 'bot', name: 'bot-eco-1', said: 4, refused: 0, heard: 9, isWaiting: false }
  if (role === 'chat-proxy') return { kind: 'proxy', forwards: [] }
  if (role === 'chat-reference') return { kind: 'reference', servers: [{ name: id, rank: 1, isHere: true }] }
  if (role === 'chat-broker')
    return { kind: 'broker', open: 0, answered: 12, resent: 1, clients: 2, programs: [], foreignServers: 0, refused: 0 }
  const counts = { position: messages, publishedUpTo: messages, openRequests: 0, searchLag: 0 }
  return { kind: 'server', profile: 'leader', messages, ...counts }
}
