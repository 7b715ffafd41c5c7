import type { DeskView } from '#contract/worker/desk'
import type { FaultRules } from '#contract/worker/faults'
import type { NodePlan, NodeRequest } from '#contract/worker/protocol'
import { fail, ok, type Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import { apiAnswerKind, apiRequestKind, decodeApiAnswer, encodeApiRequest } from '../api-codec.ts'
import { beginLife } from '../lives.ts'
import { Post } from '../post.ts'
import type { NodePorts, RoleFacts, RoleStart } from '../role.ts'
import { noRole } from '../status.ts'
import { ApiClient } from './api-client.ts'
import { DeskCallsHandler } from './calls.ts'
import { CoSigner } from './co-signer.ts'
import { type Judge, judgeWith } from './judge.ts'
import { Outbox } from './outbox.ts'
import { PeerWatch } from './peers.ts'
import { Policies, saidByMajority } from './policies.ts'
import { Proofs } from './proofs.ts'
import { Sender } from './sender.ts'

/** The user's side of all clusters. Its peers are those of the notary. */
export const startDesk: RoleStart = deskRole(judgeWith)

/** With whoever judges receipts. */
export function deskRole(makeJudge: (secrets: NodePorts['secrets']) => Judge): RoleStart {
  return (plan, ports) => {
    const { life } = beginLife(ports.store)
    const post = new Post({ id: plan.nodeId, life, lamport: ports.lamport, ports })
    const desk = new Desk({ plan, ports, post, judge: makeJudge(ports.secrets) })
    const stops = new StopStack()
    stops.add(ports.wire.listen((from, bytes) => post.receive(from, bytes)))
    stops.add(ports.clock.every(plan.timing.tickMs, () => desk.tick()))
    return {
      facts: () => desk.facts,
      setFaults: (rules) => desk.setFaults(rules),
      answer: (request, done) => desk.answer(request, done),
      stop: () => void stops.run(),
    }
  }
}

interface DeskOwn {
  readonly plan: NodePlan
  readonly ports: NodePorts
  readonly post: Post
  readonly judge: Judge
}

class Desk {
  readonly #ports: NodePorts
  readonly #post: Post
  readonly #outbox: Outbox
  readonly #client: ApiClient
  readonly #sender: Sender
  readonly #watch: PeerWatch
  readonly #policies: Policies
  readonly #coSigner: CoSigner
  readonly #calls: DeskCallsHandler
  #revision = 0
  #anomalies = 0
  #isPaused = false

  constructor({ plan, ports, post, judge }: DeskOwn) {
    const { clock, wire, store, soon } = ports
    const peers = plan.peers.map(({ nodeId }) => nodeId)
    const onChange = (): void => this.#changed()
    this.#ports = ports
    this.#post = post
    const send: ConstructorParameters<typeof ApiClient>[0]['send'] = (to, ref, request) =>
      post.send(to, { kind: apiRequestKind, body: encodeApiRequest({ ref, request }), cause: null })
    const client = new ApiClient({ clock, wire, soon, peers, send })
    const outbox = new Outbox(store)
    const onAnomaly = (what: string): void => this.#anomaly(what)
    const isReachable = (): boolean => wire.links().some(({ isConnected }) => isConnected)
    const sender = new Sender({ outbox, client, clock, isReachable, onChange, onAnomaly })
    const isBusy = (): boolean => outbox.counts.waiting + outbox.counts.sent + outbox.counts['in-log'] > 0
    const watch = new PeerWatch({ peers, client, clock, isBusy, onChange })
    const policies = new Policies({ store, read: judge.readPolicy })
    const proofs = new Proofs({ client, judge, policies, paper: ports.paper })
    this.#client = client
    this.#outbox = outbox
    this.#sender = sender
    this.#watch = watch
    this.#policies = policies
    this.#coSigner = new CoSigner(outbox)
    this.#calls = new DeskCallsHandler({
      ...{ outbox, sender, client, watch, policies, judge, proofs, peers, clock, soon, onChange },
      wake: () => {
        if (!this.#isPaused) sender.wake()
      },
    })
    post.read([apiAnswerKind], ({ from, body }) => {
      const decoded = decodeApiAnswer(body)
      if (decoded === null) return 'malformed'
      client.heard(from, decoded.ref, decoded.answer)
      return null
    })
    this.#pause(plan.faults.isPaused)
  }

  get facts(): RoleFacts {
    const desk: DeskView = { revision: this.#revision, outbox: this.#outbox.counts }
    return {
      ...noRole,
      desk,
      isPaused: this.#isPaused,
      canWrite: this.#outbox.canWrite,
      anomalies: this.#anomalies + this.#post.malformed,
    }
  }

  /** All that is done without being asked hangs on this beat. */
  tick(): void {
    if (this.#isPaused) return
    this.#client.look()
    this.#watch.tick()
    const policy = saidByMajority(this.#watch.known.map((peer) => peer.policy))
    const hasLearnt = policy !== null && this.#policies.learnOwn(policy)
    const hasMoved = this.#coSigner.tick(this.#watch.witnessedSize)
    if (hasLearnt || hasMoved) this.#changed()
    this.#sender.wake()
  }

  setFaults(rules: FaultRules): void {
    this.#pause(rules.isPaused)
    this.#ports.onChange()
  }

  answer(request: NodeRequest, done: (result: Result<unknown>) => void): void {
    const { queries } = this.#ports
    switch (request.kind) {
      case 'desk':
        return this.#calls.answer(request.call, done)
      case 'tables':
        return done(ok(queries.tables()))
      case 'rows':
        return done(queries.rows(request.table, request))
      default:
        return done(fail('does-not-apply', 'this node is no peer of a group'))
    }
  }

  #pause(isPaused: boolean): void {
    this.#isPaused = isPaused
    this.#post.pause(isPaused)
  }

  #changed(): void {
    this.#revision += 1
    this.#ports.onChange()
  }

  /** A peer broke its word: said, and survived. */
  #anomaly(what: string): void {
    this.#anomalies += 1
    this.#ports.log('warn', what)
    this.#ports.onChange()
  }
}
