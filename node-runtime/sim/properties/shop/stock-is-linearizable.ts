import type { Operation } from '#check/history'
import { checkLinearizable } from '#check/linearizable'
import { type StockAnswer, type StockOp, stock } from '#check/models/stock'
import type { CatalogueDeed, CatalogueOutcome } from '#cores/shop/messages'
import type { Always, Moment } from '../../subject.ts'
import type { ShopWords } from '../../subjects/shop/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** What one product of one run may cost. */
const budget = { stepsMax: 20_000 } as const

type Asked = Operation<StockOp, StockAnswer>

/** What was reserved, given back, counted and read of a product could be of one shelf, served one after the other. */
export const stockIsLinearizable: Always<ShopWords> = {
  name: 'a stock could be of one shelf',
  start() {
    const history = new StockHistory()
    return (moment) => {
      const ledger = ledgerOf(moment)
      if (!history.take(moment)) return null
      // What comes back by itself, nobody asked for.
      if (ledger.all.some(({ kind }) => kind === 'expired')) return null
      const opened = ledger.all.filter(({ kind }) => kind === 'opened')
      const openings = opened.map(({ product, onHandChange: by }): Asked => {
        const ending = { kind: 'ok', at: -1, answer: true } as const
        return { process: 'seed', key: String(product), op: { kind: 'change', by }, invokedAt: -2, ending }
      })
      const verdict = checkLinearizable(stock, [...openings, ...history.operations], budget)
      // Of many that were given up at once nobody may be able to say (KT3): that proves nothing, and is no finding.
      return verdict.kind === 'invalid' ? verdict.counterExample.text : null
    }
  },
}

class StockHistory {
  /** By deed and product: under the same id asked again is the same operation. */
  readonly #deeds = new Map<string, Asked>()
  readonly #productsOf = new Map<string, readonly number[]>()
  readonly #reads: Asked[] = []

  get operations(): readonly Asked[] {
    return [...this.#deeds.values(), ...this.#reads]
  }

  /** True when all was read for the last time, and so can be judged. */
  take({ tick, notes }: Moment<ShopWords>): boolean {
    let isFinal = false
    for (const { node, note } of notes) {
      if (note.kind === 'deed-asked') this.#asked(note.deed, { node, tick })
      if (note.kind === 'deed-told') this.#told(note.deed, note.outcome, tick)
      if (note.kind !== 'read') continue
      const ending = { kind: 'ok', at: 2 * tick + 1, answer: note.available } as const
      const key = String(note.product)
      this.#reads.push({ process: node, key, op: { kind: 'read' }, invokedAt: 2 * note.askedTick, ending })
      isFinal ||= note.isFinal
    }
    return isFinal
  }

  #asked(deed: CatalogueDeed, { node, tick }: { readonly node: string; readonly tick: number }): void {
    if (deed.kind === 'reserve')
      this.#productsOf.set(
        deed.order,
        deed.lines.map(({ product }) => product),
      )
    for (const [product, op] of this.#operationsOf(deed)) {
      const name = nameOf(deed, product)
      if (this.#deeds.has(name)) continue
      const ending = { kind: 'unknown' } as const
      this.#deeds.set(name, { process: node, key: String(product), op, invokedAt: 2 * tick, ending })
    }
  }

  #operationsOf(deed: CatalogueDeed): readonly (readonly [number, StockOp])[] {
    switch (deed.kind) {
      case 'reserve':
        return deed.lines.map(({ product, quantity }) => [product, { kind: 'take', order: deed.order, quantity }])
      case 'release':
      case 'give-back':
        return (this.#productsOf.get(deed.order) ?? []).map((product) => [product, { kind: 'give', order: deed.order }])
      case 'stock':
        return [[deed.product, { kind: 'change', by: deed.operation === 'add' ? deed.quantity : -deed.quantity }]]
      default:
        return []
    }
  }

  #told(deed: CatalogueDeed, outcome: CatalogueOutcome, tick: number): void {
    for (const [product] of this.#operationsOf(deed)) {
      const name = nameOf(deed, product)
      const operation = this.#deeds.get(name)
      if (operation === undefined || operation.ending.kind === 'ok') continue
      const answer = answerOf(deed, outcome)
      // Of several products it may be another one that was short; for certain it took nothing of this one.
      if (answer === null) this.#deeds.delete(name)
      else this.#deeds.set(name, { ...operation, ending: { kind: 'ok', at: 2 * tick + 1, answer } })
    }
  }
}

function nameOf(deed: CatalogueDeed, product: number): string {
  if ('order' in deed) return `${deed.kind === 'reserve' ? 'take' : 'give'} ${deed.order} ${product}`
  return 'id' in deed ? deed.id : deed.kind
}

/** null: it has changed nothing, and says nothing of this product. */
function answerOf(deed: CatalogueDeed, outcome: CatalogueOutcome): StockAnswer | null {
  if (outcome.kind !== 'refused') return true
  if (deed.kind === 'stock') return false
  const [short, ...others] = outcome.lines
  const isPlain = deed.kind === 'reserve' && deed.lines.length === 1 && others.length === 0
  return isPlain && outcome.why === 'out-of-stock' ? (short?.available ?? null) : null
}
