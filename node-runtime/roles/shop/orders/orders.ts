import type { NodePlan, NodeRequest } from '#contract/worker/protocol'
import type { ShopFacts } from '#contract/worker/shop'
import { catalogueAnswers, textJson } from '#dialects/shop/index'
import type { Result } from '#kit/result'
import { PlainNode } from '../../plain-node.ts'
import { LogClient } from '../../replica/log-client.ts'
import type { NodePorts, RoleFacts, RunningRole } from '../../role.ts'
import { withDescription } from '../api/describe.ts'
import { isOfStaff, shopApi } from '../api/frame.ts'
import { type Asked, type Route, routesWith } from '../api/route.ts'
import { shownAs } from '../api/shown.ts'
import { LoggedCatalogue } from '../logged-catalogue.ts'
import { serveAwake, shopOf } from '../shop-node.ts'
import { KeptOrders } from './kept-orders.ts'
import { orderRoutes } from './order-routes.ts'

/** A tick of the saga. */
const tickEveryMs = 100
/** How long the catalogue may take for one ask; the saga asks again. */
const askWithinMs = 1_500

/** Where orders are taken, kept, and carried to their end. */
export class ShopOrdersNode implements RunningRole {
  readonly #node: PlainNode
  readonly #orders: KeptOrders

  constructor(plan: NodePlan, ports: NodePorts) {
    const { clock, wire, soon, store, secrets, endpoint } = ports
    const node = new PlainNode(plan, ports)
    const { catalogues: peers, staffToken } = shopOf(plan)
    this.#node = node
    const log = new LogClient({ post: node.post, clock, wire, peers, soon, answerWithinMs: askWithinMs })
    const catalogue = new LoggedCatalogue({ log, soon })
    const freshKey = () => secrets.passwords.freshKey()
    this.#orders = new KeptOrders({ store, clock, soon, catalogue, freshKey })
    const parts = {
      orders: this.#orders,
      sha256: secrets.sha256,
      wallMs: () => clock.wall(),
      isOfStaff: ({ request }: Asked) => isOfStaff(request, staffToken),
    }
    serveAwake(
      node,
      endpoint,
      shopApi(withDescription([this.#health(() => clock.wall()), ...routesWith(parts, orderRoutes)]), staffToken),
    )
    node.stops.add(() => log.stop())
    node.every(tickEveryMs, () => {
      this.#orders.tick()
      ports.onChange()
    })
  }

  facts(): RoleFacts {
    const shop: ShopFacts = { kind: 'orders', running: this.#orders.running, ...this.#orders.counts }
    return this.#node.facts({ shop, canWrite: this.#orders.canWrite })
  }

  setFaults(rules: NodePlan['faults']): void {
    this.#node.setFaults(rules)
    // At once and not with the next order: a fault has to be seen.
    if (rules.isDiskFull === this.#orders.canWrite) this.#orders.probe()
  }

  answer(request: NodeRequest, done: (result: Result<unknown>) => void): void {
    this.#node.answer(request, done)
  }

  stop(): void {
    void this.#node.stops.run()
  }

  #health(wall: () => number): Route {
    return {
      ...{ method: 'GET', path: '/health', about: 'Whether orders are taken.', isStaff: false, query: {}, body: null },
      answers: { 200: 'They are.', 503: 'The disk takes nothing.' },
      serve: ({ answer }) => {
        const error = this.#orders.canWrite ? null : 'O disco não aceita gravações'
        answer(shownAs(catalogueAnswers.health({ service: textJson('pedidos') }, error, wall())))
      },
    }
  }
}
