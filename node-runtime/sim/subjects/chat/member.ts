import type { FaultRules } from '#contract/worker/faults'
import { decodeChatQueryAnswer, encodeChatQuery } from '#cores/chat/index'
import type { ChatAnswers, ChatEvent, ChatQuery, MemberRow } from '#cores/chat/messages'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { Replica } from '#roles/replica/replica'
import type { NodeHands, Program } from '../../subject.ts'
import { WatchedCopy } from '../replica/watched-copy.ts'
import type { ChatParts } from './parts.ts'
import { direct, general, people, plan } from './people.ts'
import { decodeDump, dumpQuery, watched } from './watched-machine.ts'
import { type ChatView, type ChatWords, nothingShown } from './words.ts'

const feeds = ['all', general, 'c:random', plan, direct, ...people.map((name) => `u:${name}`)]

/** A server's copy of the chat. */
export class Member implements Program<ChatWords> {
  readonly #hands: NodeHands<ChatWords>
  readonly #copy: WatchedCopy<ChatWords>
  /** Of each feed, the last event that was told. */
  #last = new Map<string, number>()

  constructor(hands: NodeHands<ChatWords>, { machineOf }: ChatParts) {
    this.#hands = hands
    this.#copy = new WatchedCopy(hands, {
      machineOf: (world) => watched(machineOf(world)),
      note: (note) => hands.note(note),
      grew: (replica, isAnew) => this.#tell(replica, isAnew),
      dump: (replica) => {
        const { appliedIndex } = replica
        hands.note({ kind: 'dumped', appliedIndex, ...decodeDump(replica.look(dumpQuery).answer) })
      },
    })
  }

  get view(): ChatView {
    const shown = this.#copy.shown((replica) => ({ position: look(replica, { kind: 'status' }).position }))
    return { ...nothingShown, id: this.#hands.id, role: 'down', ...shown }
  }

  receive(from: NodeId, message: ChatWords['message']): void {
    this.#copy.receive(from, message)
  }

  setFaults(rules: FaultRules): void {
    this.#copy.setFaults(rules)
  }

  #tell(replica: Replica, isAnew: boolean): void {
    if (isAnew) this.#last = new Map()
    const { appliedIndex } = replica
    const events = feeds.flatMap((feed) => eventsOf(replica, feed, this.#last))
    const { position } = look(replica, { kind: 'status' })
    this.#hands.note({ kind: 'holds', isAnew, appliedIndex, position, events, marks: marksOf(replica) })
  }
}

/** All of a feed after what was seen of it. */
function eventsOf(replica: Replica, feed: string, last: Map<string, number>): readonly ChatEvent[] {
  const events: ChatEvent[] = []
  for (;;) {
    const answer = look(replica, { kind: 'events', as: null, feed, after: last.get(feed) ?? 0, limit: 500 })
    const newest = answer?.events.at(-1)
    if (answer === null || newest === undefined) return events
    events.push(...answer.events)
    last.set(feed, newest.number)
  }
}

function marksOf(replica: Replica): readonly MemberRow[] {
  return look(replica, { kind: 'members', as: null, conversation: general, after: null, limit: 50 })?.members ?? []
}

function look<Query extends ChatQuery>(replica: Replica, query: Query): ChatAnswers[Query['kind']] {
  const kind: Query['kind'] = query.kind
  const found = decodeChatQueryAnswer(kind, replica.look(encodeChatQuery(query)).answer)
  assert(found !== null, `the machine answers ${kind}`)
  return found.answer
}
