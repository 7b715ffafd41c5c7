import { type ChatFacts, chatSockets } from '#contract/worker/chat'
import type { NodePlan, NodeRequest } from '#contract/worker/protocol'
import { type CourseReply, courseRequest, readReply } from '#dialects/chat/index'
import { decodeText, encodeText } from '#kit/bytes'
import type { Result } from '#kit/result'
import type { AskerSocket, SubscriberSocket } from '#ports/sockets'
import { type Store, StoreFailure } from '#ports/store'
import { PlainNode } from '../../plain-node.ts'
import type { NodePorts, RoleFacts, RunningRole } from '../../role.ts'
import { chatOf } from '../chat-of.ts'
import { BotScript, botPace } from './script.ts'

/** Then it asks again: the program or the way to it may have died. */
const answeredWithinMs = 5_000
/** An answer that takes longer is waited for, as people see it. */
const promptMs = 1_000
const nameAt = { space: 'bot', key: 'name' } as const

/** A program of the course among our own nodes: it asks and listens on the open sockets, and knows nothing else. */
export class ChatBot implements RunningRole {
  readonly #node: PlainNode
  readonly #ports: NodePorts
  readonly #asker: AskerSocket
  readonly #heardOn: SubscriberSocket | null
  readonly #script: BotScript
  #followed: readonly string[] = []
  #askedMs: number | null = null
  #isLate = false
  #heard = 0

  constructor(plan: NodePlan, ports: NodePorts) {
    const { sockets, random, store } = ports
    this.#node = new PlainNode(plan, ports)
    this.#ports = ports
    this.#asker = sockets.asker(chatSockets.broker)
    const hasCourse = chatOf(plan).layouts.includes('course')
    this.#heardOn = hasCourse ? sockets.subscriber(chatSockets.heardCourse) : null
    this.#script = new BotScript(random.fork('bot'), keptName(store))
    // Topics match by their beginning, so that others' come as well.
    const stop = this.#heardOn?.listen((topic) => {
      if (!this.#followed.includes(topic)) return
      this.#heard += 1
      ports.onChange()
    })
    if (stop !== undefined) this.#node.stops.add(stop)
    this.#node.every(botPace.beatMs, () => this.#beat())
  }

  facts(): RoleFacts {
    const { name, said, refused } = this.#script
    const facts: ChatFacts = { kind: 'bot', name, said, refused, heard: this.#heard, isWaiting: this.#isLate }
    return this.#node.facts({ chat: facts })
  }

  setFaults(rules: NodePlan['faults']): void {
    this.#node.setFaults(rules)
  }

  answer(request: NodeRequest, done: (result: Result<unknown>) => void): void {
    this.#node.answer(request, done)
  }

  stop(): void {
    void this.#node.stops.run()
  }

  #beat(): void {
    const { clock, lamport, onChange } = this.#ports
    if (this.#askedMs !== null) {
      const isLate = clock.now() - this.#askedMs >= promptMs
      if (isLate !== this.#isLate) onChange()
      this.#isLate = isLate
      return
    }
    const ask = this.#script.next()
    if (ask === null) return
    this.#askedMs = clock.now()
    const stamp = { atMs: clock.wall(), clock: lamport.beforeSend() }
    this.#asker.ask(courseRequest('messagepack', ask, stamp), answeredWithinMs, (answer) => {
      this.#askedMs = null
      this.#hears(answer.ok ? readReply(answer.value) : null)
      // Who was not answered still waits: the next beat asks again.
      this.#isLate = !answer.ok
      onChange()
    })
  }

  #hears(reply: CourseReply | null): void {
    const { lamport, store } = this.#ports
    if (reply !== null && lamport.accepts(reply.clock)) lamport.onReceive(reply.clock)
    this.#script.heard(reply)
    if (reply?.service === 'login' && !reply.isRefused) keepName(store, this.#script.name)
    this.#follow([this.#script.name, ...(this.#script.channel === null ? [] : [this.#script.channel])])
  }

  #follow(topics: readonly string[]): void {
    for (const topic of this.#followed) if (!topics.includes(topic)) this.#heardOn?.unfollow(topic)
    for (const topic of topics) if (!this.#followed.includes(topic)) this.#heardOn?.follow(topic)
    this.#followed = topics
  }
}

function keptName(store: Store): string | null {
  const bytes = store.view().get(nameAt.space, nameAt.key)
  return bytes === null ? null : decodeText(bytes)
}

/** Another life with a name of its own is no harm, so that a full disk is none either. */
function keepName(store: Store, name: string): void {
  if (keptName(store) === name) return
  try {
    store.transaction((tx) => tx.put(nameAt.space, nameAt.key, encodeText(name)))
  } catch (error) {
    if (!(error instanceof StoreFailure && (error.code === 'disk-full' || error.code === 'no-permission'))) throw error
  }
}
