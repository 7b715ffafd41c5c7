import { type ChatFacts, chatSockets, type ExportPage } from '#contract/worker/chat'
import type { NodePlan, NodeRequest } from '#contract/worker/protocol'
import {
  type CourseAnswer,
  type CourseAsk,
  courseAnswer,
  type Refusal,
  readRequest,
  referenceFiles,
  refusalAnswer,
} from '#dialects/chat/index'
import type { NodeId } from '#kit/ids'
import { ok, type Result } from '#kit/result'
import type { RouterSocket } from '#ports/sockets'
import { PlainNode } from '../../plain-node.ts'
import type { Letter } from '../../post.ts'
import type { NodePorts, RoleFacts, RunningRole } from '../../role.ts'
import { chatOf } from '../chat-of.ts'
import { ForeignLog } from '../foreign-log.ts'
import { RankRows } from './rank-rows.ts'
import { Ranks } from './ranks.ts'
import { decodeReference, encodeReference, referenceWire } from './wire.ts'

const lookEveryMs = 500
/** A look that comes so late says that this node slept, and not that others are silent. */
const lateMs = 4 * lookEveryMs
/** In the node's view, smallest rank first. */
const shownMax = 100

type Said = { readonly answer: CourseAnswer } | { readonly refusal: Refusal }

/**
 * Who serves, under which rank, and what time it is. Programs of the course ask on a socket, our servers over the wire;
 * both are answered alike. Nobody can speak for one of ours on the socket.
 */
export class ChatReference implements RunningRole {
  readonly #node: PlainNode
  readonly #servers: readonly NodeId[]
  readonly #ports: NodePorts
  readonly #router: RouterSocket
  readonly #log: ForeignLog
  readonly #rows: RankRows
  readonly #ranks: Ranks
  #lookedMs: number

  constructor(plan: NodePlan, ports: NodePorts) {
    const { clock, store, sockets } = ports
    this.#node = new PlainNode(plan, ports)
    this.#servers = chatOf(plan).servers
    this.#ports = ports
    this.#router = sockets.router(chatSockets.ranks)
    this.#log = new ForeignLog(clock, [{ name: chatSockets.ranks, address: this.#router.address }])
    this.#rows = new RankRows(store)
    this.#ranks = new Ranks(this.#servers, this.#rows.restore(), clock.now())
    this.#lookedMs = clock.now()
    this.#node.post.read([referenceWire.ask], (letter) => this.#asked(letter))
    this.#node.stops.add(this.#router.listen((from, frames) => this.#askedByProgram(from, frames)))
    this.#node.every(lookEveryMs, () => this.#look())
  }

  facts(): RoleFacts {
    const servers = this.#ranks.all.slice(0, shownMax).map(({ name, rank, isHere }) => ({ name, rank, isHere }))
    const facts: ChatFacts = { kind: 'reference', servers }
    return this.#node.facts({ chat: facts, canWrite: this.#rows.canWrite })
  }

  setFaults(rules: NodePlan['faults']): void {
    this.#node.setFaults(rules)
    // At once and not with the next newcomer: a fault has to be seen.
    if (rules.isDiskFull === this.#rows.canWrite) this.#rows.keep([])
    this.#ports.onChange()
  }

  answer(request: NodeRequest, done: (result: Result<unknown>) => void): void {
    if (request.kind === 'foreign') return done(ok(this.#log.page(request)))
    if (request.kind !== 'export') return this.#node.answer(request, done)
    const page: ExportPage = { files: referenceFiles(this.#ranks.all), next: null }
    done(ok(page))
  }

  stop(): void {
    void this.#node.stops.run()
  }

  #look(): void {
    const nowMs = this.#ports.clock.now()
    if (nowMs - this.#lookedMs >= lateMs) this.#ranks.begin(nowMs)
    this.#lookedMs = nowMs
    const gone = this.#ranks.look(nowMs)
    if (gone.length > 0) this.#changed(gone)
  }

  #askedByProgram(from: string, frames: readonly Uint8Array[]): void {
    const answer = this.#answerTo(frames, null)
    this.#log.note(from, { at: 'reference', frames, answer })
    if (answer !== null) this.#router.answer(from, [answer])
  }

  #asked({ from, body }: Letter): 'malformed' | null {
    const ask = decodeReference(body)
    const frame = ask === null ? null : this.#answerTo([ask.frame], from)
    if (ask === null || frame === null) return 'malformed'
    const answer = encodeReference({ ref: ask.ref, frame })
    this.#node.post.send(from, { kind: referenceWire.answer, body: answer, cause: null })
    return null
  }

  /** `by`: one of ours; null: a program. null: there is nothing that an answer could be like. */
  #answerTo(frames: readonly Uint8Array[], by: NodeId | null): Uint8Array | null {
    const { clock, lamport } = this.#ports
    const request = readRequest(frames)
    if (request.kind === 'dropped') return null
    const { form } = request
    if (request.kind !== 'refused' && lamport.accepts(request.stamp.clock)) lamport.onReceive(request.stamp.clock)
    const said = request.kind === 'course' ? this.#said(request.ask, by) : { refusal: notServed(request) }
    const stamp = { atMs: clock.wall(), clock: lamport.beforeSend() }
    return 'answer' in said ? courseAnswer(form, said.answer, stamp) : refusalAnswer(form, said.refusal, stamp)
  }

  #said(ask: CourseAsk, by: NodeId | null): Said {
    switch (ask.kind) {
      case 'rank':
      case 'heartbeat':
        return this.#heardOf(ask.kind, ask.user, by)
      case 'list':
        return { answer: { kind: 'list', servers: this.#ranks.available() } }
      case 'clock':
        return { answer: { kind: 'time', atMs: this.#ports.clock.wall() } }
      default:
        return { refusal: { kind: 'service', service: ask.kind } }
    }
  }

  /** A heartbeat of a name that is new is as good as a first request. */
  #heardOf(kind: 'rank' | 'heartbeat', name: string, by: NodeId | null): Said {
    const isOwn = this.#servers.some((server) => server === name)
    if (by === null ? isOwn : by !== name) return { refusal: { kind: 'name-not-allowed', name } }
    const { clock } = this.#ports
    const place = this.#ranks.place(name, clock.wall())
    if (place.kind === 'refused') {
      return { refusal: place.why === 'too-many' ? { kind: place.why } : { kind: place.why, name } }
    }
    if (place.kind === 'new') {
      // Nobody is told a rank that a restart could give to another.
      if (!this.#rows.keep([place.row])) return { refusal: { kind: 'nobody' } }
      this.#ranks.keep(place.row, clock.now())
      this.#ports.onChange()
    }
    const isBack = this.#ranks.heard(name, clock.now(), clock.wall())
    if (isBack !== null) this.#changed([isBack])
    return { answer: kind === 'rank' ? { kind, rank: place.row.rank } : { kind: 'beat' } }
  }

  /** Who is here is kept when it can be: it matters only to the next life, for a moment. */
  #changed(rows: readonly ReturnType<Ranks['look']>[number][]): void {
    this.#rows.keep(rows)
    this.#ports.onChange()
  }
}

/** The account chat has no reference. */
function notServed(request: Exclude<ReturnType<typeof readRequest>, { readonly kind: 'course' | 'dropped' }>): Refusal {
  return request.kind === 'refused' ? request.why : { kind: 'service', service: request.form.service }
}
