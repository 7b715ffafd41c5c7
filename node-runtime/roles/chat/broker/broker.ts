import { type ChatFacts, chatSockets } from '#contract/worker/chat'
import type { NodePlan, NodeRequest } from '#contract/worker/protocol'
import { type Form, type Refusal, readRequest, refusalAnswer } from '#dialects/chat/index'
import { type Failure, failures } from '#kit/failures'
import { toHex } from '#kit/hex'
import type { MessageId, NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import { ok, type Result } from '#kit/result'
import type { DealerSocket, RouterSocket } from '#ports/sockets'
import { PlainNode } from '../../plain-node.ts'
import type { Letter } from '../../post.ts'
import type { NodePorts, RoleFacts, RunningRole } from '../../role.ts'
import { type AnswerBody, decodeAnswerBody, encodeAnswerBody, isForDeskAlone } from '../answer-bodies.ts'
import { encodeAskBody } from '../ask-bodies.ts'
import { askLimits, chatWire, decodeAnswer, decodeAsk, encodeAnswer, encodeAsk } from '../ask-codec.ts'
import { chatOf } from '../chat-of.ts'
import { ForeignLog } from '../foreign-log.ts'
import { callerName } from './caller-name.ts'
import { Callers } from './callers.ts'
import type { Asked, GivenUp, Giving } from './giving.ts'
import { InTurn } from './in-turn.ts'
import { OpenRequests } from './open-requests.ts'
import { Turns } from './turns.ts'

/** Who waits for an answer: a node of the lab, or a program that asked on a socket. */
type Asker =
  | NodeAsker
  | {
      readonly kind: 'program'
      readonly from: string
      readonly form: Form
      readonly frames: readonly Uint8Array[]
    }

interface NodeAsker {
  readonly kind: 'node'
  readonly node: NodeId
  readonly id: string
  /** By which it knows the answer: another one when it has asked again. */
  ref: number
}
/** In the node's view. */
const programsShownMax = 24

type Program = Extract<Asker, { readonly kind: 'program' }>

/**
 * Between those who ask and those who serve. It keeps nothing on its disk: what is open when it dies is asked anew by
 * whoever still wants it, under the id that it has.
 */
export class ChatBroker implements RunningRole {
  readonly #node: PlainNode
  readonly #servers: readonly NodeId[]
  readonly #ports: NodePorts
  readonly #router: RouterSocket
  readonly #dealer: DealerSocket | null
  readonly #giving: Giving<Asker>
  readonly #log: ForeignLog
  readonly #callers = new Callers()
  readonly #turns = new Turns<Asked<Asker>>()
  /** Of nodes that wait, by whom and what: one that asks again while its request is open has asked once. */
  readonly #nodes = new Map<string, NodeAsker>()
  #answered = 0
  #refused = 0

  constructor(plan: NodePlan, ports: NodePorts) {
    const node = new PlainNode(plan, ports)
    const { sockets, clock } = ports
    const { profile, servers } = chatOf(plan)
    const isForEveryone = profile === 'everyone'
    this.#node = node
    this.#servers = servers
    this.#ports = ports
    this.#router = sockets.router(chatSockets.clients)
    this.#dealer = isForEveryone ? sockets.dealer(chatSockets.servers) : null
    const own = [this.#router, this.#dealer].flatMap((socket) => socket ?? [])
    const names = [chatSockets.clients, chatSockets.servers]
    this.#log = new ForeignLog(
      clock,
      own.map(({ address }, index) => ({ name: names[index] ?? '', address })),
    )
    this.#giving = new (isForEveryone ? InTurn<Asker> : OpenRequests<Asker>)({
      servers,
      life: node.post.life,
      give: (to, ref, asked) => this.#give(to, ref, asked),
      giveForeign: (ref, { asker }) =>
        asker.kind === 'program' && this.#dealer?.send(String(ref), asker.frames) === true,
      foreignServers: () => this.#dealer?.connections ?? 0,
      givenUp: (asked, why) => this.#givenUp(asked, why),
    })
    this.#listen(plan.timing.tickMs)
  }

  facts(): RoleFacts {
    const facts: ChatFacts = {
      kind: 'broker',
      open: this.#giving.size + this.#turns.size,
      answered: this.#answered,
      resent: this.#giving.resent,
      clients: this.#callers.size,
      programs: this.#callers.programs(programsShownMax),
      foreignServers: this.#dealer?.connections ?? 0,
      refused: this.#refused + this.#router.dropped,
    }
    return this.#node.facts({ chat: facts })
  }

  setFaults(rules: NodePlan['faults']): void {
    this.#node.setFaults(rules)
  }

  answer(request: NodeRequest, done: (result: Result<unknown>) => void): void {
    if (request.kind === 'foreign') return done(ok(this.#log.page(request)))
    this.#node.answer(request, done)
  }

  stop(): void {
    void this.#node.stops.run()
  }

  #listen(tickMs: number): void {
    const { post, stops } = this.#node
    post.read([chatWire.ask], (letter) => this.#asked(letter))
    post.read([chatWire.answer], (letter) => this.#hears(letter))
    stops.add(this.#router.listen((from, frames) => this.#askedByProgram(from, frames)))
    if (this.#dealer !== null) {
      stops.add(this.#dealer.listen((request, frames) => this.#hearsForeign(request, frames)))
      stops.add(this.#dealer.onConnections(() => this.#ports.onChange()))
    }
    this.#node.every(tickMs, () => this.#tick())
  }

  #tick(): void {
    const nowMs = this.#ports.clock.now()
    // Also while nothing is open: whoever has gone is not given the next request.
    this.#giving.look(nowMs, this.#unreachable())
    if (this.#callers.look(nowMs)) this.#ports.onChange()
  }

  #unreachable(): ReadonlySet<NodeId> {
    return new Set(this.#ports.wire.links().flatMap(({ peer, isConnected }) => (isConnected ? [] : [peer])))
  }

  #asked({ from: node, body: bytes, cause }: Letter): 'malformed' | null {
    const ask = decodeAsk(bytes)
    if (ask === null) return 'malformed'
    const again = this.#nodes.get(nameOf(node, ask.id))
    if (again !== undefined) {
      again.ref = ask.ref
      return null
    }
    this.#callers.heard(node, this.#ports.clock.now())
    const from = `${node}/${ask.from}`.slice(0, askLimits.fromCharsMax)
    const asker: NodeAsker = { kind: 'node', node, id: ask.id, ref: ask.ref }
    this.#nodes.set(nameOf(node, ask.id), asker)
    this.#open({ asker, key: node, isForeign: false, id: ask.id, from, body: ask.body.slice(), cause })
    return null
  }

  #askedByProgram(from: string, frames: readonly Uint8Array[]): void {
    const request = readRequest(frames)
    this.#callers.heard(from, this.#ports.clock.now(), callerName(request))
    if (request.kind === 'dropped') return this.#refuse(from, frames, null)
    const { form } = request
    if (request.kind === 'refused') return this.#refuse(from, frames, this.#words(form, request.why))
    this.#open({
      asker: { kind: 'program', from, form, frames },
      key: from,
      isForeign: true,
      id: deedId(this.#ports.random),
      from: `open/${from}`.slice(0, askLimits.fromCharsMax),
      body: encodeAskBody({ kind: 'foreign', frames }),
      cause: null,
    })
  }

  #open(asked: Asked<Asker>): void {
    const turn = asked.isForeign ? this.#turns.begin(asked.key, asked) : 'now'
    if (turn === 'now') this.#begin(asked)
    else if (turn === 'too-much') this.#tooMuch(asked.asker)
    this.#ports.onChange()
  }

  #begin(asked: Asked<Asker>): void {
    if (this.#giving.open(asked, this.#ports.clock.now())) return
    this.#tooMuch(asked.asker)
    this.#ended(asked)
  }

  /** Whatever became of it. */
  #ended({ isForeign, key }: Asked<Asker>): void {
    const next = isForeign ? this.#turns.ended(key) : null
    if (next !== null) this.#begin(next)
  }

  #give(to: NodeId, ref: number, { id, from, body, cause }: Asked<Asker>): boolean {
    return this.#node.post.send(to, { kind: chatWire.ask, body: encodeAsk({ ref, id, from, body }), cause })
  }

  /** What one of our servers says. */
  #hears({ from, body: bytes, cause }: Letter): 'malformed' | null {
    const heard = this.#servers.includes(from) ? decodeAnswer(bytes) : null
    if (heard === null) return 'malformed'
    const nowMs = this.#ports.clock.now()
    const said = isForDeskAlone(heard.body) ? unread : decodeAnswerBody(heard.body)
    if (said === null) return 'malformed'
    if (said.kind === 'handed-back') {
      this.#giving.handedBack(from, heard.ref, said.leader, nowMs)
      return null
    }
    if (said.kind === 'failed') {
      this.#hearsFailure(from, heard.ref, said.failure, nowMs)
      return null
    }
    const asked = this.#giving.answered(from, heard.ref)
    if (asked === null) return null // somebody else was quicker
    if (asked.asker.kind === 'node') this.#tell(asked.asker, heard.body, cause)
    else this.#say(asked.asker, said.kind === 'foreign' ? said.payload : null)
    this.#ended(asked)
    this.#answered += 1
    this.#ports.onChange()
    return null
  }

  #hearsFailure(from: NodeId, ref: number, failure: Failure, nowMs: number): void {
    const isLost = failure.code === 'timed-out' || failure.code === 'not-leader'
    if (isLost && this.#giving.lost(from, ref, nowMs)) return
    const failed = this.#giving.failed(from, ref)
    if (failed === null) return
    const { asker } = failed.asked
    const told: Failure = failed.isUncertain ? { code: 'timed-out', message: failure.message } : failure
    if (asker.kind === 'node') this.#fail(asker, told)
    else this.#say(asker, this.#words(asker.form, refusalOf(told)))
    this.#ended(failed.asked)
    this.#refused += 1
    this.#ports.onChange()
  }

  /** What a foreign server says goes to whoever asked as it is: they have a protocol in common. */
  #hearsForeign(request: string, frames: readonly Uint8Array[]): void {
    const asked = this.#giving.answered(null, Number(request))
    if (asked?.asker.kind !== 'program') return
    const { from, frames: said } = asked.asker
    this.#log.note(`server behind ${this.#dealer?.address ?? ''}`, {
      at: 'server',
      frames,
      request: said[0] ?? new Uint8Array(0),
    })
    this.#log.note(from, { at: 'broker', frames: said, answer: frames[0] ?? null })
    this.#router.answer(from, frames)
    this.#ended(asked)
    this.#answered += 1
    this.#ports.onChange()
  }

  #givenUp(asked: Asked<Asker>, why: GivenUp): void {
    const { asker } = asked
    this.#refused += 1
    if (asker.kind === 'program') this.#say(asker, this.#words(asker.form, { kind: why }))
    else if (why === 'nobody') this.#fail(asker, { code: 'node-down', message: 'no server took it' })
    else this.#fail(asker, { code: 'timed-out', message: 'no server answered; nobody knows what became of it' })
    this.#ended(asked)
    this.#ports.onChange()
  }

  #tooMuch(asker: Asker): void {
    this.#refused += 1
    if (asker.kind === 'program') this.#say(asker, this.#words(asker.form, { kind: 'too-many' }))
    else this.#fail(asker, { code: 'busy', message: 'the broker has as much open as it keeps' })
  }

  /** What is no request. null: there is nothing that an answer could be like. */
  #refuse(from: string, frames: readonly Uint8Array[], answer: Uint8Array | null): void {
    this.#refused += 1
    this.#log.note(from, { at: 'broker', frames, answer })
    if (answer !== null) this.#router.answer(from, [answer])
    this.#ports.onChange()
  }

  #say({ from, frames }: Program, payload: Uint8Array | null): void {
    this.#log.note(from, { at: 'broker', frames, answer: payload })
    if (payload !== null) this.#router.answer(from, [payload])
  }

  #fail(asker: NodeAsker, failure: Failure): void {
    this.#tell(asker, encodeAnswerBody({ kind: 'failed', failure }), null)
  }

  #tell({ node, id, ref }: NodeAsker, body: Uint8Array, cause: MessageId | null): void {
    this.#nodes.delete(nameOf(node, id))
    this.#node.post.send(node, { kind: chatWire.answer, body: encodeAnswer({ ref, body }), cause })
  }

  #words(form: Form, why: Refusal): Uint8Array {
    const { clock, lamport } = this.#ports
    return refusalAnswer(form, why, { atMs: clock.wall(), clock: lamport.beforeSend() })
  }
}

function nameOf(node: NodeId, id: string): string {
  return `${node} ${id}`
}

/** In place of what a desk reads itself. */
const unread: AnswerBody = { kind: 'done' }

/** In the words that a dialect has. */
function refusalOf(failure: Failure): Refusal {
  if (!failures[failure.code].definite) return { kind: 'unknown' }
  return { kind: failure.code === 'busy' || failure.code === 'too-many' ? 'too-many' : 'nobody' }
}

function deedId(random: Random): string {
  return toHex(Uint8Array.from({ length: 16 }, () => random.below(256)))
}
