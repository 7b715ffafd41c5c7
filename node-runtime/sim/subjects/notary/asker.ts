import type { NotaryQuery, Registration } from '#cores/notary/messages'
import type { Random } from '#kit/random'
import type { NotaryService, RegisterOrder } from '#roles/notary/service'
import type { NodeHands } from '../../subject.ts'
import { drawRegistration, sharedDocument } from './documents.ts'
import { Pinned } from './pinned.ts'
import type { NotaryWords, Shown } from './words.ts'

/** Somebody at a peer who registers, looks things up, and wants them proven. In calm it asks for nothing new. */
export class Asker {
  readonly #hands: NodeHands<NotaryWords>
  readonly #random: Random
  readonly #name: string
  readonly #pinned: Pinned
  #underWay = 0
  #asked = 0
  /** Of which service: what was asked of one that is gone is never answered. */
  #service: NotaryService | null = null

  constructor(hands: NodeHands<NotaryWords>) {
    this.#hands = hands
    this.#random = hands.random.fork('asker')
    this.#pinned = new Pinned(hands)
    this.#name = `${hands.id}.${hands.clock.now()}`
  }

  get isDone(): boolean {
    return this.#underWay === 0
  }

  tick(service: NotaryService, size: number): void {
    if (service !== this.#service) this.#underWay = 0
    this.#service = service
    this.#pinned.tick(service)
    const { clock, scenario } = this.#hands
    if (clock.now() / scenario.tickMs >= scenario.ticksOfTrouble) return
    const { orders = 0, looks = 0 } = scenario.settings
    // Most of those who do not lead refuse; an asker that did not learn from that would do little else.
    const isWorthIt = service.standing.isLeader || this.#random.chance(1, 8)
    if (isWorthIt && this.#random.below(1_000) < orders) this.#register(service)
    if (this.#random.below(1_000) < looks) this.#look(service, size)
  }

  #register(service: NotaryService): void {
    const { batchMax = 1 } = this.#hands.scenario.settings
    const count = this.#random.chance(1, 2) ? 1 : 1 + this.#random.below(batchMax)
    const registrations = Array.from({ length: count }, () => this.#registration())
    const duplicates = this.#random.chance(1, 5) ? 'recorded' : 'found'
    const order: RegisterOrder = { registrations, duplicates }
    const askedAtTick = this.#hands.clock.now() / this.#hands.scenario.tickMs
    this.#underWay += 1
    service.register(order, (result) => {
      if (service === this.#service) this.#underWay -= 1
      if (result.ok) this.#hands.note({ kind: 'registered', order, outcomes: result.value, askedAtTick })
      else this.#hands.note({ kind: 'refused', code: result.failure.code })
    })
  }

  #registration(): Registration {
    const { ids = 1, documents = 1 } = this.#hands.scenario.settings
    this.#asked += 1
    return drawRegistration(this.#random, { ids, documents, name: `${this.#name}.${this.#asked}` })
  }

  #look(service: NotaryService, size: number): void {
    const { ids = 1, documents = 1 } = this.#hands.scenario.settings
    const one = this.#random.below(size + 1)
    const other = this.#random.below(size + 1)
    switch (this.#random.below(5)) {
      case 0:
        return this.#show(service, { kind: 'inclusion', index: Math.min(one, other), size: Math.max(one, other) })
      case 1:
        return this.#show(service, { kind: 'consistency', from: Math.min(one, other), to: Math.max(one, other) })
      case 2:
        return this.#show(service, { kind: 'root', size: one })
      case 3:
        return this.#show(service, { kind: 'by-id', id: `key ${this.#random.below(ids)}` })
      default: {
        const document = sharedDocument(3 * this.#random.below(documents))
        if (document.kind === 'file') this.#show(service, { kind: 'by-hash', sha256: document.sha256, limit: 50 })
      }
    }
  }

  #show<Query extends Shown['query']>(service: NotaryService, query: Query): void {
    service.ask<NotaryQuery & Query>(query, 'stale', (result) => {
      // The answer is of the query's kind; that the two belong together gets lost on the way through the service.
      if (result.ok) this.#hands.note({ kind: 'shown', shown: { query, answer: result.value } as unknown as Shown })
      else this.#hands.note({ kind: 'shows-nothing', code: result.failure.code })
    })
  }
}
