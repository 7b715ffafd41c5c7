import { chatSockets } from '#contract/worker/chat'
import type { NodePlan, NodeRequest } from '#contract/worker/protocol'
import { decodeEveryone, everyoneKinds } from '#cores/chat/everyone/codec'
import { everyoneLimits } from '#cores/chat/everyone/limits'
import type { Entry, EveryoneConfig, EveryoneInput, EveryoneMessage } from '#cores/chat/everyone/messages'
import { fail, ok, type Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import { beginLife } from '../../lives.ts'
import { type Letter, Post } from '../../post.ts'
import { Pump } from '../../pump.ts'
import { ClockSync } from '../../replica/clock-sync.ts'
import type { NodePorts, RoleFacts, RoleStart, RunningRole } from '../../role.ts'
import { noRole } from '../../status.ts'
import { chatOf } from '../chat-of.ts'
import { Exports } from '../exports.ts'
import { AtReference } from '../reference/at-reference.ts'
import { Presence } from '../server/presence.ts'
import { Coordinator } from './coordinator.ts'
import { CourseDesk } from './course-desk.ts'
import { EveryoneEngine, type EveryoneTurn } from './everyone-engine.ts'
import { exported } from './export.ts'
import { hearForeignServers } from './hearing.ts'
import { KnownRanks } from './known-ranks.ts'
import { NativeDoor } from './native-door.ts'
import { Publications } from './publications.ts'
import { search } from './search.ts'
import { EveryoneService } from './service.ts'

export const startEveryoneServer: RoleStart = (plan, ports) => new EveryoneServer(plan, ports)

const timingMs = {
  /** From one comparison with another server to the next. */
  sync: 500,
  here: 3_000,
  /** What a request that makes a name waits at most, where a server is away. */
  register: 150,
} as const

/** A server of the chat in the profile of everyone: it answers for itself, and becomes like the others. */
class EveryoneServer implements RunningRole {
  readonly #plan: NodePlan
  readonly #ports: NodePorts
  readonly #post: Post
  readonly #time: ClockSync
  readonly #coordinator: Coordinator
  readonly #atReference: AtReference
  readonly #publications: Publications
  readonly #engine: EveryoneEngine
  readonly #pump: Pump<EveryoneInput, EveryoneMessage, EveryoneTurn['notes'][number], EveryoneTurn>
  readonly #service: EveryoneService
  readonly #door: NativeDoor
  readonly #exports = new Exports()
  readonly #stops = new StopStack()

  constructor(plan: NodePlan, ports: NodePorts) {
    const { nodeId: self } = plan
    const chat = chatOf(plan)
    const { tickMs } = plan.timing
    const { servers, reference, layouts } = chat
    const { life, isCounted } = beginLife(ports.store)
    const post = new Post({ id: self, life, lamport: ports.lamport, ports })
    const peers = servers.filter((server) => server !== self)
    this.#plan = plan
    this.#ports = ports
    this.#post = post
    this.#time = new ClockSync({ id: self, peers, tickMs, post, leader: () => this.#coordinator.node, ports })
    this.#atReference = new AtReference({ self, reference, post, ports })
    const ranks = (): AtReference['servers'] => this.#atReference.servers
    const known = new KnownRanks(ports.store)
    this.#coordinator = new Coordinator({ self, servers, tickMs, post, ranks, known, elected: () => this.#elected() })
    this.#publications = new Publications({
      self,
      plan: chat,
      native: ports.sockets.publisher(chatSockets.native),
      course: layouts.includes('course') ? ports.sockets.publisher(chatSockets.course) : null,
    })
    this.#service = new EveryoneService({
      content: () => this.#engine.content,
      offer: (input) => this.#pump.offer(input),
      timeMs: () => this.#time.timeMs(),
    })
    this.#engine = new EveryoneEngine({
      config: configOf(plan),
      ports,
      written: (entries) => this.#written(entries),
      answered: (answer) => this.#service.answered(answer),
      lost: () => this.#service.lost(),
    })
    this.#pump = new Pump({ engine: this.#engine, post, ports, onChange: ports.onChange })
    this.#door = this.#openDoor()
    this.#listen(tickMs)
    if (!isCounted) this.#pump.probe()
    if (plan.faults.isPaused) this.#pause(true)
  }

  facts(): RoleFacts {
    const { isPaused, canWrite, inboxLength, anomalies } = this.#pump
    const { said: messages } = this.#engine.content.counts
    const counts = { messages, position: messages, publishedUpTo: messages, searchLag: 0 }
    return {
      ...noRole,
      clockSync: this.#time.view,
      chat: { kind: 'server', profile: 'everyone', ...counts, openRequests: this.#door.open },
      ...{ isPaused, canWrite, inboxLength },
      anomalies: anomalies + this.#post.malformed + this.#time.anomalies + this.#coordinator.anomalies,
    }
  }

  setFaults(rules: NodePlan['faults']): void {
    this.#pause(rules.isPaused)
    // At once and not with the next write: nobody may say anything for hours, and a fault has to be seen.
    if (rules.isDiskFull === this.#pump.canWrite) this.#pump.probe()
    this.#ports.onChange()
  }

  answer(request: NodeRequest, done: (result: Result<unknown>) => void): void {
    const { queries } = this.#ports
    switch (request.kind) {
      case 'export':
        return done(this.#exports.page(request.after, () => exported(this.#engine.content)))
      case 'tables':
        return done(ok(queries.tables()))
      case 'rows':
        return done(queries.rows(request.table, request))
      default:
        return done(fail('does-not-apply', 'this node is a server of a chat in which everyone answers'))
    }
  }

  stop(): void {
    void this.#stops.run()
    this.#pump.stop()
  }

  #openDoor(): NativeDoor {
    const chat = chatOf(this.#plan)
    const { soon, lamport } = this.#ports
    const service = this.#service
    const publications = this.#publications
    const presence = new Presence({ tell: (passing) => publications.here(passing), timeMs: () => service.timeMs() })
    const here = (user: string): void => presence.here(user)
    const course = new CourseDesk({ service, lamport, here })
    return new NativeDoor({
      ...{ post: this.#post, broker: chat.broker, service, here },
      search: (order, done) => search({ content: () => service.content, soon }, order, done),
      foreign: (id, frames, done) => course.hear(id, frames, done),
      typing: (conversation, passing) => publications.typing(conversation, passing),
    })
  }

  #listen(tickMs: number): void {
    const { wire, clock, sockets, secrets } = this.#ports
    const { chat } = this.#plan
    this.#post.read(everyoneKinds, (letter) => this.#heard(letter))
    this.#stops.add(wire.listen((from, bytes) => this.#post.receive(from, bytes)))
    if (chat?.layouts.includes('course') === true) {
      this.#stops.add(
        hearForeignServers({
          socket: sockets.subscriber(chatSockets.heardCourse),
          servers: chat.servers,
          sha256: secrets.sha256,
          // Past what waits it is lost, as for whoever was away.
          heard: (operation) => void this.#pump.offer({ kind: 'heard', operation }),
        }),
      )
    }
    this.#stops.add(clock.every(tickMs, () => this.#tick()))
  }

  #tick(): void {
    this.#pump.tick()
    if (this.#pump.isPaused) return
    this.#atReference.tick()
    this.#coordinator.tick()
    this.#time.tick()
  }

  #heard({ from, kind, body, cause }: Letter): 'malformed' | 'queue-full' | null {
    const message = decodeEveryone(body)
    if (message === null || message.kind !== kind) return 'malformed'
    const arrival = { bytes: body.length, cause: cause && { from, kind, message: cause }, isPassing: true }
    return this.#pump.offer({ kind: 'message', from, message }, arrival) ? null : 'queue-full'
  }

  /** Own ones and what was heard of foreign servers are told; what came from others, they have told, or this disk before it was lost. */
  #written(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (this.#engine.isOwn(entry)) this.#publications.tell(this.#engine.content, entry)
      if ('text' in entry.operation) this.#time.countMessage()
    }
  }

  #elected(): void {
    const { clock, lamport } = this.#ports
    this.#publications.elected({ atMs: clock.wall(), clock: lamport.beforeSend() })
    this.#ports.onChange()
  }

  #pause(isPaused: boolean): void {
    this.#pump.pause(isPaused)
    this.#post.pause(isPaused)
  }
}

function configOf({ nodeId: id, chat, timing }: NodePlan): EveryoneConfig {
  const ticks = (ms: number): number => Math.ceil(ms / timing.tickMs)
  return {
    id,
    servers: chat?.servers ?? [],
    syncTicks: ticks(timingMs.sync),
    hereTicks: ticks(timingMs.here),
    registerTicks: ticks(timingMs.register),
    limits: everyoneLimits,
  }
}
