import type { HttpDialect } from '#contract/worker/dialects'
import type { NotaryPeerFacts } from '#contract/worker/view'
import type { Proposer } from '#cores/notary/messages'
import { unreachable } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import type { Handler } from '#ports/endpoint'
import { serveApiOnWire } from '../api-on-wire.ts'
import type { ReplicatedMember, SystemFacts, SystemRequest, SystemService } from '../replicated-peer.ts'
import { Cosigning } from './cosigning.ts'
import { Examiner } from './examiner.ts'
import { Gatherer } from './gatherer.ts'
import { Healing } from './healing.ts'
import { LogKey } from './log-key.ts'
import { PeerService } from './notary-service.ts'
import { NotaryState } from './notary-state.ts'
import { originOf } from './origin.ts'
import type { Unproven } from './proven.ts'
import { letAnotherLead, Repair } from './repair.ts'
import { Roster } from './roster.ts'
import type { NotaryService } from './service.ts'
import { tamperWith } from './tamper.ts'
import { Witness } from './witness.ts'
import { WitnessList, witnessName } from './witness-list.ts'

export interface NotaryPeerParts {
  readonly member: ReplicatedMember
  readonly apiOf: (service: NotaryService, dialect: HttpDialect) => Handler
}

/** With fewer, the others are no majority without this one, and what a lesson changes could never be repaired. */
const lessonMembersMin = 3

/** What makes a member of a replicated group a peer of the notary. Each part knows its own duty; here they meet. */
export class NotaryPeer implements SystemService {
  readonly #member: ReplicatedMember
  readonly #state: NotaryState
  readonly #logKey: LogKey
  readonly #roster: Roster
  readonly #witnessList: WitnessList
  readonly #cosigning: Cosigning
  readonly #examiner: Examiner
  readonly #repair: Repair
  readonly #healing: Healing
  readonly #service: PeerService
  readonly #apiOf: NotaryPeerParts['apiOf']
  #api: Handler
  readonly #stops = new StopStack()
  #witness: Witness | null = null
  #isPaused = false
  #anomalies = 0

