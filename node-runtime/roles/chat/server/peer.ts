import { type ChatLayout, chatSockets } from '#contract/worker/chat'
import type { WrittenEvent } from '#cores/chat/index'
import type { ChatCommand, Deed, DeedOutcome } from '#cores/chat/messages'
import { toHex } from '#kit/hex'
import { fail, type Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import type { ReplicatedMember, SystemFacts, SystemRequest, SystemService } from '../../replicated-peer.ts'
import { chatOf } from '../chat-of.ts'
import { Exports } from '../exports.ts'
import { decodeFollowed, followedKind } from '../followed-word.ts'
import { AtReference } from '../reference/at-reference.ts'
import { ServerAccounts } from './accounts.ts'
import { LeaderService } from './chat-service.ts'
import { ChatState } from './chat-state.ts'
import { exported } from './export.ts'
import { ForeignDoor } from './foreign-door.ts'
import { Gatherer } from './gatherer.ts'
import { Indexer } from './indexer.ts'
import { Keeper } from './keeper.ts'
import { NativeDoor } from './native-door.ts'
import { Presence } from './presence.ts'
import { Publisher } from './publisher.ts'
import { search } from './search.ts'

/** What makes a member of a replicated group a server of the chat. Each part knows its own duty; here they meet. */
export class ChatServer implements SystemService {
  readonly service: LeaderService
  readonly #member: ReplicatedMember
  readonly #state: ChatState
  readonly #publisher: Publisher
  readonly #keeper: Keeper
  readonly #door: NativeDoor
  readonly #indexer: Indexer
  readonly #atReference: AtReference
  /** null: the proxy has not said yet. */
  #followed: readonly ChatLayout[] | null = null
  readonly #exports = new Exports()
  readonly #stops = new StopStack()

  constructor(member: ReplicatedMember) {
    this.#member = member
    const { ports, post, replica, time } = member
    const { secrets, soon, lamport } = ports
    const { passwords, sha256 } = secrets
    const chat = chatOf(member.plan)
    const timeMs = (): number => time.timeMs()
    const state = new ChatState(replica, soon)
    this.#state = state
    this.#indexer = new Indexer({ state, texts: ports.texts })
    this.#publisher = this.#makePublisher()
    const propose: ChatState['propose'] = (command, done) => state.propose(command, done)
    const head = (): Omit<ChatCommand, 'deeds'> => this.#head
    const gatherer = new Gatherer({ propose, head, soon })
    const act = (deed: Deed, done: (result: Result<DeedOutcome>) => void): void => this.service.act(deed, done)
    const accounts = new ServerAccounts({ state, act, passwords, sha256, timeMs })
    this.service = new LeaderService({
      ...{ replica, state, gatherer, accounts },
      search: (order, done) => search({ state, texts: ports.texts, soon }, order, done),
    })
    const presence = new Presence({ tell: (passing) => this.#publisher.here(passing), timeMs })
    const here = (user: string): void => presence.here(user)
    const foreign = new ForeignDoor({ state, act, accounts, sha256, timeMs, lamport, here, reach: chat.reach })
    this.#door = new NativeDoor({
      ...{ post, state, timeMs, here, service: this.service, publisher: this.#publisher },
      broker: chat.broker,
      foreign: (order, done) => foreign.hear(order, done),
    })
    this.#atReference = new AtReference({ self: member.plan.nodeId, reference: chat.reference, post, ports })
    this.#keeper = new Keeper({
      ...{ state, propose, head, timeMs },
      leads: () => this.service.standing.isLeader,
      freshId: () => toHex(passwords.freshKey().subarray(0, idBytes)),
      freshKey: () => passwords.freshKey(),
    })
    this.#stops.add(state.watch((events) => this.#happened(events)))
    post.read([followedKind], ({ from, body }) => {
      const followed = from === chat.proxy ? decodeFollowed(body) : null
      if (followed !== null) this.#followed = followed
      return followed === null ? 'malformed' : null
    })
  }

  get facts(): SystemFacts {
    const { messages, position } = this.#state.look({ kind: 'status' })
    const publishedUpTo = this.#publisher.upTo
    const chat = { kind: 'server', profile: 'leader', messages, position, publishedUpTo } as const
    const searchLag = this.#indexer.lag
    return { notary: null, chat: { ...chat, openRequests: this.#door.open, searchLag }, shop: null, anomalies: 0 }
  }

  tick(): void {
    this.#publisher.lead()
    this.#keeper.tick()
    this.#indexer.tick()
    this.#atReference.tick()
  }

  pause(): void {
    // The log, the post and the sockets are asleep then, and nothing else is awake here.
  }

  answer(request: SystemRequest, done: (result: Result<unknown>) => void): void {
    if (request.kind === 'export') {
      return done(this.#exports.page(request.after, () => exported(this.#state, this.#member.plan.clusterId)))
    }
    done(fail('does-not-apply', 'this node is no peer of a notary'))
  }

  stop(): void {
    void this.#stops.run()
  }

  get #head(): Omit<ChatCommand, 'deeds'> {
    const { id, term } = this.#member.replica.view
    return { by: id, term, publishedUpTo: this.#publisher.upTo }
  }

  #makePublisher(): Publisher {
    const { plan, ports, replica } = this.#member
    const chat = chatOf(plan)
    const { layouts } = chat
    const { sockets } = ports
    return new Publisher({
      nodeId: plan.nodeId,
      plan: chat,
      native: sockets.publisher(chatSockets.native),
      course: layouts.includes('course') ? sockets.publisher(chatSockets.course) : null,
      account: layouts.includes('account') ? sockets.publisher(chatSockets.account) : null,
      isFollowed: (layout) => this.#followed?.includes(layout) ?? true,
      isProtected: (user) => this.#state.look({ kind: 'user', user }).user?.password != null,
      leads: () => (replica.view.role === 'leader' ? replica.view.term : null),
      publishedBefore: () => this.#state.look({ kind: 'status' }).publishedUpTo,
    })
  }

  #happened(events: readonly WrittenEvent[]): void {
    this.#publisher.happened(events)
    this.#indexer.happened(events)
    this.#countMessages(events)
    this.#member.ports.onChange()
  }

  /** Who leads is the coordinator of the clocks. Followers would only ask it to do what it does anyway. */
  #countMessages(events: readonly WrittenEvent[]): void {
    if (!this.service.standing.isLeader) return
    for (const { isMessage } of events) if (isMessage) this.#member.time.countMessage()
  }
}

const idBytes = 16
