import type { ChatAnswers, ChatQuery, Deed, DeedOutcome } from '#cores/chat/messages'
import { fail, type Result } from '#kit/result'
import type { Consistency } from '#ports/replicated-log'
import type { Replica } from '../../replica/replica.ts'
import type { Accounts, ChatService, ChatStanding, SearchOrder, SearchPage } from '../service.ts'
import type { ChatState } from './chat-state.ts'
import type { Gatherer } from './gatherer.ts'

export interface ChatServiceParts {
  readonly replica: Pick<Replica, 'view'>
  readonly state: ChatState
  readonly gatherer: Gatherer
  readonly accounts: Accounts
  readonly search: (order: SearchOrder, done: (result: Result<SearchPage>) => void) => void
}

/** One server of the chat, for whoever asks. */
export class LeaderService implements ChatService {
  readonly #parts: ChatServiceParts

  constructor(parts: ChatServiceParts) {
    this.#parts = parts
  }

  get standing(): ChatStanding {
    const { id, role, leader, term } = this.#parts.replica.view
    return { nodeId: id, isLeader: role === 'leader', leader, term }
  }

  get accounts(): Accounts {
    return this.#parts.accounts
  }

  act(deed: Deed, done: (result: Result<DeedOutcome>) => void): void {
    if (!this.standing.isLeader) return done(notLeader)
    this.#parts.gatherer.act(deed, done)
  }

  ask<Query extends ChatQuery>(
    query: Query,
    consistency: Consistency,
    done: (result: Result<ChatAnswers[Query['kind']]>) => void,
  ): void {
    this.#parts.state.ask(query, consistency, done)
  }

  search(order: SearchOrder, done: (result: Result<SearchPage>) => void): void {
    this.#parts.search(order, done)
  }
}

const notLeader = fail('not-leader', 'this server does not lead')
