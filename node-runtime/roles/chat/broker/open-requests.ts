import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { Asked, Failed, Giving, GivingParts } from './giving.ts'
import { RequestTable } from './request-table.ts'

export const openLimits = {
  /** How long a server may be silent before the next one is asked; twice as long each time, up to the second. */
  silenceMsMin: 800,
  silenceMsMax: 4_000,
  /** While nobody leads, before the next one is asked; twice as long each time, up to the second. */
  pauseMsMin: 20,
  pauseMsMax: 50,
  /** While nobody leads, so many requests at a time find out who does; all others wait for what they find. */
  probesMax: 16,
  /** Hints that are followed at once: two servers that name each other are not asked in a circle. */
  hintsFollowedMax: 2,
  /** A program of the course may wait for ever; a request does not. */
  keptMs: 30_000,
} as const

interface Open<Asker> {
  readonly ref: number
  readonly asked: Asked<Asker>
  readonly endMs: number
  /** Who has it, or had it last. */
  at: NodeId | null
  isPausing: boolean
  /** When whoever has it was silent for too long, or the pause is over. */
  dueMs: number
  silenceMs: number
  pauseMs: number
  hintsFollowed: number
  /** Somebody had it of whom nobody knows what he did. */
  isUncertain: boolean
}

/**
 * The leader's profile: whoever leads gets every request. Who hands it back or is silent is followed by the next one, who
 * gets it under the same id, so that it happens once.
 */
export class OpenRequests<Asker> implements Giving<Asker> {
  readonly #parts: GivingParts<Asker>
  readonly #table: RequestTable<Asker, Open<Asker>>
  #leader: NodeId | null = null
  #unreachable: ReadonlySet<NodeId> = new Set()
  #resent = 0

  constructor(parts: GivingParts<Asker>) {
    assert(parts.servers.length > 0, 'a chat has servers')
    this.#parts = parts
    this.#table = new RequestTable(parts.life)
  }

  get size(): number {
    return this.#table.size
  }

  get resent(): number {
    return this.#resent
  }

  open(asked: Asked<Asker>, nowMs: number): boolean {
    const request = this.#table.add(asked, (ref) => ({
      ...{ ref, asked, endMs: nowMs + openLimits.keptMs, at: null, isPausing: true, dueMs: nowMs },
      ...{ silenceMs: openLimits.silenceMsMin, pauseMs: openLimits.pauseMsMin, hintsFollowed: 0, isUncertain: false },
    }))
    if (request === null) return false
    this.#give(request, nowMs)
    return true
  }

  answered(from: NodeId | null, ref: number): Asked<Asker> | null {
    const request = this.#table.get(ref)
    if (request === null) return null
    this.#table.remove(request)
    if (from !== null) this.#leader = from
    return request.asked
  }

  failed(from: NodeId, ref: number): Failed<Asker> | null {
    const request = this.#heldBy(from, ref)
    if (request !== null) this.#table.remove(request)
    return request
  }

  handedBack(from: NodeId, ref: number, leader: NodeId | null, nowMs: number): void {
    const request = this.#heldBy(from, ref)
    if (request !== null) this.#next(request, leader, nowMs)
  }

  lost(from: NodeId, ref: number, nowMs: number): boolean {
    const request = this.#heldBy(from, ref)
    if (request === null) return true
    request.isUncertain = true
    this.#next(request, null, nowMs)
    return true
  }

  look(nowMs: number, unreachable: ReadonlySet<NodeId>): void {
    this.#unreachable = unreachable
    if (this.#leader !== null && unreachable.has(this.#leader)) this.#leader = null
    let probes = 0
    for (const request of this.#table.all) {
      if (nowMs >= request.endMs) this.#giveUp(request)
      else if (request.isPausing) {
        if (this.#leader === null) probes += 1
        if (nowMs >= request.dueMs ? probes <= openLimits.probesMax : this.#isNews(request)) this.#give(request, nowMs)
      } else if (nowMs >= request.dueMs || (request.at !== null && unreachable.has(request.at))) {
        this.#silent(request, nowMs)
      }
    }
  }

  #heldBy(from: NodeId, ref: number): Open<Asker> | null {
    const request = this.#table.get(ref)
    return request?.at === from && !request.isPausing ? request : null
  }

  #next(request: Open<Asker>, hint: NodeId | null, nowMs: number): void {
    // Whoever still believes in a leader that cannot be reached has not heard of the next one.
    const isHere = hint !== null && this.#parts.servers.includes(hint) && !this.#unreachable.has(hint)
    const isHint = isHere && hint !== request.at
    if (isHint) this.#leader = hint
    else if (this.#leader === request.at) this.#leader = null
    request.hintsFollowed += 1
    if (isHint && request.hintsFollowed <= openLimits.hintsFollowedMax) return this.#give(request, nowMs)
    this.#pause(request, nowMs)
  }

  #silent(request: Open<Asker>, nowMs: number): void {
    request.isUncertain = true
    const isAway = request.at !== null && this.#unreachable.has(request.at)
    if (!isAway) request.silenceMs = Math.min(request.silenceMs * 2, openLimits.silenceMsMax)
    if (this.#leader === request.at) this.#leader = null
    this.#give(request, nowMs)
  }

  #give(request: Open<Asker>, nowMs: number): void {
    if (request.at !== null) this.#resent += 1
    const to = this.#whom(request)
    request.at = to
    request.isPausing = false
    request.dueMs = nowMs + request.silenceMs
    if (this.#parts.give(to, request.ref, request.asked)) return
    if (this.#leader === to) this.#leader = null
    this.#pause(request, nowMs)
  }

  #pause(request: Open<Asker>, nowMs: number): void {
    request.isPausing = true
    request.hintsFollowed = 0
    request.dueMs = nowMs + request.pauseMs
    request.pauseMs = Math.min(request.pauseMs * 2, openLimits.pauseMsMax)
  }

  /** Who leads may have become known by another's request. */
  #isNews({ at }: Open<Asker>): boolean {
    return this.#leader !== null && this.#leader !== at
  }

  /** Whoever leads; if nobody is known to, the next in turn who can be reached. */
  #whom(request: Open<Asker>): NodeId {
    if (this.#leader !== null) return this.#leader
    const { servers } = this.#parts
    const after = request.at === null ? 0 : servers.indexOf(request.at) + 1
    const inTurn = [...servers.slice(after), ...servers.slice(0, after)]
    const [first] = inTurn
    assert(first !== undefined, 'a chat has servers')
    return inTurn.find((server) => !this.#unreachable.has(server)) ?? first
  }

  #giveUp(request: Open<Asker>): void {
    this.#table.remove(request)
    // Who was asked a moment ago may do it yet.
    this.#parts.givenUp(request.asked, request.isUncertain || !request.isPausing ? 'unknown' : 'nobody')
  }
}
