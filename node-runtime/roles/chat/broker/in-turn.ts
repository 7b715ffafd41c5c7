import type { NodeId } from '#kit/ids'
import type { Asked, Failed, GivenUp, Giving, GivingParts } from './giving.ts'
import { RequestTable } from './request-table.ts'

/** How long a server may take; whoever asked is then told that nobody knows. */
export const answeredWithinMs = 10_000

interface Turn<Asker> {
  readonly ref: number
  readonly asked: Asked<Asker>
  /** null: a foreign one. */
  readonly to: NodeId | null
  readonly dueMs: number
}

/**
 * The profile of everyone: whoever has its turn gets the request, ours and foreign servers alike, and nobody gets it after
 * that: a foreign server would do it twice.
 */
export class InTurn<Asker> implements Giving<Asker> {
  readonly resent = 0
  readonly #parts: GivingParts<Asker>
  readonly #table: RequestTable<Asker, Turn<Asker>>
  #unreachable: ReadonlySet<NodeId> = new Set()
  #turn = 0

  constructor(parts: GivingParts<Asker>) {
    this.#parts = parts
    this.#table = new RequestTable(parts.life)
  }

  get size(): number {
    return this.#table.size
  }

  open(asked: Asked<Asker>, nowMs: number): boolean {
    const places = this.#places(asked)
    const to = places[this.#turn % Math.max(1, places.length)]
    this.#turn += 1
    if (to === undefined) {
      this.#parts.givenUp(asked, 'nobody')
      return true
    }
    const turn = this.#table.add(asked, (ref) => ({ ref, asked, to, dueMs: nowMs + answeredWithinMs }))
    if (turn === null) return false
    const isGiven = to === null ? this.#parts.giveForeign(turn.ref, asked) : this.#parts.give(to, turn.ref, asked)
    if (!isGiven) this.#giveUp(turn, 'nobody')
    return true
  }

  answered(from: NodeId | null, ref: number): Asked<Asker> | null {
    const turn = this.#table.get(ref)
    if (turn === null || turn.to !== from) return null
    this.#table.remove(turn)
    return turn.asked
  }

  failed(from: NodeId, ref: number): Failed<Asker> | null {
    const asked = this.answered(from, ref)
    return asked === null ? null : { asked, isUncertain: false }
  }

  /** It has done nothing, so its asker may ask again. */
  handedBack(from: NodeId, ref: number): void {
    const turn = this.#table.get(ref)
    if (turn?.to === from) this.#giveUp(turn, 'nobody')
  }

  lost(): boolean {
    return false
  }

  look(nowMs: number, unreachable: ReadonlySet<NodeId>): void {
    this.#unreachable = unreachable
    for (const turn of this.#table.all) {
      const isGone = turn.to !== null && unreachable.has(turn.to)
      if (isGone || nowMs >= turn.dueMs) this.#giveUp(turn, 'unknown')
    }
  }

  #places({ isForeign }: Asked<Asker>): readonly (NodeId | null)[] {
    const ours = this.#parts.servers.filter((server) => !this.#unreachable.has(server))
    return isForeign ? [...ours, ...Array<null>(this.#parts.foreignServers()).fill(null)] : ours
  }

  #giveUp(turn: Turn<Asker>, why: GivenUp): void {
    this.#table.remove(turn)
    this.#parts.givenUp(turn.asked, why)
  }
}
