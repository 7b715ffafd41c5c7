import type { NodePlan, NodeRequest } from '#contract/worker/protocol'
import { type RingCall, type RingCommand, ringLimits } from '#contract/worker/ring'
import { peerId } from '#cores/ring/ids'
import type { RingInput, RingMessage, RingOutput } from '#cores/ring/messages'
import { assert, unreachable } from '#kit/assert'
import { fail, ok, type Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import type { RingLinks } from '#ports/ring-links'
import { beginLife } from '../lives.ts'
import { Post } from '../post.ts'
import { Pump } from '../pump.ts'
import type { NodePorts, RoleFacts, RoleStart, RunningRole } from '../role.ts'
import { noRole } from '../status.ts'
import { hearArrivals } from './arrivals.ts'
import { historyPage } from './history-page.ts'
import { RingNames } from './names.ts'
import type { ToldNote } from './notes.ts'
import { RingEngine, type RingTurn } from './ring-engine.ts'
import { ringPeerFacts } from './ring-facts.ts'
import { RingStore } from './ring-store.ts'
import { ringTiming } from './timing.ts'
import { ToldRefusals } from './told-refusals.ts'

/** A beat that comes so many ticks too late says that this machine is slow, and not that others are silent. */
const lateTicksMin = 2
/** What people have said and the core has not yet taken. */
const sayingsMax = 1_000

type Done = (result: Result<unknown>) => void

export const startRing: RoleStart = (plan, ports) => new RingPeer(plan, ports)

class RingPeer implements RunningRole {
  readonly #ports: NodePorts
  readonly #links: RingLinks
  readonly #name: string
  readonly #names: RingNames
  readonly #store: RingStore
  readonly #engine: RingEngine
  readonly #post: Post
  readonly #pump: Pump<RingInput, RingMessage, ToldNote, RingTurn>
  readonly #stops = new StopStack()
  readonly #refusals = new ToldRefusals()
  readonly #sayings = new Map<number, Done>()
  #lastSaying = 0
  #tickedAtMs: number
  #unreadable = 0

  constructor(plan: NodePlan, ports: NodePorts) {
    assert(plan.ring !== null && ports.ring !== null, 'a ring peer has a ring')
    this.#ports = ports
    this.#links = ports.ring
    this.#name = plan.ring.name
    const { life } = beginLife(ports.store)
    const { tickMs } = plan.timing
    const id = peerId(this.#links.id)
    this.#names = new RingNames(plan, id)
    this.#store = new RingStore(ports.store)
    this.#post = new Post({ id: plan.nodeId, life, lamport: ports.lamport, ports })
    this.#engine = new RingEngine({
      config: {
        id,
        name: plan.ring.name.slice(0, ringLimits.nameCharsMax),
        timing: ringTiming(plan.ring.timing, tickMs),
        withTexts: plan.ring.textsFrom !== 'nobody',
      },
      tickMs,
      links: this.#links,
      store: this.#store,
      names: this.#names,
      ports,
      countLife: () => beginLife(ports.store).life,
      undelivered: (peer) => this.#pump.offer({ kind: 'text-undelivered', peer }),
      said: (answer) => this.#said(answer),
    })
    this.#pump = new Pump({ engine: this.#engine, post: this.#post, ports, onChange: ports.onChange })
    this.#tickedAtMs = ports.clock.now()
    this.#open(tickMs)
    if (plan.faults.isPaused) this.#pause(true)
  }

  facts(): RoleFacts {
    const { isPaused, inboxLength, anomalies } = this.#pump
    return {
      ...noRole,
      ring: ringPeerFacts(this.#engine.facts, {
        name: this.#name,
        names: this.#names,
        historyRevision: this.#engine.historyRevision,
        refused: this.#links.refused,
      }),
      isPaused,
      canWrite: this.#store.canWrite,
      inboxLength,
      anomalies: anomalies + this.#post.malformed + this.#unreadable,
    }
  }

  setFaults(rules: NodePlan['faults']): void {
    this.#pause(rules.isPaused)
    // At once and not with the next record: nobody may say anything for hours, and a fault has to be seen.
    if (rules.isDiskFull === this.#store.canWrite) this.#store.probe()
    this.#ports.onChange()
  }

  answer(request: NodeRequest, done: Done): void {
    const { queries } = this.#ports
    switch (request.kind) {
      case 'ring':
        return this.#call(request.call, done)
      case 'tables':
        return done(ok(queries.tables()))
      case 'rows':
        return done(queries.rows(request.table, request))
      default:
        return done(fail('does-not-apply', 'this node is a peer of a ring'))
    }
  }

  stop(): void {
    void this.#stops.run()
    this.#pump.stop()
    this.#store.close()
    for (const done of this.#sayings.values()) done(fail('node-down', 'the peer was stopped before it had said it'))
    this.#sayings.clear()
  }

  #open(tickMs: number): void {
    const { clock, trace } = this.#ports
    hearArrivals({
      ownId: this.#links.id,
      post: this.#post,
      links: this.#links,
      wallMs: () => clock.wall(),
      offer: (input, arrival) => this.#hasLeft || this.#pump.offer(input, arrival),
      unreadable: () => {
        this.#unreadable += 1
      },
      stops: this.#stops,
    })
    this.#stops.add(
      this.#links.onRefused((why, from) => {
        if (this.#refusals.isNews(why, from, clock.now())) trace.note({ kind: 'ring-refused', why, from })
      }),
    )
    this.#stops.add(clock.every(tickMs, () => this.#tick(tickMs)))
  }

  get #hasLeft(): boolean {
    return this.#engine.facts.state === 'left'
  }

  #tick(tickMs: number): void {
    if (this.#store.tick()) this.#ports.onChange()
    if (this.#pump.isPaused || this.#hasLeft) return
    const nowMs = this.#ports.clock.now()
    const lateTicks = Math.floor((nowMs - this.#tickedAtMs) / tickMs) - 1
    this.#tickedAtMs = nowMs
    if (lateTicks >= lateTicksMin) this.#pump.offer({ kind: 'was-late', ticks: lateTicks })
    this.#pump.tick()
  }

  #pause(isPaused: boolean): void {
    this.#pump.pause(isPaused)
    this.#post.pause(isPaused)
  }

  #call(call: RingCall, done: Done): void {
    switch (call.name) {
      case 'ring.say':
        return this.#say(call.input.text, done)
      case 'ring.history':
        return done(historyPage(this.#engine.history, call.input))
      case 'ring.command':
        return done(this.#command(call.input.command))
      default:
        return unreachable(call)
    }
  }

  #say(text: string, done: Done): void {
    if (this.#hasLeft) return done(fail('does-not-apply', 'this peer has left the ring'))
    if (this.#engine.facts.state === 'leaving') return done(fail('does-not-apply', 'this peer is leaving the ring'))
    if (this.#pump.isPaused) return done(fail('not-ready', 'this peer is paused'))
    if (this.#sayings.size >= sayingsMax) return done(fail('busy', `${sayingsMax} messages wait to be said`))
    this.#lastSaying += 1
    const ref = this.#lastSaying
    this.#sayings.set(ref, done)
    const isTaken = this.#pump.offer({ kind: 'say', ref, text: wellFormed(text), atMs: this.#ports.clock.wall() })
    if (!isTaken) this.#said({ ref, uuid: null, isFitted: false })
  }

  #said({ ref, uuid, isFitted }: RingOutput['said'][number]): void {
    const done = this.#sayings.get(ref)
    this.#sayings.delete(ref)
    if (uuid === null) return done?.(fail('busy', 'more waits to be said than the ring takes'))
    done?.(ok({ uuid, isFitted }))
  }

  #command(command: RingCommand): Result<null> {
    if ((command === 'join') !== this.#hasLeft) {
      return fail('does-not-apply', this.#hasLeft ? 'this peer has left the ring' : 'this peer has not left the ring')
    }
    if (command === 'join') {
      this.#engine.begin()
      this.#tickedAtMs = this.#ports.clock.now()
      this.#ports.onChange()
      return ok(null)
    }
    return this.#pump.offer({ kind: command }) ? ok(null) : fail('busy', 'more waits than this peer can take in')
  }
}

/** Half a surrogate pair cannot go over a wire: whoever says it must not keep another text than all others have. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD')
}