  constructor({ member, apiOf }: NotaryPeerParts) {
    this.#member = member
    const { plan, ports, post, replica } = member
    const { secrets, store, clock, soon } = ports
    const peers = plan.peers.map(({ nodeId }) => nodeId)
    const origin = originOf(plan, secrets.sha256)
    const view = () => replica.view
    this.#state = new NotaryState(replica, soon)
    const { look, propose } = this.#state
    const status = () => this.#state.status
    this.#examiner = new Examiner({ look, clock, store, onBroken: (what) => this.#isBroken(what) })
    this.#repair = new Repair(replica, () => this.#examiner.copyIsGone())
    this.#healing = new Healing({
      ...{ examiner: this.#examiner, clock, store },
      size: () => status().size,
      isBack: () => this.#isVoter,
      couldBeSpared: () => (this.#voters.length - 1) * 2 > this.#voters.length,
      canBeSpared: (size) => this.#canBeSpared(size),
      repair: (done) => this.#repair.start(done),
    })
    this.#logKey = new LogKey({ origin, peers, post, secrets, view, status, propose })
    this.#roster = new Roster({ id: plan.nodeId, peers, post, own: () => this.#card })
    this.#witnessList = new WitnessList({ roster: this.#roster, sha256: secrets.sha256, view, status, propose })
    this.#cosigning = new Cosigning({
      ...{ peers, post, secrets, store, clock, look, view, status },
      logKey: this.#logKey,
      witness: () => this.#ownWitness,
      isBroken: () => this.#examiner.isBroken,
      onAnomaly: (detail) => this.#anomaly(detail),
      onWitnessed: () => this.#changed(),
    })
    this.#service = new PeerService({
      ...{ replica, sha256: secrets.sha256, tickMs: plan.timing.tickMs },
      state: this.#state,
      gatherer: new Gatherer({ propose, soon, by: () => this.#proposer }),
      cosigning: this.#cosigning,
      examiner: this.#examiner,
      roster: this.#roster,
    })
    this.#apiOf = apiOf
    this.#api = apiOf(this.#service, plan.http?.dialect ?? 'B')
    this.#serve()
  }

  get facts(): SystemFacts & { readonly notary: NotaryPeerFacts } {
    const { size, head } = this.#state.status
    const witnessedSize = this.#cosigning.witnessed?.size ?? 0
    const { view } = this.#examiner
    const examination = view.kind === 'broken' ? { ...view, isHealing: this.#healing.isComing } : view
    return { notary: { size, head, witnessedSize, examination }, chat: null, shop: null, anomalies: this.#anomalies }
  }

  tick(): void {
    this.#service.tick()
    this.#roster.tick()
    this.#logKey.tick()
    this.#witnessList.tick()
    this.#cosigning.tick()
    this.#examiner.tick()
    this.#healing.tick()
    this.#healing.vouchFor(this.#roster.wantedSize)
    this.#repair.tick()
    // Nobody should have to ask a leader that says nothing of what it has.
    if (this.#examiner.isBroken) letAnotherLead(this.#member.replica)
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused
  }

  answer(request: SystemRequest, done: (result: Result<unknown>) => void): void {
    switch (request.kind) {
      case 'tamper':
        return done(this.#tamper(request.index))
      case 'repair':
        return this.#repair.start(done)
      case 'examine':
        this.#examiner.start()
        return done(ok(null))
      case 'speak':
        this.#api = this.#apiOf(this.#service, request.dialect)
        return done(ok(null))
      case 'export':
        return done(fail('does-not-apply', 'this node is none of a chat'))
      default:
        return unreachable(request)
    }
  }

  stop(): void {
    void this.#stops.run()
  }

  get #proposer(): Proposer {
    const { replica, time } = this.#member
    const { id, term, floorMs } = replica.view
    const { errorMs } = time.view
    // Records are dated by the log, which a leader before may have led into the future.
    const aheadMs = Math.max(0, floorMs - time.timeMs())
    return { leader: id, term, errorMs: errorMs === null ? null : errorMs + aheadMs }
  }

  get #card() {
    const { endpoint } = this.#member.ports
    return {
      address: endpoint === null ? '' : `${endpoint.address.host}:${endpoint.address.port}`,
      witnessKey: this.#ownWitness?.keyText ?? '',
      soundSize: this.#isVoter ? this.#examiner.soundSize : 0,
      wantedSize: this.#healing.wantedSize,
    }
  }

  /** In the present life of its disk: who has just thrown its copy away knows nothing wrong in it, and has nothing. */
  get #isVoter(): boolean {
    const { id, incarnation, membership } = this.#member.replica.view
    return membership.some((member) => member.isVoter && member.node === id && member.incarnation === incarnation)
  }

  /**
   * What was committed lies on a majority; it still does when this copy is not there, if a majority of all others is, and
   * each of them has a sound one.
   */
  #canBeSpared(size: number): boolean {
    const voters = this.#voters
    const sound = this.#roster.soundOnes(size).filter((node) => voters.includes(node))
    return sound.length * 2 > voters.length
  }

  get #voters(): readonly NodeId[] {
    return this.#member.replica.view.membership.filter(({ isVoter }) => isVoter).map(({ node }) => node)
  }

  /** Witnesses are named after their notary, so there is none before the founding. */
  get #ownWitness(): Witness | null {
    if (this.#witness !== null) return this.#witness
    const { origin } = this.#state.status
    if (origin === null) return null
    const { plan, ports } = this.#member
    const { store, secrets, random } = ports
    this.#witness = new Witness({ name: witnessName(origin, plan.nodeId), store, secrets, random })
    return this.#witness
  }

  #serve(): void {
    const { ports, post } = this.#member
    const handler: Handler = (request, answer) => this.#api(request, answer)
    // A node that is asleep hears nothing: whoever asks it now is told by the clock that it is silent.
    const awake: Handler = (request, answer) => {
      if (!this.#isPaused) handler(request, answer)
    }
    if (ports.endpoint !== null) this.#stops.add(ports.endpoint.serve(awake))
    serveApiOnWire(handler, post)
  }

  #tamper(index: number): Result<null> {
    const members = this.#member.replica.view.membership.length
    if (members < lessonMembersMin) return fail('does-not-apply', 'the others could not give this copy back')
    const isOngoing = this.#examiner.isLesson
    if (!this.#examiner.beginLesson()) return fail('disk-full', 'the lesson could not be noted, so it was not given')
    let isDone = false
    this.#member.replica.spoil((state) => {
      isDone = tamperWith(state, index)
    })
    if (!isDone && !isOngoing) this.#examiner.endLesson()
    return isDone ? ok(null) : fail('not-found', `there is no record ${index} here`)
  }

  #isBroken({ index, check }: Unproven): void {
    this.#member.ports.log('error', `record ${index} is not what it was: ${check}`)
    this.#member.ports.trace.note({ kind: 'copy-broken', index, check, isLesson: this.#examiner.isLesson })
    this.#changed()
  }

  #anomaly(detail: string): void {
    this.#anomalies += 1
    this.#member.ports.trace.note({ kind: 'anomaly', detail })
  }

  #changed(): void {
    this.#member.ports.onChange()
    this.#service.changed()
  }
}
