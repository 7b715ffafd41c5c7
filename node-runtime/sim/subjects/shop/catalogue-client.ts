import {
  decodeCatalogueAnswer,
  decodeCatalogueQueryAnswer,
  encodeCatalogueCommand,
  encodeCatalogueQuery,
} from '#cores/shop/index'
import type { CatalogueDeed, CatalogueOutcome } from '#cores/shop/messages'
import { Lanes } from '#roles/replica/lanes'
import type { NodeHands } from '../../subject.ts'
import { Outsider } from '../replica/outsider.ts'
import type { ShopWords } from './words.ts'

/** More than ever wait at once: whoever is refused asks again, which proves nothing new. */
const waitingMax = 200

/** The way from the orders node to the catalogue, as any client of a group has it. */
export class CatalogueClient {
  readonly group: Outsider<ShopWords>
  readonly #hands: NodeHands<ShopWords>
  readonly #lanes: Lanes
  #underWay = 0

  constructor(hands: NodeHands<ShopWords>) {
    const { scenario } = hands
    this.#hands = hands
    this.group = new Outsider(hands, (to, bytes) => hands.send(to, { bytes }))
    const { log, later } = this.group
    const { lanes: lanesMax = 1 } = scenario.settings
    this.#lanes = new Lanes({ log, lanesMax, waitingMax, soon: later.soon })
  }

  get underWay(): number {
    return this.#underWay
  }

  /** One command. null: nobody knows what became of it, or nothing did. */
  propose(deeds: readonly CatalogueDeed[], done: (outcomes: readonly CatalogueOutcome[] | null) => void): void {
    this.#underWay += 1
    this.#lanes.propose(encodeCatalogueCommand({ deeds }), (result) => {
      this.#underWay -= 1
      if (!result.ok) {
        this.#hands.note({ kind: 'unanswered', code: result.failure.code })
        return done(null)
      }
      const answer = decodeCatalogueAnswer(result.value.answer)
      if (answer?.kind !== 'done' || answer.outcomes.length !== deeds.length) {
        this.#hands.anomaly('a command was answered as none, or not all of it')
        return done(null)
      }
      done(answer.outcomes)
    })
  }

  /** What can be sold of it, and nothing older; null: nobody could say. */
  available(product: number, done: (available: number | null) => void): void {
    this.#underWay += 1
    this.group.log.read(encodeCatalogueQuery({ kind: 'product', product }), 'linearizable', (result) => {
      this.#underWay -= 1
      if (!result.ok) return done(null)
      const found = decodeCatalogueQueryAnswer('product', result.value.answer)
      if (found === null) this.#hands.anomaly('a product was asked for, and the answer is none')
      const known = found?.answer.product ?? null
      done(known === null ? null : known.onHand - known.reserved)
    })
  }
}
