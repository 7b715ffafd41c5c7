import type { NodePlan, NodeRequest } from '#contract/worker/protocol'
import { cartAnswers } from '#dialects/shop/index'
import { toHex } from '#kit/hex'
import type { Result } from '#kit/result'
import { PlainNode } from '../../plain-node.ts'
import { LogClient } from '../../replica/log-client.ts'
import type { NodePorts, RoleFacts, RunningRole } from '../../role.ts'
import { withDescription } from '../api/describe.ts'
import { shopApi } from '../api/frame.ts'
import { type Route, routesWith } from '../api/route.ts'
import { shownAs } from '../api/shown.ts'
import { LoggedCatalogue } from '../logged-catalogue.ts'
import { serveAwake, shopOf } from '../shop-node.ts'
import { cartRoutes } from './cart-routes.ts'
import { KeptCarts } from './kept-carts.ts'
import { Offers } from './offers.ts'

const sweepEveryMs = 1_000
/** A cart is shown without prices rather than late. */
const askWithinMs = 1_500

/** Carts of visitors, with what the catalogue says of them. */
export class ShopCartNode implements RunningRole {
  readonly #node: PlainNode
  readonly #carts: KeptCarts
  readonly #offers: Offers
  #answered = 0

  constructor(plan: NodePlan, ports: NodePorts) {
    const { clock, wire, soon, store, secrets, endpoint } = ports
    const node = new PlainNode(plan, ports)
    const { catalogues, staffToken } = shopOf(plan)
    this.#node = node
    const log = new LogClient({ post: node.post, clock, wire, peers: catalogues, soon, answerWithinMs: askWithinMs })
    this.#offers = new Offers({ catalogue: new LoggedCatalogue({ log, soon }), catalogues, wire, soon })
    this.#carts = new KeptCarts({ store, clock, soon })
    const parts = {
      carts: this.#carts,
      offers: this.#offers,
      freshSession: () => uuidOf(secrets.passwords.freshKey()),
    }
    const handler = shopApi(
      withDescription([this.#health(() => clock.wall()), ...routesWith(parts, cartRoutes)]),
      staffToken,
    )
    serveAwake(node, endpoint, (request, answer) => {
      this.#answered += 1
      handler(request, answer)
    })
    node.stops.add(() => log.stop())
    node.every(sweepEveryMs, () => {
      this.#carts.change({ kind: 'sweep' }, () => {})
      ports.onChange()
    })
  }

  facts(): RoleFacts {
    const shop = { kind: 'cart', isCatalogueAway: this.#offers.isAway, answered: this.#answered } as const
    return this.#node.facts({ shop, canWrite: this.#carts.canWrite })
  }

  setFaults(rules: NodePlan['faults']): void {
    this.#node.setFaults(rules)
    // At once and not with the next change: a fault has to be seen.
    if (rules.isDiskFull === this.#carts.canWrite) this.#carts.probe()
  }

  answer(request: NodeRequest, done: (result: Result<unknown>) => void): void {
    this.#node.answer(request, done)
  }

  stop(): void {
    void this.#node.stops.run()
  }

  #health(wall: () => number): Route {
    return {
      ...{ method: 'GET', path: '/health', isStaff: false, query: {}, body: null },
      about: 'Whether carts are served, and the catalogue answers.',
      answers: { 200: 'Both.', 503: 'The catalogue does not answer.' },
      serve: ({ answer }) =>
        this.#offers.of([probe], (found) => {
          const error = found.get(probe)?.kind === 'away' ? 'O catálogo não responde' : null
          answer(shownAs(cartAnswers.cartHealth(error, wall())))
        }),
    }
  }
}

/** Whether there is such a product does not matter. */
const probe = 1

/** As a UUID of random bytes is written. */
function uuidOf(bytes: Uint8Array): string {
  const hex = toHex(bytes)
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)]
  return parts.join('-')
}
