import type {
  DeskCallName,
  DeskInput,
  DeskOutput,
  OutboxCounts,
  OutboxItem,
  OutboxOrder,
  OutboxState,
} from '#contract/worker/desk'
import { LamportClock } from '#cores/clocks/lamport'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { type NodeId, nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import { plainSha256 } from '#kit/sha256'
import { apiAnswerKind, apiRequestKind, decodeApiRequest, encodeApiAnswer } from '../../api-codec.ts'
import { Post } from '../../post.ts'
import type { RunningRole } from '../../role.ts'
import { FakeTrace } from '../../testing/fake-ports.ts'
import { PowerGone, VirtualHosts, virtualPlan } from '../../testing/virtual-hosts.ts'
import { deskRole } from '../desk.ts'
import type { Judge } from '../judge.ts'
import { FakeNotary } from './fake-notary.ts'

const desk = nodeId('desk')

/** Takes every text for a policy, and its first line for the key of the log. */
export const fakeJudge: Judge = {
  check: ({ text }) => ({
    kind: text.startsWith('receipt') ? 'proven' : 'not-a-receipt',
    facts: null,
    steps: [],
    origin: null,
    size: null,
    log: null,
    witnesses: [],
  }),
  readPolicy: (text) =>
    text.startsWith('policy')
      ? { fingerprint: `f ${text}`, origin: 'o', logKey: text.split('\n')[0] ?? '', witnesses: 3, quorum: 2, keys: [] }
      : null,
}

/** A desk with a disk that outlives it, and the peers of a notary that is not there. */
export class DeskWorld {
  readonly hosts: VirtualHosts
  readonly notary: FakeNotary
  readonly peers: readonly NodeId[]
  /** How often the desk has begun. */
  runs = 0
  #role: RunningRole

  constructor() {
    this.hosts = new VirtualHosts(['a', 'b', 'c', 'desk'])
    this.peers = this.hosts.ids.filter((id) => id !== desk)
    this.notary = new FakeNotary(this.peers)
    for (const id of this.peers) this.#openPeer(id)
    this.#role = this.#start()
    this.hosts.died = (host, cause) => {
      if (!(cause instanceof PowerGone)) throw cause
      host.crash()
      this.#role = this.#start()
    }
  }

  get facts() {
    return this.#role.facts()
  }

  get counts(): OutboxCounts {
    const { desk: view } = this.facts
    if (view === null) throw new Error('a desk shows its outbox')
    return view.outbox
  }

  get host() {
    return this.hosts.host(desk)
  }

  /** kill -9, and started again. */
  restart(): void {
    this.host.crash()
    this.#role = this.#start()
  }

  setFaults(rules: Parameters<RunningRole['setFaults']>[0]): void {
    this.#role.setFaults(rules)
  }

  /** null: not answered yet. */
  call<Name extends DeskCallName>(name: Name, input: DeskInput<Name>): { result: Result<DeskOutput<Name>> | null } {
    const given: { result: Result<DeskOutput<Name>> | null } = { result: null }
    const call = { name, input } as Parameters<typeof this.deskRequest>[0] // a name with its own input
    this.hosts.live(this.host, () => {
      this.#role.answer(this.deskRequest(call), (result) => {
        given.result = result as Result<DeskOutput<Name>> // the desk answers a name with its own output
      })
    })
    return given
  }

  /** Waits for the answer. */
  ask<Name extends DeskCallName>(name: Name, input: DeskInput<Name>): Result<DeskOutput<Name>> {
    const given = this.call(name, input)
    this.hosts.until(() => given.result !== null)
    if (given.result === null) throw new Error(`${name} was not answered`)
    return given.result
  }

  register(orders: readonly OutboxOrder[]): Result<unknown> | null {
    return this.call('notary.register', { documents: orders }).result
  }

  items(state: OutboxState | null = null): readonly OutboxItem[] {
    const page = this.ask('notary.outbox', { before: null, limit: 200, state })
    if (!page.ok) throw new Error(page.failure.message)
    return page.value.items
  }

  states(): readonly OutboxState[] {
    return this.items().map(({ state }) => state)
  }

  /** Everything is on its place in the log, or refused. */
  settled(withinMs?: number): void {
    this.hosts.until(() => this.counts.waiting + this.counts.sent === 0, withinMs)
  }

  deskRequest(call: Extract<Parameters<RunningRole['answer']>[0], { readonly kind: 'desk' }>['call']) {
    return { kind: 'desk', call } as const
  }

  #start(): RunningRole {
    this.runs += 1
    const plan = { ...virtualPlan(desk, [...this.peers, desk]), role: 'desk', group: null } as const
    return deskRole(() => fakeJudge)(plan, this.host.ports())
  }

  #openPeer(id: NodeId): void {
    const { wire, clock } = this.hosts.host(id)
    const post = new Post({ id, life: 1, lamport: new LamportClock(), ports: { wire, clock, trace: new FakeTrace() } })
    wire.listen((from, bytes) => post.receive(from, bytes))
    post.read([apiRequestKind], ({ from, body }) => {
      const asked = decodeApiRequest(body)
      if (asked === null) return 'malformed'
      const answer = this.notary.answer(id, asked.request)
      if (answer !== null) {
        post.send(from, { kind: apiAnswerKind, body: encodeApiAnswer({ ref: asked.ref, answer }), cause: null })
      }
      return null
    })
  }
}

/** As spread as those of real files. */
export function hashOfOrder(number: number): string {
  return toHex(plainSha256(encodeText(`file ${number}`)))
}

export function orders(count: number, from = 0): readonly OutboxOrder[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `order-${from + index}`,
    document: { kind: 'file', sha256: hashOfOrder(from + index), bytes: 10 },
    title: `document ${from + index}`,
    registrant: 'Ana',
  }))
}
