import type { FaultRules } from '#contract/worker/faults'
import { decodeCatalogueQueryAnswer, encodeCatalogueQuery } from '#cores/shop/index'
import type { CatalogueAnswers, CatalogueQuery, Movement, OrderId } from '#cores/shop/messages'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import type { Replica } from '#roles/replica/replica'
import type { NodeHands, Program } from '../../subject.ts'
import { WatchedCopy } from '../replica/watched-copy.ts'
import type { ShopParts } from './parts.ts'
import { dumpQuery, sumIn, watched } from './watched-machine.ts'
import { nothingShown, type ShopView, type ShopWords } from './words.ts'

/** A catalogue's copy of products and stock. */
export class Member implements Program<ShopWords> {
  readonly #hands: NodeHands<ShopWords>
  readonly #copy: WatchedCopy<ShopWords>
  /** The last one that was told. */
  #movement = 0

  constructor(hands: NodeHands<ShopWords>, { machineOf }: ShopParts) {
    this.#hands = hands
    this.#copy = new WatchedCopy(hands, {
      machineOf: (world) => watched(machineOf(world)),
      note: (note) => hands.note(note),
      grew: (replica, isAnew) => this.#tell(replica, isAnew),
      dump: (replica) => {
        const { appliedIndex } = replica
        hands.note({ kind: 'dumped', appliedIndex, sum: sumIn(replica.look(dumpQuery).answer) })
      },
    })
  }

  get view(): ShopView {
    const shown = this.#copy.shown((replica) => {
      const { movements, liveReservations: live } = look(replica, { kind: 'status' })
      return { movements, live }
    })
    return { ...nothingShown, id: this.#hands.id, role: 'down', ...shown }
  }

  receive(from: NodeId, message: ShopWords['message']): void {
    this.#copy.receive(from, message)
  }

  setFaults(rules: FaultRules): void {
    this.#copy.setFaults(rules)
  }

  #tell(replica: Replica, isAnew: boolean): void {
    const { appliedIndex } = replica
    const movements = movementsOf(replica, isAnew ? 0 : this.#movement)
    this.#movement = movements.at(-1)?.number ?? (isAnew ? 0 : this.#movement)
    this.#hands.note({ kind: 'holds', isAnew, appliedIndex, movements, live: liveIn(replica) })
  }
}

function movementsOf(replica: Replica, after: number): readonly Movement[] {
  const movements: Movement[] = []
  for (let from: number | null = after + 1; from !== null; ) {
    const page: CatalogueAnswers['ledger'] = look(replica, { kind: 'ledger', from, order: 'up', limit: 500 })
    movements.push(...page.movements)
    from = page.next
  }
  return movements
}

function liveIn(replica: Replica): readonly OrderId[] {
  return look(replica, { kind: 'reservations', after: 0, limit: 500 }).reservations.map(({ order }) => order)
}

function look<Query extends CatalogueQuery>(replica: Replica, query: Query): CatalogueAnswers[Query['kind']] {
  const kind: Query['kind'] = query.kind
  const found = decodeCatalogueQueryAnswer(kind, replica.look(encodeCatalogueQuery(query)).answer)
  assert(found !== null, `the machine answers ${kind}`)
  return found.answer
}
