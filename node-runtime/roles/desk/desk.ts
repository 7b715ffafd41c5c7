import type { DeskView } from '#contract/worker/desk'
import type { FaultRules } from '#contract/worker/faults'
import type { NodePlan, NodeRequest } from '#contract/worker/protocol'
import type { ShopPlan } from '#contract/worker/shop'
import { fail, ok, type Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import { apiAnswerKind, apiRequestKind, decodeApiAnswer, encodeApiRequest } from '../api-codec.ts'
import { beginLife } from '../lives.ts'
import { livesMax, Post } from '../post.ts'
import type { NodePorts, RoleFacts, RoleStart } from '../role.ts'
import { noRole } from '../status.ts'
import { apiAnswerKinds } from '../wire-calls.ts'
import { ApiClient } from './api-client.ts'
import { DeskCallsHandler } from './calls.ts'
import { ChatDesk } from './chat/chat-desk.ts'
import { CoSigner } from './co-signer.ts'
import { type Judge, judgeWith } from './judge.ts'
import { Outbox } from './outbox.ts'
import { PeerWatch } from './peers.ts'
import { Policies, saidByMajority } from './policies.ts'
import { Proofs } from './proofs.ts'
import { reads } from './reads.ts'
import { Sender } from './sender.ts'
import type { NotaryDoor } from './shop/receipts.ts'
import { ShopDesk } from './shop/shop-desk.ts'

/** The user's side of all clusters. Its peers are those of the notary. */
export const startDesk: RoleStart = deskRole(judgeWith)

/** With whoever judges receipts. */
export function deskRole(makeJudge: (secrets: NodePorts['secrets']) => Judge): RoleStart {
  return (plan, ports) => {
    const { life } = beginLife(ports.store, firstLife(ports))
    const post = new Post({ id: plan.nodeId, life, lamport: ports.lamport, ports })
    const desk = new Desk({ plan, ports, post, judge: makeJudge(ports.secrets) })
    const stops = new StopStack()
    stops.add(() => desk.stop())
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

/** What an earlier disk counted is gone with it; what was asked then must not be taken for what is asked now. */
function firstLife({ storeHistory, random }: NodePorts): number {
  return storeHistory === 'kept' ? 1 : 1 + random.fork('first life').below(livesMax / 2)
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
  /** null: this lab has no chat. */
  readonly #chat: ChatDesk | null
  /** null: this lab has no shop. */
  readonly #shop: ShopDesk | null
  #revision = 0
  #anomalies = 0
  #isPaused = false

  constructor({ plan, ports, post, judge }: DeskOwn) {
    const { clock, wire, store, soon } = ports
    // Of the chat it asks the broker, of the shop the gateway; neither knows anything of records.
    const doors = [plan.chat?.broker, plan.shop?.gateway]
    const peers = plan.peers.map(({ nodeId }) => nodeId).filter((id) => !doors.includes(id))
    const onChange = (): void => this.#changed()
    this.#ports = ports
    this.#post = post
    const send: ConstructorParameters<typeof ApiClient>[0]['send'] = (to, ref, request) =>
      post.send(to, { kind: apiRequestKind, body: encodeApiRequest({ ref, request }), cause: null })
    const client = new ApiClient({ clock, wire, soon, peers, send, life: post.life })
    const outbox = new Outbox(store)
    const onAnomaly = (what: string): void => this.#anomaly(what)
    const isReachable = (): boolean => wire.links().some(({ peer, isConnected }) => isConnected && peers.includes(peer))
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
    this.#chat =
      plan.chat === null ? null : new ChatDesk({ nodeId: plan.nodeId, plan: plan.chat, ports, post, onChange })
    this.#shop = plan.shop === null ? null : this.#openShop(plan, plan.shop)
    post.read(apiAnswerKinds, (letter) => {
      const { from, body } = letter
      if (this.#shop !== null && from === plan.shop?.gateway) return this.#shop.heard(letter)
      const decoded = letter.kind === apiAnswerKind ? decodeApiAnswer(body) : null
      if (decoded === null) return 'malformed'
      client.heard(from, decoded.ref, decoded.answer)
      return null
    })
    this.#pause(plan.faults.isPaused)
  }

  get facts(): RoleFacts {
    const desk: DeskView = {
      revision: this.#revision,
      outbox: this.#outbox.counts,
      chat: this.#chat?.view ?? null,
      shop: this.#shop?.view ?? null,
    }
    return {
      ...noRole,
      desk,
      isPaused: this.#isPaused,
      canWrite: this.#outbox.canWrite && (this.#shop?.canWrite ?? true),
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
    this.#chat?.tick()
    this.#shop?.tick()
  }

  stop(): void {
    this.#chat?.stop()
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
      case 'chat':
        if (this.#chat === null) return done(fail('does-not-apply', 'this lab has no chat'))
        return this.#chat.answer(request.call, done)
      case 'shop':
        if (this.#shop === null) return done(fail('does-not-apply', 'this lab has no shop'))
        return this.#shop.answer(request.call, done)
      case 'tables':
        return done(ok(queries.tables()))
      case 'rows':
        return done(queries.rows(request.table, request))
      default:
        return done(fail('does-not-apply', 'this node is no peer of a group'))
    }
  }

  /** Receipts of its orders go to the notary by the way of all documents. */
  #openShop({ nodeId }: NodePlan, shop: ShopPlan): ShopDesk {
    const client = this.#client
    const outbox = this.#outbox
    const notary: NotaryDoor = {
      register: (order) => this.#calls.register([order]),
      find: (id) => outbox.find(id),
      records: (sha256, done) =>
        reads['notary.find'](client, { sha256 }, (found) => done(found.ok ? ok(found.value.records) : found)),
    }
    const onChange = (): void => this.#changed()
    const post = { life: this.#post.life, send: this.#post.send.bind(this.#post) }
    return new ShopDesk({ nodeId, plan: shop, ports: this.#ports, post, notary, onChange })
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
