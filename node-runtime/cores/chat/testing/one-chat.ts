import { MapState } from '#cores/notary/testing/one-notary'
import { nodeId } from '#kit/ids'
import { chatMachine, decodeChatAnswer, decodeChatQueryAnswer, encodeChatCommand, encodeChatQuery } from '../index.ts'
import type {
  ChatAnswers,
  ChatCommandAnswer,
  ChatEvent,
  ChatQuery,
  Deed,
  DeedId,
  DeedOutcome,
  Message,
  What,
} from '../messages.ts'

export const by = nodeId('chat-1')

/** With all of its events taken apart. */
export function plainAnswer(answer: ReturnType<typeof decodeChatAnswer>): ChatCommandAnswer | null {
  if (answer?.kind !== 'done') return answer
  const places = new Map<ChatEvent | null, ChatEvent>(answer.events.map((event) => [event, event.plain]))
  const outcomes = answer.outcomes.map((outcome) =>
    outcome.kind === 'refused' ? outcome : { ...outcome, event: places.get(outcome.event) ?? outcome.event },
  )
  return { ...answer, outcomes, events: answer.events.map((event) => event.plain) }
}

/** A machine with its state, spoken to in values. */
export class OneChat {
  readonly state = new MapState()
  machine = chatMachine()
  atMs = 1_795_225_120_000
  #index = 0
  #id = 0

  id(): DeedId {
    this.#id += 1
    return this.#id.toString(16).padStart(32, '0')
  }

  applyBytes(bytes: Uint8Array): ChatCommandAnswer | null {
    this.#index += 1
    this.atMs += 10
    const entry = { index: this.#index, atMs: this.atMs, lamport: this.#index * 2, bytes }
    return plainAnswer(decodeChatAnswer(this.machine.apply(entry, this.state)))
  }

  apply(deeds: readonly Deed[], publishedUpTo = 0): { outcomes: readonly DeedOutcome[]; events: readonly ChatEvent[] } {
    const answer = this.applyBytes(encodeChatCommand({ by, term: 2, publishedUpTo, deeds }))
    if (answer?.kind !== 'done') throw new Error(`answered ${answer?.kind}`)
    return answer
  }

  /** What became of it: `done`, `done-before`, or why it was refused. */
  try(actor: string | null, what: What, id: DeedId = this.id()): string {
    const outcome = this.outcome(actor, what, id)
    return outcome.kind === 'refused' ? outcome.why : outcome.kind
  }

  outcome(actor: string | null, what: What, id: DeedId = this.id()): DeedOutcome {
    const [outcome] = this.apply([{ id, actor, what }]).outcomes
    if (outcome === undefined) throw new Error('no outcome')
    return outcome
  }

  /** It is done; gives its event. */
  do(actor: string | null, what: What, id: DeedId = this.id()): ChatEvent {
    const outcome = this.outcome(actor, what, id)
    if (outcome.kind !== 'done' || outcome.event === null) throw new Error(`${what.kind}: ${JSON.stringify(outcome)}`)
    return outcome.event
  }

  signUp(...users: readonly string[]): void {
    for (const user of users) this.do(null, { kind: 'sign-up', user, password: '$scrypt$', isBot: false })
  }

  /** Makes a channel with these in it; gives its id. */
  channel(name: string, users: readonly [string, ...string[]], isPrivate = false): string {
    const { what } = this.do(users[0], { kind: 'create-channel', name, title: '', isPrivate, fence: null })
    if (what.kind !== 'conversation') throw new Error(what.kind)
    const { id: conversation } = what.conversation
    for (const user of users.slice(1)) this.do(users[0], { kind: 'invite', conversation, user })
    return conversation
  }

  say(actor: string, conversation: string, text: string, id: DeedId = this.id()): Message {
    const to = { kind: 'conversation', conversation } as const
    const { what } = this.do(actor, { kind: 'say', to, text, replyTo: null, through: 'native' }, id)
    if (what.kind !== 'message') throw new Error(what.kind)
    return what.message
  }

  ask<Query extends ChatQuery>(query: Query): ChatAnswers[Query['kind']] {
    const kind: Query['kind'] = query.kind
    const found = decodeChatQueryAnswer(kind, this.machine.query(encodeChatQuery(query), this.state))
    if (found === null) throw new Error(`no answer to ${query.kind}`)
    return found.answer
  }

  history(as: string | null, conversation: string): readonly string[] | null {
    const answer = this.ask({ kind: 'history', as, conversation, from: 0, order: 'up', limit: 500 })
    return answer?.messages.map(({ text }) => text) ?? null
  }

  events(as: string | null, feed: string, after = 0): readonly ChatEvent[] {
    return this.ask({ kind: 'events', as, feed, after, limit: 500 })?.events ?? []
  }
}
