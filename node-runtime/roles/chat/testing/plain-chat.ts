import { type ChatFacts, type ChatPlan, type ChatProfile, chatSockets } from '#contract/worker/chat'
import type { FaultRules } from '#contract/worker/faults'
import type { NodeRequest } from '#contract/worker/protocol'
import type { SocketAddress, SocketPlan } from '#contract/worker/sockets'
import type { ClockSyncView } from '#contract/worker/view'
import { type CourseAsk, type CourseReply, courseRequest, readReply } from '#dialects/chat/index'
import { type NodeId, nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Sockets } from '#ports/sockets'
import { VirtualSocketRoom } from '#sim/virtual-socket-room'
import type { RoleStart, RunningRole } from '../../role.ts'
import { type VirtualHost, VirtualHosts, virtualPlan } from '../../testing/virtual-hosts.ts'

export const [broker, proxy, reference, program] = ['chat-broker', 'chat-proxy', 'chat-reference', 'program'].map(
  (name) => nodeId(name),
) as [NodeId, NodeId, NodeId, NodeId] // four names make four ids
export const servers: readonly NodeId[] = [1, 2, 3].map((number) => nodeId(`chat-server-${number}`))

const at = (port: number): SocketAddress => ({ host: 'virtual', port })
const open = { kind: 'open' } as const
const course: SocketPlan = { kind: 'subscriber', name: chatSockets.heardCourse, to: at(5558), trust: open }
/** Of programs and bots: each has its own. */
const asking: readonly SocketPlan[] = [
  { kind: 'asker', name: chatSockets.broker, to: at(5555) },
  { kind: 'asker', name: 'reference', to: at(6000) },
  course,
]
export const foreignServersAt = at(5556)

const plans = new Map<NodeId, readonly SocketPlan[]>([
  [
    broker,
    [
      { kind: 'router', name: chatSockets.clients, at: at(5555) },
      { kind: 'dealer', name: chatSockets.servers, at: foreignServersAt },
    ],
  ],
  [
    proxy,
    [
      { kind: 'forwarder', name: chatSockets.native, from: at(5818), to: at(5819), trust: 'lab' },
      { kind: 'forwarder', name: chatSockets.course, from: at(5557), to: at(5558), trust: 'open' },
      course,
    ],
  ],
  [reference, [{ kind: 'router', name: chatSockets.ranks, at: at(6000) }]],
  ...servers.map((id): readonly [NodeId, readonly SocketPlan[]] => [
    id,
    [
      { kind: 'publisher', name: chatSockets.native, to: at(5818), trust: { kind: 'lab', serverKey: '' } },
      { kind: 'publisher', name: chatSockets.course, to: at(5557), trust: open },
      course,
    ],
  ]),
])

/** Nodes of a chat on virtual hosts, and a program that asks them as programs of the course do. */
export class PlainChat {
  readonly hosts: VirtualHosts
  readonly room: VirtualSocketRoom
  readonly #roles: ReadonlyMap<NodeId, RoleStart>
  readonly #plan: ChatPlan
  readonly #running = new Map<NodeId, RunningRole>()
  #programSockets: Sockets

  constructor(roles: Readonly<Record<string, RoleStart>>, profile: ChatProfile = 'leader') {
    this.#roles = new Map(Object.entries(roles).map(([name, role]) => [nodeId(name), role]))
    this.hosts = new VirtualHosts([...this.#roles.keys(), program])
    // The program's clock is the room's: it never dies.
    this.room = new VirtualSocketRoom({ clock: this.hosts.host(program).clock })
    this.#plan = {
      ...{ profile, hasJsonPublications: false, reach: 'loopback', layouts: ['course'] },
      ...{ broker, proxy, reference, servers },
    }
    this.#programSockets = this.room.open({ nodeId: program, plans: asking, isOfLab: false })
    for (const id of this.#roles.keys()) this.start(id)
  }

  start(id: NodeId): void {
    const host = this.hosts.host(id)
    const start = this.#roles.get(id)
    if (start === undefined) throw new Error(`${id} has no role`)
    const isServer = servers.includes(id)
    // Servers that follow a leader have no ear for what others publish.
    const isDeaf = isServer && this.#plan.profile === 'leader'
    const sockets = this.room.open({
      nodeId: id,
      plans: (plans.get(id) ?? asking).filter((plan) => !isDeaf || plan !== course),
      isOfLab: true,
    })
    const own = virtualPlan(id, isServer ? servers.filter((server) => this.#roles.has(server)) : this.hosts.ids)
    const plan = { ...own, group: isServer ? own.group : null, chat: this.#plan }
    this.hosts.live(host, () => this.#running.set(id, start(plan, { ...host.ports(), sockets })))
  }

  kill(id: NodeId): void {
    this.#running.delete(id)
    this.room.close(id)
    this.host(id).crash()
  }

  host(id: NodeId): VirtualHost {
    return this.hosts.host(id)
  }

  leads(id: NodeId): boolean {
    return this.#running.get(id)?.facts().leadership?.leadership === 'leader'
  }

  facts<Kind extends ChatFacts['kind']>(id: NodeId, kind: Kind): Extract<ChatFacts, { kind: Kind }> {
    const facts = this.#running.get(id)?.facts().chat
    if (facts?.kind !== kind) throw new Error(`${id} is no ${kind}`)
    return facts as Extract<ChatFacts, { kind: Kind }> // just looked at
  }

  anomalies(id: NodeId): number {
    return this.#running.get(id)?.facts().anomalies ?? 0
  }

  clockSync(id: NodeId): ClockSyncView | null {
    return this.#running.get(id)?.facts().clockSync ?? null
  }

  /** What time it is by that node. */
  timeMs(id: NodeId): number {
    return this.host(id).clock.wall() + (this.clockSync(id)?.offsetMs ?? 0)
  }

  setFaults(id: NodeId, rules: FaultRules): void {
    this.#running.get(id)?.setFaults(rules)
  }

  request(id: NodeId, request: NodeRequest): Result<unknown> | null {
    let result: Result<unknown> | null = null
    this.#running.get(id)?.answer(request, (given) => {
      result = given
    })
    return result
  }

  /** As a program of the course, which waits for its answer; null: it gave up. */
  ask(ask: CourseAsk, to: 'broker' | 'reference' = 'broker', withinMs = 60_000): CourseReply | null {
    const answer = this.askBytes(courseRequest('messagepack', ask, { atMs: 1_000, clock: 1 }), to, withinMs)
    return answer === null ? null : readReply(answer)
  }

  askBytes(payload: Uint8Array, to: 'broker' | 'reference' = 'broker', withinMs = 60_000): Uint8Array | null {
    const asked = this.begin(payload, to, withinMs)
    this.hosts.until(() => asked.result !== null, withinMs + 1_000)
    return asked.result?.ok === true ? asked.result.value : null
  }

  begin(payload: Uint8Array, to: 'broker' | 'reference', withinMs: number): { result: Result<Uint8Array> | null } {
    const asked: { result: Result<Uint8Array> | null } = { result: null }
    this.#programSockets.asker(to).ask(payload, withinMs, (result) => {
      asked.result = result
    })
    return asked
  }
}
