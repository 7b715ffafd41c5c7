import { decodeChatAnswer, decodeChatQueryAnswer, encodeChatCommand, encodeChatQuery } from '#cores/chat/index'
import type { ChatAnswers, ChatQuery, Deed } from '#cores/chat/messages'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import type { Consistency } from '#ports/replicated-log'
import { Lanes } from '#roles/replica/lanes'
import type { NodeHands, Program } from '../../subject.ts'
import { Outsider } from '../replica/outsider.ts'
import type { ChatParts } from './parts.ts'
import { beginnings, general, idOf, Person, people, pryingQuery } from './people.ts'
import { type ChatView, type ChatWords, nothingShown } from './words.ts'

/** Three people who speak to the group over the wire, and ask again for what they were not answered. In calm they read it all once more. */
export class ChatClient implements Program<ChatWords> {
  readonly #hands: NodeHands<ChatWords>
  readonly #parts: ChatParts
  readonly #random: Random
  readonly #group: Outsider<ChatWords>
  readonly #lanes: Lanes
  readonly #people: readonly Person[]
  #deeds = 0
  #underWay = 0
  #hasBegun = false
  #isReading = false
  #hasReadAll = false

  constructor(hands: NodeHands<ChatWords>, parts: ChatParts) {
    const { scenario, random } = hands
    this.#hands = hands
    this.#parts = parts
    this.#random = random.fork('client')
    this.#people = people.map((name) => new Person(name, random.fork(name)))
    this.#group = new Outsider(hands, (to, bytes) => hands.send(to, { bytes }))
    const { log, later, clock } = this.#group
    const { lanes: lanesMax = 1 } = scenario.settings
    this.#lanes = new Lanes({ log, lanesMax, waitingMax: people.length, soon: later.soon })
    clock.every(scenario.tickMs, () => this.#tick())
  }

  get view(): ChatView {
    const isDone = this.#underWay === 0 && this.#hasReadAll
    return { ...nothingShown, id: this.#hands.id, role: 'client', isDone }
  }

  receive(from: NodeId, { bytes }: ChatWords['message']): void {
    this.#group.receive(from, bytes)
  }

  setFaults(): void {}

  get #nowTick(): number {
    return Math.floor(this.#hands.clock.now() / this.#hands.scenario.tickMs)
  }

  #tick(): void {
    if (!this.#hasBegun) return this.#begin()
    const { settings, ticksOfTrouble } = this.#hands.scenario
    if (this.#nowTick >= ticksOfTrouble) return this.#finish()
    const { deeds = 0, looks = 0, reads = 0 } = settings
    const wishes = this.#people.filter((person) => !person.isBusy && this.#random.below(1_000) < deeds)
    if (wishes.length > 0) this.#ask(wishes.map((person) => person.next(this.#nextId())))
    if (this.#random.below(20_000) < deeds)
      this.#ask([{ id: this.#nextId(), actor: null, what: { kind: 'expire-locks' } }])
    if (this.#random.below(1_000) < looks) this.#pry()
    if (this.#random.below(1_000) < reads && !this.#isReading) this.#read(false)
  }

  #begin(): void {
    this.#hasBegun = true
    this.#ask(beginnings)
  }

  /** Everything that is still under way comes to its end first: what is uncertain may happen until then. */
  #finish(): void {
    if (this.#underWay === 0 && !this.#hasReadAll && !this.#isReading) this.#read(true)
  }

  #nextId(): string {
    this.#deeds += 1
    return idOf(this.#group.life * 1_000_000 + this.#deeds)
  }

  #ask(deeds: readonly Deed[]): void {
    for (const deed of deeds) this.#hands.note({ kind: 'asked', deed })
    this.#propose(deeds)
  }

  /** Until there is an answer. Several times in the log, a deed happens once. */
  #propose(deeds: readonly Deed[]): void {
    this.#underWay += 1
    const command = encodeChatCommand({ by: this.#hands.id, term: 0, publishedUpTo: 0, deeds })
    this.#lanes.propose(command, (result) => {
      this.#underWay -= 1
      if (result.ok) return this.#learn(deeds, result.value.answer)
      const { code } = result.failure
      this.#hands.note({ kind: 'unanswered', code })
      const isNew = this.#parts.again === 'new-id' && code === 'timed-out'
      const again = isNew ? deeds.map((deed) => ({ ...deed, id: this.#nextId() })) : deeds
      this.#underWay += 1
      this.#hands.clock.after(this.#hands.scenario.tickMs, () => {
        this.#underWay -= 1
        this.#propose(again)
        this.#group.later.finish()
      })
    })
  }

  #learn(deeds: readonly Deed[], bytes: Uint8Array): void {
    const answer = decodeChatAnswer(bytes)
    if (answer?.kind !== 'done') return this.#hands.anomaly('a command was answered as none')
    for (const [at, deed] of deeds.entries()) {
      const outcome = answer.outcomes[at]
      if (outcome === undefined) return this.#hands.anomaly('a deed has no outcome')
      this.#hands.note({ kind: 'answered', deed, outcome })
      this.#people.find(({ name }) => name === deed.actor)?.learn(deed, outcome)
    }
  }

  #pry(): void {
    const query = pryingQuery(this.#random)
    this.#look(query, this.#random.chance(1, 2) ? 'stale' : 'linearizable', (answer) => {
      if (answer !== undefined) this.#hands.note({ kind: 'shown', query: query.kind, answer: JSON.stringify(answer) })
    })
  }

  #read(isFinal: boolean): void {
    const askedTick = this.#nowTick
    const ids: string[] = []
    const after = (from: number): void => {
      const query = { kind: 'history', as: 'ana', conversation: general, from, order: 'up', limit: 500 } as const
      this.#look(query, 'linearizable', (page) => {
        if (page === undefined) this.#isReading = false
        if (page === undefined) return
        ids.push(...(page?.messages.map(({ id }) => id) ?? []))
        if (page?.isWhole === false) return after(page.messages.at(-1)?.number ?? from)
        this.#isReading = false
        this.#hasReadAll ||= isFinal
        this.#hands.note({ kind: 'read', askedTick, ids, isFinal })
      })
    }
    this.#isReading = true
    after(0)
  }

  /** undefined: there was no answer. */
  #look<Query extends ChatQuery>(
    query: Query,
    consistency: Consistency,
    done: (answer: ChatAnswers[Query['kind']] | undefined) => void,
  ): void {
    const kind: Query['kind'] = query.kind
    this.#group.log.read(encodeChatQuery(query), consistency, (result) => {
      if (!result.ok) return done(undefined)
      const found = decodeChatQueryAnswer(kind, result.value.answer)
      if (found === null) return this.#hands.anomaly(`${kind} was asked, and the answer is none`)
      done(found.answer)
    })
  }
}
