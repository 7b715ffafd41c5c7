import type { DialectAnswer } from '#dialects/shop/index'
import { unavailable } from '#dialects/shop/index'
import type { NodeId } from '#kit/ids'
import type { ShopCatalogue } from '#ports/shop-catalogue'
import type { Asked } from '../api/route.ts'
import { failureShown, shopHeaders, shownAs } from '../api/shown.ts'

/** How one node of the catalogue stands in its group. */
export interface Standing {
  readonly nodeId: NodeId
  readonly isPrimary: boolean
  readonly leader: NodeId | null
  /** Committed as far as it knows, less what is applied; null: it hears no leader. */
  readonly lagEntries: number | null
  /** Since it heard a leader; null: never. */
  readonly silentMs: number | null
  readonly position: number
  /** Something is for sale here: the log has begun, and this node knows it. */
  readonly isOpen: boolean
}

export interface ReadingParts {
  readonly catalogue: ShopCatalogue
  readonly standing: () => Standing
}

export const readingLimits = {
  /** How long a copy that is behind waits for what somebody wrote before it answers with less, and says so. */
  waitTicksMax: 8,
  /** Past that they are told what there is at once. */
  waitingMax: 4_096,
} as const

interface Waiting {
  readonly atLeast: number
  readonly asked: Asked
  readonly tell: () => DialectAnswer
  ticksLeft: number
}

/** Reads of one node, as fresh as they ask to be, and never without a word on how fresh that was. */
export class Reading {
  readonly #parts: ReadingParts
  #waiting: Waiting[] = []

  constructor(parts: ReadingParts) {
    this.#parts = parts
  }

  read(asked: Asked, tell: () => DialectAnswer): void {
    const { headers } = asked.request
    if (headers[shopHeaders.read] === 'strong') return this.#readNow(asked, tell)
    const atLeast = Number(headers[shopHeaders.atLeast] ?? 0)
    const { position } = this.#parts.standing()
    if (!(atLeast > position)) return this.#give(asked, tell, false)
    if (this.#waiting.length >= readingLimits.waitingMax) return this.#give(asked, tell, true)
    this.#waiting.push({ atLeast, asked, tell, ticksLeft: readingLimits.waitTicksMax })
  }

  /** Something was applied, or time has passed. */
  look({ ticks }: { readonly ticks: number }): void {
    if (this.#waiting.length === 0) return
    const { position } = this.#parts.standing()
    const waiting = this.#waiting
    this.#waiting = []
    for (const one of waiting) {
      one.ticksLeft -= ticks
      const isThere = position >= one.atLeast
      if (isThere || one.ticksLeft <= 0) this.#give(one.asked, one.tell, !isThere)
      else this.#waiting.push(one)
    }
  }

  /** Only who leads can know that nobody has more. */
  #readNow(asked: Asked, tell: () => DialectAnswer): void {
    this.#parts.catalogue.ask({ kind: 'status' }, 'linearizable', (result) => {
      if (result.ok) return this.#give(asked, tell, false)
      asked.answer(failureShown(result.failure, this.leaderHeaders()))
    })
  }

  leaderHeaders(): Readonly<Record<string, string>> {
    const { leader, nodeId } = this.#parts.standing()
    return { [shopHeaders.node]: nodeId, ...(leader === null ? {} : { [shopHeaders.leader]: leader }) }
  }

  #give(asked: Asked, tell: () => DialectAnswer, isStale: boolean): void {
    const { nodeId, lagEntries, silentMs, position, isPrimary, isOpen } = this.#parts.standing()
    // What it would say of nothing looks like a shop that sells nothing.
    if (!isOpen) return asked.answer(shownAs(unavailable, this.leaderHeaders()))
    asked.answer(
      shownAs(tell(), {
        [shopHeaders.node]: nodeId,
        [shopHeaders.lagEntries]: lagEntries === null ? 'unknown' : String(lagEntries),
        [shopHeaders.ageMs]: silentMs === null ? 'unknown' : String(silentMs),
        [shopHeaders.position]: String(position),
        ...(isPrimary ? { [shopHeaders.leader]: nodeId } : {}),
        ...(isStale ? { [shopHeaders.stale]: 'true' } : {}),
      }),
    )
  }
}
