import type { CatalogueStatus } from '#cores/shop/messages'
import { fail, type Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import type { Handler } from '#ports/endpoint'
import { serveApiOnWire } from '../../api-on-wire.ts'
import type { ReplicatedMember, SystemFacts, SystemRequest, SystemService } from '../../replicated-peer.ts'
import { WireCalls, wireCallLimits } from '../../wire-calls.ts'
import { withDescription } from '../api/describe.ts'
import { shopApi } from '../api/frame.ts'
import { routesWith } from '../api/route.ts'
import { LoggedCatalogue } from '../logged-catalogue.ts'
import { shopOf } from '../shop-node.ts'
import { type Look, lookInto } from './looking.ts'
import { ownRoutes } from './own-routes.ts'
import { readRoutes } from './read-routes.ts'
import { Reading, type Standing } from './reading.ts'
import { Shelf } from './shelf.ts'
import { writeRoutes } from './write-routes.ts'
import { Writing } from './writing.ts'

/** How long the primary may take for what a replica hands on to it. */
const relayWithinMs = 5_000

/** What makes a member of a replicated group a node of the catalogue. */
export class CataloguePeer implements SystemService {
  readonly #member: ReplicatedMember
  readonly #catalogue: LoggedCatalogue
  readonly #look: Look
  readonly #shelf: Shelf
  readonly #reading: Reading
  readonly #calls: WireCalls
  readonly #stops = new StopStack()
  #status: { readonly position: number; readonly value: CatalogueStatus } | null = null
  /** Up to here the shelf has heard of every command; past it a snapshot may have leapt. */
  #heardTo = 0
  #wasOpen = false
  #isPaused = false
  #isTending = false
  #silentTicks: number | null = null

  constructor(member: ReplicatedMember) {
    this.#member = member
    const { ports, post, replica, plan } = member
    this.#catalogue = new LoggedCatalogue({ log: replica, soon: ports.soon })
    const look = lookInto((query) => replica.look(query).answer)
    this.#look = look
    this.#shelf = new Shelf({ look })
    const standing = (): Standing => {
      this.#noticeLeap()
      return this.standing
    }
    this.#reading = new Reading({ catalogue: this.#catalogue, standing })
    this.#calls = new WireCalls({ post, clock: ports.clock, wire: ports.wire })
    const { sha256, passwords } = ports.secrets
    const writing = new Writing({
      ...{ catalogue: this.#catalogue, reading: this.#reading, standing, sha256 },
      freshKey: () => passwords.freshKey(),
      relay: (to, request, done) => this.#calls.ask(to, { request, withinMs: relayWithinMs }, done),
    })
    const parts = { shelf: this.#shelf, reading: this.#reading, look }
    const routes = withDescription([
      ...routesWith({ ...parts, timeMs: () => member.time.timeMs() }, readRoutes),
      ...routesWith(writing, writeRoutes),
      ...routesWith({ ...parts, standing: () => ({ ...this.standing, members: this.#members }) }, ownRoutes),
    ])
    this.#serve(shopApi(routes, shopOf(plan).staffToken))
    this.#stops.add(replica.watch(({ index }, answer) => this.#applied(index, answer)))
    this.#stops.add(ports.clock.every(wireCallLimits.lookEveryMs, () => this.#calls.look()))
  }

  get standing(): Standing {
    const { replica, plan } = this.#member
    const { id, role, leader, leaderHeardTicksAgo } = replica.view
    const silentTicks = leaderHeardTicksAgo ?? this.#silentTicks
    return {
      nodeId: id,
      isPrimary: role === 'leader',
      leader,
      lagEntries: replica.lagEntries,
      silentMs: silentTicks === null ? null : silentTicks * plan.timing.tickMs,
      position: replica.appliedIndex,
      isOpen: this.#isOpen,
    }
  }

  get facts(): SystemFacts {
    const { products, movements, liveReservations } = this.#now
    const { lagEntries } = this.standing
    const shop = { kind: 'catalogue', products, movements, liveReservations, lagEntries } as const
    return { notary: null, chat: null, shop, anomalies: 0 }
  }

  tick(): void {
    const { replica } = this.#member
    const heard = replica.view.leaderHeardTicksAgo
    this.#silentTicks = heard ?? (this.#silentTicks === null ? null : this.#silentTicks + 1)
    this.#noticeLeap()
    this.#reading.look({ ticks: 1 })
    this.#shelf.tend()
    if (replica.view.role === 'leader') this.#tend()
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused
  }

  answer(_: SystemRequest, done: (result: Result<unknown>) => void): void {
    done(fail('does-not-apply', 'this node is none of a notary or a chat'))
  }

  stop(): void {
    void this.#stops.run()
  }

  /** For ever, once it is. */
  get #isOpen(): boolean {
    this.#wasOpen ||= this.#now.isFounded
    return this.#wasOpen
  }

  get #members(): readonly { readonly nodeId: string; readonly isVoter: boolean }[] {
    return this.#member.replica.view.membership.map(({ node, isVoter }) => ({ nodeId: node, isVoter }))
  }

  /** As of what is applied; read once for each place of the log. */
  get #now(): CatalogueStatus {
    const position = this.#member.replica.appliedIndex
    if (this.#status?.position === position) return this.#status.value
    const value = this.#look({ kind: 'status' })
    this.#status = { position, value }
    return value
  }

  /** Who leads begins the shop, and ends reservations whose time is over; one thing at a time. */
  #tend(): void {
    if (this.#isTending) return
    const { isFounded, nextExpiryMs } = this.#now
    const isOver = nextExpiryMs !== null && nextExpiryMs <= this.#member.time.timeMs()
    if (isFounded && !isOver) return
    this.#isTending = true
    this.#catalogue.act(isFounded ? [{ kind: 'expire' }] : [], () => {
      this.#isTending = false
    })
  }

  #applied(index: number, answer: Uint8Array): void {
    // Before this one is heard of: what it says of itself says nothing of what came in a snapshot just before it.
    this.#noticeLeap()
    this.#heardTo = index
    this.#shelf.applied(answer)
    this.#reading.look({ ticks: 0 })
    this.#member.ports.onChange()
  }

  /** Of what came in a snapshot nobody is told one by one. */
  #noticeLeap(): void {
    const { replica } = this.#member
    if (replica.view.base.index <= this.#heardTo) return
    this.#heardTo = replica.appliedIndex
    this.#shelf.forget()
  }

  #serve(handler: Handler): void {
    const { ports, post } = this.#member
    // A node that is asleep hears nothing: whoever asks it now is told by the clock that it is silent.
    const awake: Handler = (request, answer) => {
      if (!this.#isPaused) handler(request, answer)
    }
    if (ports.endpoint !== null) this.#stops.add(ports.endpoint.serve(awake))
    serveApiOnWire(handler, post)
  }
}
